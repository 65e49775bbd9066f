import { useCallback, useMemo, useState } from 'react';
import type { DocumentKind } from '#shared/domain/documents/document.ts';
import type { PaperContent } from '#shared/domain/documents/paper-content.ts';
import type { PaperMaking, PaperRecords } from '#shared/domain/documents/paper-sources.ts';
import type { PaperRecord } from '#shared/domain/documents/read-document.ts';
import { supplementBegun, supplementDue, type Supplement } from '#shared/domain/documents/supplement.ts';
import { failed } from '#shared/kit/outcome.ts';
import { problem, type Problem } from '#shared/kit/problem.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { concludingGaps, lockOf, mayConclude } from '#shared/domain/inspection/conclude.ts';
import { printedFacts } from '#shared/domain/inspection/facts-to-print.ts';
import { readPerson } from '#shared/domain/inspection/read-inspection.ts';
import { ask } from '../../bridge/bridge.ts';
import { renderPdf } from '../../pdf/render.ts';
import { useDesk } from '../../store/desk-context.tsx';
import { lockProblem } from '../../store/lock-check.ts';
import { useLockCheck } from '../../store/lock-check-context.tsx';
import { contentOf, isMadeKind, supplementContent, type MadeKind } from './content-of.ts';
import { hashText } from '../../store/hash-text.ts';
import { freshRecords, type FreshRecords } from './fresh-records.ts';
import { finishPaper, numberPapers, type Numbered, type PaperToMake, type PaperTools } from './make-papers.ts';

export type Progress = { readonly done: number; readonly total: number };

export type PaperWork = {
  readonly progress: Progress | null;
  readonly problem: Problem | null;
  clear(): void;
  /** Locks what the desk holds now. False: it did not happen, `problem` says why. */
  lock(): Promise<boolean>;
  /** Numbers, then makes each paper; what a crash leaves is finished by `finish`. */
  make(kinds: readonly MadeKind[], titles: Readonly<Record<MadeKind, string>>): Promise<void>;
  finish(papers: readonly PaperRecord[]): Promise<void>;
};

/** Locking and making papers of one inspection, with how far it is and what went wrong. */
export function usePaperWork(inspectionId: string, records: PaperRecords | null | undefined): PaperWork {
  const desk = useDesk();
  const { checkNow } = useLockCheck();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [wrong, setProblem] = useState<Problem | null>(null);
  const tools = useMemo((): PaperTools => ({
    desk,
    render: (content) => renderPdf(content.kind, content as never),
    store: (request) => ask('evidence.put', request),
  }), [desk]);

  /** Nothing is made of what is not as it was locked, a blank form apart: it prints nothing of it. */
  const refusedNow = useCallback(async (kinds: readonly DocumentKind[]): Promise<boolean> => {
    const wrong = kinds.some((kind) => kind !== 'blank-form') ? lockProblem(await checkNow()) : null;
    if (wrong) setProblem(wrong);
    return wrong !== null;
  }, [checkNow]);

  const finishAll = useCallback(async (papers: readonly Numbered[]): Promise<void> => {
    // Fresh from the desk: a lock that was just written is what the papers are made from.
    const fresh = records ? await freshRecords(records, inspectionId, desk) : null;
    try {
      for (const [index, paper] of papers.entries()) {
        if (!fresh || !isMadeKind(paper.kind)) continue;
        setProgress({ done: index, total: papers.length });
        const content = contentNow(paper, fresh, { demo: desk.session.demo, fieldNumber: paper.fieldNumber, madeAt: paper.createdAt });
        const outcome = content ? await finishPaper(paper, content, tools) : failed('wrong-step', { reason: 'supplement-changed' });
        if (outcome.ok) continue;
        setProblem(outcome.problem);
        break;
      }
    } finally {
      setProgress(null);
    }
  }, [desk, inspectionId, records, tools]);

  const lock = useCallback(async (): Promise<boolean> => {
    setProblem(null);
    const saved = await desk.flush();
    if (saved.kind === 'failed') {
      setProblem(saved.problem);
      return false;
    }
    const inspection = await desk.get(inspectionId);
    const rooms = await desk.children('roomCheck', inspectionId);
    const people = await desk.list('person');
    const signing = new Map(people.map((record) => [record.recordId, readPerson(record)]));
    const now = new Date().toISOString();
    // Something may have come from others since the screen was drawn.
    if (!inspection || !mayConclude(concludingGaps({ inspection, rooms, people: signing, officerId: desk.session.officerId, now }))) {
      setProblem(problem('incomplete'));
      return false;
    }
    const institution = await desk.get(String(inspection.fields['institutionId'] ?? ''));
    const printed = printedFacts({ inspection, institution, people, organs: await desk.list('organ') });
    const lockValue = lockOf(inspection, rooms, { lockedAt: now, lockedBy: desk.session.officerId, hashText, printed });
    const outcome = await desk.edit([{ recordType: 'inspection', recordId: inspectionId, kind: 'lock', values: { lock: lockValue as unknown as JsonValue }, over: inspection }]);
    if (!outcome.ok) setProblem(outcome.problem);
    return outcome.ok;
  }, [desk, inspectionId]);

  const make = useCallback<PaperWork['make']>(async (kinds, titles) => {
    setProblem(null);
    if (await refusedNow(kinds)) return;
    setProgress({ done: 0, total: kinds.length });
    const place = { inspectionId, institutionId: String(records?.inspection.fields['institutionId'] ?? '') };
    const due = records && kinds.includes('supplement-list') ? supplementDue((await freshRecords(records, inspectionId, desk)).all, hashText) : null;
    const numbered = await numberPapers(kinds.flatMap((kind) => paperToMake(kind, titles[kind], due)), place, new Date().toISOString(), tools);
    if (numbered.ok) return finishAll(numbered.value);
    setProblem(numbered.problem);
    setProgress(null);
  }, [desk, finishAll, inspectionId, records, refusedNow, tools]);

  const finish = useCallback<PaperWork['finish']>(async (papers) => {
    setProblem(null);
    if (await refusedNow(papers.map((paper) => paper.kind))) return;
    return finishAll(papers);
  }, [finishAll, refusedNow]);

  return { progress, problem: wrong, clear: () => setProblem(null), lock, make, finish };
}

/** Null: what the supplement was begun with is no longer there as it was; its number is to be made void. */
function contentNow(paper: Numbered, fresh: FreshRecords, making: PaperMaking): PaperContent | null {
  if (paper.kind !== 'supplement-list') return isMadeKind(paper.kind) ? contentOf(paper.kind, fresh.locked, making) : null;
  const begun = fresh.all.papers.find((each) => each.id === paper.id)?.supplement;
  const supplement = begun ? supplementBegun(fresh.all, begun, hashText) : null;
  return supplement && supplementContent(supplement, fresh.locked, making);
}

function paperToMake(kind: MadeKind, title: string, due: Supplement | null): readonly PaperToMake[] {
  if (kind !== 'supplement-list') return [{ kind, title }];
  return due ? [{ kind, title, supplement: due.of }] : [];
}
