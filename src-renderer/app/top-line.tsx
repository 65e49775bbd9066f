import Button from '@mui/material/Button';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/kit/problem.ts';
import { useDesk, useRecord } from '../store/desk-context.tsx';
import { useNames } from '../store/use-names.ts';
import { usePathParts } from '../ui/navigation.ts';
import { Tag } from '../ui/page.tsx';
import { ProblemLine } from '../ui/problem-line.tsx';
import { useUnstored } from '../ui/unstored.ts';
import { TruthLine } from './truth-line.tsx';

/** One line over everything: where am I, the quick actions, who I am, and the truth about saving and sending. */
export function TopLine({ onQuick, onSignOut }: { readonly onQuick: () => void; readonly onSignOut: () => Promise<Problem | null> }) {
  const { t } = useTranslation('app');
  const { session } = useDesk();
  return (
    <header className="app-top">
      <Where />
      {session.demo && <Tag tone="demo">{t('demo')}</Tag>}
      <Tag>{t('trial')}</Tag>
      <button type="button" className="app-key" onClick={onQuick} title={t('quick.title')}><span>{t('quick.title')}</span><kbd>Ctrl+K</kbd></button>
      <Officer onSignOut={onSignOut} />
      <TruthLine />
    </header>
  );
}

function Where() {
  const { t } = useTranslation('app');
  const [section = 'today', id] = usePathParts();
  const owner = section === 'opinions' ? 'corrections' : section;
  return (
    <div className="app-where">
      {id ? <a href={`#/${owner}`}>{t(`sections.${owner as 'today'}`)}</a> : <span className="app-where-name">{t(`sections.${owner as 'today'}`)}</span>}
      {id && id.length === 36 && <RecordName id={id} />}
    </div>
  );
}

function RecordName({ id }: { readonly id: string }) {
  const record = useRecord(id);
  const name = String(record?.fields['institutionName'] ?? record?.fields['name'] ?? '');
  const title = String(record?.fields['title'] ?? '');
  return name ? <><span aria-hidden="true">/</span><span className="app-where-name" title={title}>{name}{title ? ` · ${title}` : ''}</span></> : null;
}

function Officer({ onSignOut }: { readonly onSignOut: () => Promise<Problem | null> }) {
  const { t } = useTranslation('app');
  const { session } = useDesk();
  const nameOf = useNames();
  const me = useRecord(session.officerId);
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const kept = useUnstored();
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const close = (event: Event): void => {
      const inside = event.target instanceof Node && menu.current?.parentElement?.contains(event.target);
      if (!inside || (event instanceof KeyboardEvent && event.key === 'Escape')) setOpen(false);
    };
    window.addEventListener('pointerdown', close);
    window.addEventListener('keydown', close);
    return () => {
      window.removeEventListener('pointerdown', close);
      window.removeEventListener('keydown', close);
    };
  }, [open]);
  const organ = nameOf(me?.fields['organId'] as string | null | undefined) || session.officeName;
  return (
    <>
      <button type="button" className="app-officer" aria-expanded={open} onClick={() => setOpen(!open)}>{session.officerName} <small>{organ}</small></button>
      {open && (
        <div className="app-menu" ref={menu}>
          <div><strong>{session.officerName}</strong><div className="ui-small ui-muted">{organ}<br />{session.officeName}<br />{t('chainCode', { code: session.chainCode })}</div></div>
          {problem && <ProblemLine problem={problem} />}
          {kept.map(({ key, label }) => <p key={key} className="ui-problem">{t('closing.unstored', { label })}</p>)}
          <Button variant="outlined" onClick={() => void onSignOut().then(setProblem)}>{t(kept.length > 0 ? 'signOutAnyway' : 'signOut')}</Button>
        </div>
      )}
    </>
  );
}
