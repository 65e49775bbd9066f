import Button from '@mui/material/Button';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readPerson } from '#shared/domain/inspection/read-inspection.ts';
import { certificateOn } from '#shared/domain/inspection/signing-requirements.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { useDesk, useRecords } from '../../store/desk-context.tsx';
import { useMyRoles, useNames } from '../../store/use-names.ts';
import { todayInShanghai } from '../../ui/now.ts';
import { EmptyState, Page, PageHeader, Panel, Tag } from '../../ui/page.tsx';
import { useScreenReady } from '../../ui/screen-ready.ts';
import { DevicesPanel } from './devices-panel.tsx';
import { EnrolmentCodeDialog } from './enrolment-code-dialog.tsx';
import { OrganDialog } from './organ-dialog.tsx';
import { PersonDialog } from './person-dialog.tsx';
import './people.css';

type Open = { readonly kind: 'person' | 'organ'; readonly record: RecordState | null } | { readonly kind: 'code'; readonly record: RecordState };

/** Organs, people, enrolment codes and devices. Every act here is the server's: it needs the network. */
export function PeopleScreen() {
  const { t } = useTranslation('people');
  const { session } = useDesk();
  const roles = useMyRoles(session.officerId);
  const people = useRecords('person');
  const organs = useRecords('organ');
  const [open, setOpen] = useState<Open | null>(null);
  useScreenReady(people !== undefined);
  const mayManage = roles.includes('system-administrator');
  if (people && !mayManage && !roles.includes('security-administrator')) return <Page><EmptyState title={t('notYours')} text={t('notYoursText')} /></Page>;
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')}>
        {mayManage && <Button variant="contained" disabled={!organs || organs.length === 0} onClick={() => setOpen({ kind: 'person', record: null })}>{t('newPerson')}</Button>}
      </PageHeader>
      <PeopleTable people={people ?? []} mayManage={mayManage} onOpen={setOpen} />
      <Panel title={t('organs')} about={t('organsAbout')} actions={mayManage && <Button size="small" variant="outlined" onClick={() => setOpen({ kind: 'organ', record: null })}>{t('newOrgan')}</Button>}>
        <ul className="people-organs">
          {(organs ?? []).map((organ) => (
            <li key={organ.recordId}>
              <strong>{String(organ.fields['name'] ?? '')}</strong> <span className="ui-muted">{t(`kinds.${organ.fields['kind'] === 'joint' ? 'joint' : 'bureau'}`)} · {t(`levels.${organ.fields['level'] === 'district' ? 'district' : 'municipal'}`)}</span>
              {mayManage && <Button size="small" onClick={() => setOpen({ kind: 'organ', record: organ })}>{t('change')}</Button>}
            </li>
          ))}
        </ul>
      </Panel>
      <DevicesPanel />
      {open?.kind === 'person' && <PersonDialog person={open.record} organs={organs ?? []} onClose={() => setOpen(null)} />}
      {open?.kind === 'organ' && <OrganDialog organ={open.record} onClose={() => setOpen(null)} />}
      {open?.kind === 'code' && <EnrolmentCodeDialog person={open.record} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function PeopleTable({ people, mayManage, onOpen }: { readonly people: readonly RecordState[]; readonly mayManage: boolean; readonly onOpen: (open: Open) => void }) {
  const { t } = useTranslation('people');
  const nameOf = useNames();
  const today = todayInShanghai();
  const rows = useMemo(() => [...people].sort((a, b) => Number(b.fields['active'] !== false) - Number(a.fields['active'] !== false) || String(a.fields['name']).localeCompare(String(b.fields['name']), 'zh-CN')), [people]);
  return (
    <div className="ui-table-wrap">
      <table className="ui-table" aria-label={t('title')}>
        <thead><tr>{(['name', 'loginName', 'organ', 'roles', 'certificate', 'telephone'] as const).map((name) => <th key={name} scope="col">{t(name)}</th>)}<th scope="col"><span className="ui-small">{t('acts')}</span></th></tr></thead>
        <tbody>
          {rows.map((record) => {
            const person = readPerson(record);
            const gap = certificateOn(person.certificate, today);
            const serves = person.roles.some((role) => role === 'inspector' || role === 'joint-staff');
            return (
              <tr key={record.recordId}>
                <td className="is-nowrap">{person.name} {record.fields['active'] === false && <Tag>{t('inactive')}</Tag>}</td>
                <td>{String(record.fields['loginName'] ?? '')}</td>
                <td>{nameOf(record.fields['organId'] as string | null)}</td>
                <td>{person.roles.map((role) => t(`roleNames.${role}`)).join('、')}</td>
                <td className={gap !== null && serves ? 'people-bad' : ''}>{person.certificate ? t('certificateLine', { number: person.certificate.number, until: person.certificate.validUntil }) : ''}{gap !== null && serves ? ` ${t(`gaps.${gap}`)}` : ''}</td>
                <td className="is-nowrap">{String(record.fields['telephone'] ?? '')}</td>
                <td className="is-nowrap">
                  {mayManage && <Button size="small" onClick={() => onOpen({ kind: 'person', record })}>{t('change')}</Button>}
                  {mayManage && record.fields['active'] !== false && <Button size="small" onClick={() => onOpen({ kind: 'code', record })}>{t('code')}</Button>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
