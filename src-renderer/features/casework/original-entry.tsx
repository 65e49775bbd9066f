import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldOriginal } from '#shared/domain/casework/service.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { ask } from '../../bridge/bridge.ts';
import { Field } from '../../ui/fields.tsx';

/** A stored original with the name that its file had. */
export type NamedOriginal = HeldOriginal & { readonly name: string };

const LIMIT_BYTES = 512_000_000;

/** Stores a chosen file as it is, and lets it go up before the act that will name it. */
export async function storeOriginal(file: File): Promise<Outcome<NamedOriginal>> {
  if (file.size > LIMIT_BYTES) return failed('too-large', { limit: LIMIT_BYTES });
  const stored = await ask('evidence.put', { bytes: new Uint8Array(await file.arrayBuffer()), mediaType: file.type || 'application/pdf' });
  if (!stored.ok) return failed(stored.problem.code, stored.problem.detail);
  void ask('sync.now', {});
  return done({ ...stored.value, name: file.name });
}

/** What goes over the wire: the name stays here. */
export function heldOf({ sha256, mediaType, byteLength }: NamedOriginal): HeldOriginal {
  return { sha256, mediaType, byteLength };
}

/** Scans, photos or a film, each chosen one stored at once; a chosen one can be taken out again. */
export function OriginalEntry(props: {
  readonly label: string;
  readonly hint?: string;
  readonly needed?: boolean;
  readonly accept: string;
  readonly multiple?: boolean;
  readonly disabled?: boolean;
  readonly originals: readonly NamedOriginal[];
  readonly onOriginals: (originals: readonly NamedOriginal[]) => void;
  readonly onProblem: (problem: Problem) => void;
}) {
  const { label, hint, needed, accept, multiple = false, disabled = false, originals, onOriginals, onProblem } = props;
  const { t } = useTranslation('casework');
  const id = useId();
  const choose = async (files: readonly File[]): Promise<void> => {
    const stored: NamedOriginal[] = [];
    for (const file of files) {
      const outcome = await storeOriginal(file);
      if (!outcome.ok) {
        onProblem(outcome.problem);
        break;
      }
      stored.push(outcome.value);
    }
    if (stored.length > 0) onOriginals(multiple ? [...originals, ...stored] : stored);
  };
  return (
    <Field wide label={label} {...(hint ? { hint } : {})} {...(needed ? { needed } : {})}>
      <span className="casework-originals">
        <label className="ui-small-button casework-choose" htmlFor={id} aria-disabled={disabled}>{t('chooseFile')}</label>
        <input id={id} className="casework-file" type="file" accept={accept} multiple={multiple} disabled={disabled} aria-label={label} onChange={(event) => void choose([...(event.target.files ?? [])])} />
        {originals.map((original) => (
          <span key={original.sha256} className="casework-original">
            {original.name}
            <button type="button" className="casework-remove" disabled={disabled} aria-label={t('remove', { name: original.name })} onClick={() => onOriginals(originals.filter((each) => each !== original))}>×</button>
          </span>
        ))}
      </span>
    </Field>
  );
}
