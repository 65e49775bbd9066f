import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/fields.tsx';

/** Files chosen from a folder, phone or card, with our own words on the button. */
export function FileEntry(props: { readonly label: string; readonly hint?: string; readonly accept: string; readonly multiple?: boolean; readonly files: readonly File[]; readonly onFiles: (files: readonly File[]) => void }) {
  const { label, hint, accept, multiple = false, files, onFiles } = props;
  const { t } = useTranslation('documents');
  const id = useId();
  return (
    <Field wide label={label} {...(hint ? { hint } : {})}>
      <span className="ui-row">
        <label className="ui-small-button documents-file" htmlFor={id}>{t('chooseFile')}</label>
        <input id={id} className="documents-file-input" type="file" accept={accept} multiple={multiple} aria-label={label} onChange={(event) => onFiles([...(event.target.files ?? [])])} />
        <span className="documents-file-names">{files.map((file) => file.name).join('、')}</span>
      </span>
    </Field>
  );
}
