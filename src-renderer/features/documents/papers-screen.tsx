import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paperStanding, readDocument, type PaperRecord } from '#shared/domain/documents/read-document.ts';
import type { PaperRecords } from '#shared/domain/documents/paper-sources.ts';
import type { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import { readInspection } from '#shared/domain/inspection/read-inspection.ts';
import type { Role } from '#shared/domain/people/people.ts';
import { mayWrite } from '#shared/domain/policy.ts';
import { supplementDue, type Supplement } from '#shared/domain/documents/supplement.ts';
import { lastReviews } from '#shared/domain/review/inspection-standing.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { warmPdfWhenIdle } from '../../pdf/render.ts';
import { useChildren, useDesk } from '../../store/desk-context.tsx';
import { hashText } from '../../store/hash-text.ts';
import { lockProblem } from '../../store/lock-check.ts';
import { useLockCheck } from '../../store/lock-check-context.tsx';
import { useMyRoles, useNames } from '../../store/use-names.ts';
import { navigate } from '../../ui/navigation.ts';
import { ProblemLine } from '../../ui/problem-line.tsx';
import { Slow } from '../../ui/slow.tsx';
import { AmendmentPanel } from './amendment-panel.tsx';
import { ConcludePanel } from './conclude-panel.tsx';
import { contentOf, madeKinds, sitePapers, supplementContent, type MadeKind, type SitePaper } from './content-of.ts';
import './documents.css';
import { placePath } from './gap-text.ts';
import { LatePanel } from './late-panel.tsx';
import { PaperCards, standing, type Shown } from './paper-cards.tsx';
import { PaperFormPanel } from './paper-form-panel.tsx';
import { PaperPreview, StoredPaper } from './paper-viewer.tsx';
import { usePaperWork } from './paper-work.ts';
import { SignaturePanel } from './signature-panel.tsx';
import { useAllRooms, usePaperRecords } from './use-paper-records.ts';

/** Concluding on site: lock, make the papers, print, sign. The papers at the left, one of them at true proportion at the right. */
export function PapersScreen({ inspectionId }: { readonly inspectionId: string }) {
  const { t } = useTranslation('documents');
  const allRooms = useAllRooms(inspectionId);
  const records = usePaperRecords(inspectionId, allRooms);
  const documents = useChildren('document', inspectionId);
  const amendments = useChildren('amendment', inspectionId);
  useEffect(warmPdfWhenIdle, []);
  if (records === null) return <p className="documents-empty">{t('notFound')}</p>;
  if (!records || !allRooms || !documents || !amendments) return <Slow><div className="documents-waiting" aria-busy="true" /></Slow>;
  return <Papers key={inspectionId} records={records} allRooms={allRooms} documents={documents} amendments={amendments} />;
}

type Props = { readonly records: PaperRecords; readonly allRooms: readonly RecordState[]; readonly documents: readonly RecordState[]; readonly amendments: readonly RecordState[] };

function Papers({ records, allRooms, documents, amendments }: Props) {
  const { t } = useTranslation('documents');
  const inspectionId = records.inspection.recordId;
  const lock = (records.inspection.fields['lock'] ?? null) as InspectionLock | null;
  const papers = useMemo(() => documents.map(readDocument).sort((a, b) => (a.createdAt === b.createdAt ? (a.fieldNumber < b.fieldNumber ? -1 : 1) : a.createdAt < b.createdAt ? -1 : 1)), [documents]);
  const work = usePaperWork(inspectionId, records);
  const due = useMemo(() => supplementDue({ inspection: records.inspection, rooms: allRooms, amendments, papers }, hashText), [records.inspection, allRooms, amendments, papers]);
  const toMake = useMemo((): readonly MadeKind[] => [...wanted(records).filter((kind) => standing(papers, kind) === null), ...(due ? (['supplement-list'] as const) : [])], [records, papers, due]);
  const [chosen, setChosen] = useState<Shown | null>(null);
  const shown = shownOf(chosen, papers, toMake);
  const preview = usePreviewContent(records, due, shown);
  const titles = titlesOf(t);
  const missing = useMemo(() => (lock ? [] : missingOf(records)), [lock, records]);
  const mayWork = useTookPart(records);
  // 采纳 and 补正 are decisions: an assistant who was there makes none of them.
  const mayDecide = mayWrite('amendment', 'create', useMyRoles(useDesk().session.officerId) as readonly Role[]);
  const { check } = useLockCheck();
  const mayMake = mayWork && (check === null || lockProblem(check) === null);
  const paper = shown.kind === 'paper' ? (papers.find((each) => each.id === shown.id) ?? null) : null;

  const lockAndMake = async (): Promise<boolean> => {
    const locked = await work.lock();
    if (locked) void work.make(wanted(records), titles);
    return locked;
  };
  return (
    <div className="documents">
      <div className="documents-side">
        <ReviewNote inspection={records.inspection} />
        {work.problem && <ProblemLine problem={work.problem} className="ui-problem" />}
        {!lock && <ConcludePanel records={records} allRooms={allRooms} missing={missing} onLock={lockAndMake} />}
        <PaperCards
          papers={papers} toMake={toMake} mayMake={mayMake && lock !== null} mayFinish={mayMake} shown={shown} progress={work.progress} onShow={setChosen}
          onMake={(kinds) => void work.make(kinds, titles)} onFinish={(unmade) => void work.finish(unmade)}
        />
        {paper && paperStanding(paper) !== 'unmade' && paper.kind !== 'blank-form' && (
          <SignaturePanel key={paper.id} paper={paper} partyName={String((records.inspection.fields['accompanying'] as { name?: string } | null)?.name ?? '')} drawn={drawingAllowed(records)} mayWork={mayWork} />
        )}
        {lock && <ConcludePanel records={records} allRooms={allRooms} missing={[]} onLock={lockAndMake} />}
        {lock && <LatePanel inspectionId={inspectionId} mayWork={mayWork && mayDecide} lock={lock} records={[records.inspection, ...allRooms]} amendments={amendments} />}
        {lock && <AmendmentPanel inspectionId={inspectionId} mayWork={mayWork && mayDecide} rooms={records.rooms} amendments={amendments} />}
        {lock && mayWork && !mayDecide && <p className="documents-hint">{t('forOfficers')}</p>}
        {!lock && mayWork && <PaperFormPanel busy={work.progress !== null} onBlank={() => void work.make(['blank-form'], titles)} />}
      </div>
      {paper && <StoredPaper key={paper.id} paper={paper} mayWork={mayWork} />}
      {preview && <PaperPreview key={preview.kind} content={preview} onGap={(path) => navigate(placePath(inspectionId, path))} />}
    </div>
  );
}

/** What reviewers said last; a sent-back inspection shows it until it is approved. */
function ReviewNote({ inspection }: { readonly inspection: RecordState }) {
  const { t } = useTranslation('documents');
  const nameOf = useNames();
  const last = lastReviews([inspection], useChildren('review', inspection.recordId) ?? []).get(inspection.recordId);
  if (!last) return null;
  if (last.verdict === 'approved') return <p className="ui-notice">{t('approved', { name: nameOf(last.by) })}</p>;
  return (
    <p className="ui-warning" role="status">
      {t('sentBack', { name: nameOf(last.by), comment: last.comment })}
      <small className="documents-block">{t('sentBackHint')}</small>
    </p>
  );
}

/** Those who were there act on its papers; everybody else in the office reads and prints them. */
function useTookPart({ inspection }: PaperRecords): boolean {
  const { officerId } = useDesk().session;
  const { leadOfficerId, officerIds, assistantIds } = readInspection(inspection);
  return [leadOfficerId, ...officerIds, ...assistantIds].includes(officerId);
}

/** Which papers this inspection ends with: a refused one has no room list and nothing to feed back. */
function wanted(records: PaperRecords): readonly SitePaper[] {
  const hasRooms = records.rooms.some((room) => room.fields['removed'] !== true);
  return hasRooms ? sitePapers : ['record-of-inspection'];
}

function shownOf(chosen: Shown | null, papers: readonly PaperRecord[], toMake: readonly MadeKind[]): Shown {
  if (chosen?.kind === 'paper' && papers.some((paper) => paper.id === chosen.id)) return chosen;
  if (chosen?.kind === 'preview' && toMake.includes(chosen.paper)) return chosen;
  const made = chosen?.kind === 'preview' ? standing(papers, chosen.paper) : (papers.find((paper) => !paper.voided && paper.kind !== 'blank-form') ?? null);
  if (made) return { kind: 'paper', id: made.id };
  return { kind: 'preview', paper: toMake[0] ?? 'record-of-inspection' };
}

/** A preview has no number yet; its time is the end of the check, so that it is drawn anew only when a record changes. */
function usePreviewContent(records: PaperRecords, due: Supplement | null, shown: Shown) {
  const { demo } = useDesk().session;
  const kind = shown.kind === 'preview' ? shown.paper : null;
  return useMemo(() => {
    const making = { demo, fieldNumber: null, madeAt: String(records.inspection.fields['endedAt'] ?? '2000-01-01T00:00:00.000Z') };
    if (kind === 'supplement-list') return due && supplementContent(due, records, making);
    return kind && contentOf(kind, records, making);
  }, [kind, records, due, demo]);
}

function missingOf(records: PaperRecords) {
  const making = { demo: false, fieldNumber: null, madeAt: '' };
  const all = wanted(records).flatMap((kind) => contentOf(kind, records, making).missing);
  return all.filter((gap, index) => all.findIndex((each) => each.path === gap.path && each.label === gap.label) === index);
}

function titlesOf(t: (key: `kinds.${MadeKind}`, options: { lng: string }) => string): Record<MadeKind, string> {
  return Object.fromEntries(madeKinds.map((kind) => [kind, t(`kinds.${kind}`, { lng: 'zh-CN' })])) as Record<MadeKind, string>;
}

/** 屏幕手写 only where the lead organ allows it. */
function drawingAllowed(records: PaperRecords): boolean {
  const organ = records.organs.find((record) => record.recordId === records.inspection.fields['leadOrganId']);
  return organ?.fields['drawnSignatures'] === true;
}
