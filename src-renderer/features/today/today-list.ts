import { ledgerRows } from '#shared/domain/casework/ledger.ts';
import type { OpinionAct } from '#shared/domain/casework/case-record.ts';
import { opinionStepRules, type ActStep } from '#shared/domain/casework/opinion-workflow.ts';
import { paperStanding, readDocument } from '#shared/domain/documents/read-document.ts';
import { inspectionStanding, lastReviews } from '#shared/domain/review/inspection-standing.ts';
import { dateOfDay, dayNumber } from '#shared/kit/calendar-date.ts';
import type { DateText } from '#shared/kit/values.ts';
import { listItems, type RecordState } from '#shared/sync/record-state.ts';

export const todayGroups = ['sent-back', 'overdue', 'opinion-step', 'to-review', 'unsigned', 'in-work', 'due-soon'] as const;
export type TodayGroup = (typeof todayGroups)[number];

export type TodayItem = {
  readonly group: TodayGroup;
  readonly id: string;
  readonly unit: string;
  /** A comment, a paper's title, a step's name, a date: told apart by the group. */
  readonly note: string;
  readonly path: string;
  /** Inspections: whose rooms to count. */
  readonly inspectionId: string | null;
};

export type TodaySources = {
  readonly officerId: string;
  readonly roles: readonly string[];
  readonly today: DateText;
  readonly inspections: readonly RecordState[];
  readonly reviews: readonly RecordState[];
  readonly documents: readonly RecordState[];
  readonly cases: readonly RecordState[];
  readonly opinions: readonly RecordState[];
};

/** Replies due within so many days are worth a look today. */
const SOON_DAYS = 7;

/** What waits for this officer, group by group: sent back first, then what is late, what others wait for, what is begun. */
export function todayItems(sources: TodaySources): readonly TodayItem[] {
  const items = [...inspectionItems(sources), ...paperItems(sources), ...caseItems(sources), ...opinionItems(sources)];
  return items.sort((a, b) => todayGroups.indexOf(a.group) - todayGroups.indexOf(b.group));
}

function isMine({ officerId }: TodaySources, inspection: RecordState | undefined): boolean {
  if (!inspection) return false;
  const { leadOfficerId, officerIds, assistantIds } = inspection.fields;
  return leadOfficerId === officerId || [officerIds, assistantIds].some((ids) => Array.isArray(ids) && ids.includes(officerId));
}

function inspectionItems(sources: TodaySources): readonly TodayItem[] {
  const last = lastReviews(sources.inspections, sources.reviews);
  return sources.inspections.flatMap((record): readonly TodayItem[] => {
    const review = last.get(record.recordId);
    const standing = inspectionStanding(record, review);
    const mine = isMine(sources, record);
    const item = (group: TodayGroup, note: string, tab: string): readonly TodayItem[] => [{ group, id: record.recordId, unit: text(record, 'institutionName'), note, path: `/inspections/${record.recordId}/${tab}`, inspectionId: record.recordId }];
    if (mine && standing === 'sent-back') return item('sent-back', review?.comment ?? '', 'papers');
    if (mine && standing === 'in-work') return item('in-work', text(record, 'title'), record.fields['startedAt'] ? 'rooms' : 'setup');
    if (!mine && standing === 'concluded' && sources.roles.includes('section-head')) return item('to-review', text(record, 'title'), 'review');
    return [];
  });
}

/** Papers that were made but neither signed nor refused yet. */
function paperItems(sources: TodaySources): readonly TodayItem[] {
  const inspections = new Map(sources.inspections.map((record) => [record.recordId, record]));
  return sources.documents.map(readDocument).flatMap((paper) => {
    const standing = paperStanding(paper);
    const inspection = inspections.get(paper.inspectionId ?? '');
    const onSite = paper.kind === 'record-of-inspection' || paper.kind === 'room-list' || paper.kind === 'feedback-sheet' || paper.kind === 'supplement-list';
    if (!inspection || !onSite || !isMine(sources, inspection) || (standing !== 'made' && standing !== 'printed')) return [];
    return [{ group: 'unsigned' as const, id: paper.id, unit: text(inspection, 'institutionName'), note: paper.title, path: `/inspections/${inspection.recordId}/papers`, inspectionId: null }];
  });
}

function caseItems(sources: TodaySources): readonly TodayItem[] {
  const inspections = new Map(sources.inspections.map((record) => [record.recordId, record]));
  const watches = sources.roles.includes('section-head');
  const soon = dateOfDay((dayNumber(sources.today) ?? 0) + SOON_DAYS);
  return sources.cases.filter((record) => watches || isMine(sources, inspections.get(text(record, 'inspectionId')))).flatMap((record) => {
    const waiting = ledgerRows([record], sources.today).filter((row) => row.state === 'awaiting-reply' && row.replyBy !== null && row.replyBy <= soon);
    const [first] = waiting;
    if (!first) return [];
    const group: TodayGroup = waiting.some((row) => row.isOverdue) ? 'overdue' : 'due-soon';
    return [{ group, id: record.recordId, unit: first.institutionName, note: first.replyBy ?? '', path: `/corrections/${record.recordId}`, inspectionId: null }];
  });
}

/** Opinions whose next step is this officer's to take. */
function opinionItems(sources: TodaySources): readonly TodayItem[] {
  const inspections = new Map(sources.inspections.map((record) => [record.recordId, record]));
  return sources.opinions.flatMap((record) => {
    const step = text(record, 'nextStep');
    const isStep = Object.hasOwn(opinionStepRules, step);
    const mine = isStep && opinionStepRules[step as ActStep].roles.some((role) => sources.roles.includes(role));
    const redraft = step === 'draft' && isDrafter(sources, record, inspections.get(text(record, 'inspectionId')));
    if (!mine && !redraft) return [];
    return [{ group: 'opinion-step' as const, id: record.recordId, unit: text(record, 'institutionName'), note: step, path: `/opinions/${record.recordId}`, inspectionId: null }];
  });
}

/** Whoever handed it on before; one that nobody handed on yet belongs to those of its inspection. The record itself is the server's. */
function isDrafter(sources: TodaySources, opinion: RecordState, inspection: RecordState | undefined): boolean {
  const drafts = listItems(opinion, 'acts').map(([, act]) => act as OpinionAct).filter(({ step }) => step === 'draft');
  return drafts.length > 0 ? drafts.some(({ by }) => by === sources.officerId) : isMine(sources, inspection);
}

function text(record: RecordState, path: string): string {
  return String(record.fields[path] ?? '');
}
