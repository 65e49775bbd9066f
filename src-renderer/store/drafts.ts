import { failed, type Outcome } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { Edit, SaveState } from './desk.ts';

export const REST_MS = 400;
/** How long after a full or failing disk the same is tried again by itself. */
const RETRY_MS = 3000;

export type Drafts = {
  note(edit: Edit): void;
  flush(): Promise<SaveState>;
  state(): SaveState;
  onState(listener: () => void): () => void;
  /** Fields of a record that hold typed text which no commit has taken up yet. */
  waiting(recordId: string): readonly string[];
  /** As `waiting`, and those whose commit has not ended. */
  typed(recordId: string): readonly string[];
  /** Tries nothing by itself any more: what is left belongs to this officer and to nobody who signs in next. */
  stop(): void;
};

/** Edits that one of them spoils are tried one by one, so that a bad field never keeps the others from the journal. */
const spoiling = new Set(['invalid-input', 'field-too-long', 'out-of-range', 'too-large']);
/** Somebody makes room on the disk, or plugs it in again. */
const passing = new Set(['disk-full', 'storage-failed']);

/**
 * Typed values on their way to the journal: kept until they are there, whatever fails. One edit a record;
 * later values of a field replace earlier ones.
 */
export function createDrafts(commit: (edits: readonly Edit[]) => Promise<Outcome<unknown>>, { restMs = REST_MS, retryMs = RETRY_MS } = {}): Drafts {
  let pending = new Map<string, Edit>();
  const stuck = new Map<string, Edit>();
  let underWay: readonly Edit[] = [];
  let problem: Problem | null = null;
  /** Still said while it is tried again. */
  let retried: Problem | null = null;
  let stopped = false;
  let running: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let state: SaveState = { kind: 'saved' };
  const listeners = new Set<() => void>();

  const publish = (): void => {
    const next = currentState();
    if (next.kind === state.kind && (next.kind !== 'failed' || (state.kind === 'failed' && next.problem === state.problem))) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const currentState = (): SaveState => {
    if (running) return retried ? { kind: 'failed', problem: retried } : { kind: 'saving' };
    if (problem) return { kind: 'failed', problem };
    return pending.size > 0 ? { kind: 'waiting' } : { kind: 'saved' };
  };

  const keep = (into: Map<string, Edit>, edit: Edit): void => {
    const earlier = into.get(edit.recordId);
    into.set(edit.recordId, earlier ? { ...earlier, values: { ...earlier.values, ...edit.values } } : edit);
  };

  const giveBack = (edits: readonly Edit[]): void => {
    const newer = pending;
    pending = new Map();
    for (const edit of [...edits, ...newer.values()]) keep(pending, edit);
  };

  /** Whatever breaks on the way (a database that went away) must not take typed text with it. */
  const tried = async (edits: readonly Edit[]): Promise<Outcome<unknown>> => {
    try {
      return await commit(edits);
    } catch (error) {
      return failed('storage-failed', { cause: error instanceof Error ? error.message.slice(0, 200) : 'unknown' });
    }
  };

  const save = async (): Promise<void> => {
    const edits = [...pending.values()];
    pending = new Map();
    for (let from = 0; from < edits.length; from += 500) {
      underWay = edits.slice(from);
      const piece = edits.slice(from, from + 500);
      const outcome = await tried(piece);
      if (outcome.ok) continue;
      problem = outcome.problem;
      if (!spoiling.has(outcome.problem.code)) {
        giveBack(edits.slice(from));
        break;
      }
      for (const edit of piece) {
        const alone = piece.length === 1 ? outcome : await tried([edit]);
        if (!alone.ok) keep(stuck, edit);
      }
    }
    underWay = [];
  };

  const after = (ms: number, run: () => Promise<unknown>): void => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => void run(), ms);
  };

  const flush = async (): Promise<SaveState> => {
    if (timer) clearTimeout(timer);
    timer = null;
    while (running) await running;
    if (stuck.size > 0 || pending.size > 0) {
      giveBack([...stuck.values()]);
      stuck.clear();
      problem = null;
      running = save().finally(() => {
        running = null;
        retried = null;
        if (problem && passing.has(problem.code) && !stopped) after(retryMs, tryAgain);
        publish();
      });
      publish();
      await running;
    }
    publish();
    return state;
  };

  const tryAgain = (): Promise<SaveState> => {
    retried = problem;
    return flush();
  };

  const waiting = (recordId: string): readonly string[] => [pending, stuck].flatMap((edits) => Object.keys(edits.get(recordId)?.values ?? {}));

  return {
    note(edit) {
      const old = stuck.get(edit.recordId);
      if (old) {
        // A corrected field takes the place of the refused one.
        stuck.delete(edit.recordId);
        keep(pending, old);
      }
      keep(pending, edit);
      after(restMs, flush);
      publish();
    },
    flush,
    stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
    },
    state: () => state,
    waiting,
    typed: (recordId) => [...waiting(recordId), ...underWay.filter((edit) => edit.recordId === recordId).flatMap((edit) => Object.keys(edit.values))],
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
