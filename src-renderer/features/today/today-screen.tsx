import Button from '@mui/material/Button';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '#shared/domain/people/people.ts';
import { mayWrite } from '#shared/domain/policy.ts';
import { useDesk, useRecords } from '../../store/desk-context.tsx';
import { useMyRoles } from '../../store/use-names.ts';
import { useRoomFigures } from '../../store/use-room-figures.ts';
import { navigate } from '../../ui/navigation.ts';
import { todayInShanghai } from '../../ui/now.ts';
import { EmptyState, Page, PageHeader, Panel, Tag, type TagTone } from '../../ui/page.tsx';
import { useScreenReady } from '../../ui/screen-ready.ts';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { todayGroups, todayItems, type TodayGroup, type TodayItem } from './today-list.ts';
import './today.css';

const tones: Readonly<Record<TodayGroup, TagTone>> = { 'sent-back': 'exceeds', overdue: 'exceeds', 'opinion-step': 'toVerify', 'to-review': 'toVerify', unsigned: 'toVerify', 'in-work': 'quiet', 'due-soon': 'quiet' };

/** What is mine to do. */
export function TodayScreen() {
  const { t } = useTranslation('today');
  const { session } = useDesk();
  const roles = useMyRoles(session.officerId) as readonly Role[];
  const today = todayInShanghai();
  const inspections = useRecords('inspection');
  const reviews = useRecords('review');
  const documents = useRecords('document');
  const cases = useRecords('case');
  const opinions = useRecords('opinion');
  const institutions = useRecords('institution');
  const loaded = inspections && reviews && documents && cases && opinions && institutions;
  const items = useMemo(
    () => (inspections && reviews && documents && cases && opinions ? todayItems({ officerId: session.officerId, roles, today, inspections, reviews, documents, cases, opinions }) : []),
    [session.officerId, roles, today, inspections, reviews, documents, cases, opinions],
  );
  useScreenReady(Boolean(loaded));
  if (!loaded) return <div className="ui-page" aria-busy="true" />;
  const mayInspect = mayWrite('inspection', 'create', roles);
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about', { date: today, count: items.length })}>
        {mayInspect && institutions.length > 0 && <Button variant="contained" onClick={() => navigate('/inspections/new')}>{t('newInspection')}</Button>}
      </PageHeader>
      {items.length === 0 && <NothingToDo institutions={institutions.length} inspections={inspections.length} mayInspect={mayInspect} roles={roles} />}
      <div className="today">
        {todayGroups.map((group) => {
          const found = items.filter((item) => item.group === group);
          return found.length === 0 ? null : <Group key={group} group={group} items={found} />;
        })}
      </div>
    </Page>
  );
}

function Group({ group, items }: { readonly group: TodayGroup; readonly items: readonly TodayItem[] }) {
  const { t } = useTranslation('today');
  const ids = useMemo(() => items.flatMap(({ inspectionId }) => inspectionId ?? []), [items]);
  const figuresOf = useRoomFigures(ids);
  return (
    <Panel title={t(`groups.${group}`)} actions={<Tag tone={tones[group]}>{items.length}</Tag>}>
      <ul className="today-list">
        {items.map((item) => {
          const figures = item.inspectionId ? figuresOf(item.inspectionId) : undefined;
          return (
            <li key={item.id}>
              <a href={`#${item.path}`}>
                <span className="today-unit">{item.unit}</span>
                <span className="today-note">{group === 'opinion-step' ? t(`steps.${item.note}` as 'steps.draft') : group === 'overdue' || group === 'due-soon' ? t('replyBy', { date: item.note }) : item.note}</span>
                {figures && figures.total > 0 && <span className="today-figures">{t('rooms', { done: figures.done, total: figures.total })}{figures.exceeding > 0 && <VerdictMark verdict="exceeds" text={String(figures.exceeding)} />}{figures.toVerify > 0 && <VerdictMark verdict="to-verify" text={String(figures.toVerify)} />}</span>}
              </a>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

/** The next step, with one button. */
function NothingToDo({ institutions, inspections, mayInspect, roles }: { readonly institutions: number; readonly inspections: number; readonly mayInspect: boolean; readonly roles: readonly Role[] }) {
  const { t } = useTranslation('today');
  if (institutions === 0 && mayWrite('institution', 'create', roles)) {
    return <EmptyState title={t('firstTitle')} text={t(roles.includes('system-administrator') ? 'firstTextAdministrator' : 'firstText')}><Button variant="contained" onClick={() => navigate('/institutions/import')}>{t('importInstitutions')}</Button></EmptyState>;
  }
  if (inspections === 0 && mayInspect) {
    return <EmptyState title={t('beginTitle')} text={t('beginText')}><Button variant="contained" onClick={() => navigate('/inspections/new')}>{t('newInspection')}</Button></EmptyState>;
  }
  return <EmptyState title={t('nothing')} text={t('nothingText')}><Button variant="outlined" onClick={() => navigate('/inspections')}>{t('seeInspections')}</Button></EmptyState>;
}
