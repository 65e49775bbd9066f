import Dialog from '@mui/material/Dialog';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, useRecords } from '../store/desk-context.tsx';
import { useMyRoles } from '../store/use-names.ts';
import { syncNow } from '../store/use-sync-status.ts';
import { navigate } from '../ui/navigation.ts';
import { sections } from './sections.ts';

type Action = { readonly id: string; readonly text: string; readonly kind: string; readonly run: () => void };

const SHOWN = 12;

/** Ctrl+K: type a few characters, Enter. Goes to a unit's inspection, begins one, exchanges now. */
export function QuickActions({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('app');
  const roles = useMyRoles(useDesk().session.officerId);
  const inspections = useRecords('inspection');
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const actions = useMemo<readonly Action[]>(() => [
    { id: 'new', text: t('quick.newInspection'), kind: t('quick.act'), run: () => navigate('/inspections/new') },
    { id: 'sync', text: t('quick.syncNow'), kind: t('quick.act'), run: () => void syncNow() },
    ...sections.filter(({ who }) => who === null || who.some((role) => roles.includes(role))).map(({ path }) => ({ id: path, text: t(`sections.${path}`), kind: t('quick.place'), run: () => navigate(`/${path}`) })),
    { id: 'sync-page', text: t('sections.sync'), kind: t('quick.place'), run: () => navigate('/sync') },
    ...(inspections ?? []).map((record) => ({
      id: record.recordId, text: `${String(record.fields['institutionName'] ?? '')} ${String(record.fields['title'] ?? '')}`, kind: t('quick.inspection'),
      run: () => navigate(`/inspections/${record.recordId}/${record.fields['lock'] ? 'papers' : 'rooms'}`),
    })),
  ], [inspections, roles, t]);
  const wanted = typed.trim().toLocaleLowerCase();
  const found = actions.filter((action) => wanted === '' || action.text.toLocaleLowerCase().includes(wanted)).slice(0, SHOWN);
  const run = (action: Action | undefined): void => {
    if (!action) return;
    onClose();
    action.run();
  };
  const onKey = (key: string): boolean => {
    if (key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1));
    else if (key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (key === 'Enter') run(found[at]);
    else return false;
    return true;
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-label={t('quick.title')} sx={{ '& .MuiDialog-container': { alignItems: 'flex-start' } }}>
      <input
        className="app-quick-input" autoFocus role="combobox" aria-expanded="true" aria-controls="quick-list" aria-activedescendant={found[at] ? `quick-${found[at].id}` : undefined} placeholder={t('quick.hint')} value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (!event.nativeEvent.isComposing && onKey(event.key)) event.preventDefault();
        }}
      />
      <ul className="app-quick-list" id="quick-list" role="listbox" aria-label={t('quick.title')}>
        {found.map((action, index) => (
          <li key={action.id} id={`quick-${action.id}`} role="option" aria-selected={index === at} onPointerMove={() => setAt(index)} onClick={() => run(action)}>
            <span>{action.text}</span><small>{action.kind}</small>
          </li>
        ))}
        {found.length === 0 && <li aria-selected="false" role="option">{t('quick.none')}</li>}
      </ul>
    </Dialog>
  );
}
