import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../ui/page.tsx';

/** A blank form to write on where no laptop works. What was written on it is entered as 据纸质补录 in the set-up. */
export function PaperFormPanel({ busy, onBlank }: { readonly busy: boolean; readonly onBlank: () => void }) {
  const { t } = useTranslation('documents');
  return (
    <Panel title={t('paper')} about={t('paperHint')}>
      <div className="ui-row"><Button size="small" variant="outlined" disabled={busy} onClick={onBlank}>{t('blank')}</Button></div>
    </Panel>
  );
}
