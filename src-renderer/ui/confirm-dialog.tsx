import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/**
 * Asks before what can not be taken back, and says exactly what will happen. `onConfirm` resolves false to stay open. While a
 * field inside holds what can not be stored, nothing happens: it would be done with what stood there before.
 */
export function ConfirmDialog(props: {
  readonly title: string;
  readonly confirm: string;
  readonly cancel?: string;
  readonly children: ReactNode;
  readonly disabled?: boolean;
  readonly wide?: boolean;
  readonly onConfirm: () => Promise<boolean> | boolean;
  readonly onClose: () => void;
}) {
  const { title, confirm, cancel, children, disabled, wide, onConfirm, onClose } = props;
  const { t } = useTranslation('app');
  const [working, setWorking] = useState(false);
  const content = useRef<HTMLDivElement>(null);
  const go = async (): Promise<void> => {
    const refused = content.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (refused) return refused.focus();
    setWorking(true);
    const close = await onConfirm();
    setWorking(false);
    if (close) onClose();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth={wide ? 'md' : 'sm'}>
      <DialogTitle>{title}</DialogTitle>
      <DialogContent ref={content} className="ui-dialog">{children}</DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{cancel ?? t('cancel')}</Button>
        <Button variant="contained" disabled={disabled || working} onClick={() => void go()}>{confirm}</Button>
      </DialogActions>
    </Dialog>
  );
}
