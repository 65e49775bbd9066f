import { failed, type Outcome } from '#shared/kit/outcome.ts';
import type { Problem } from '#shared/kit/problem.ts';
import type { Edit, SaveState } from './desk.ts';
import { saveApart } from './save-fields.ts';
import { editsOf, stuckFields, type StuckField } from './stuck-fields.ts';

export const REST_MS = 400;
/** How long after a full or failing disk the same is tried again by itself. */
const RETRY_MS = 3000;
/** Records a commit. */
const AT_ONCE = 500;

export type Drafts = {
  note(edit: Edit): void;
  flush(): Promise<SaveState>;
  state(): SaveState;
  onState(listener: () => void): () => void;
  /** Fields of a record that hold typed text which no commit has taken up yet. */
  waiting(recordId: string): readonly string[];
  /** As `waiting`, and those whose commit has not ended. */
  typed(recordId: string): readonly string[];
  /** The records that have such fields. */
  records(): readonly string[];
  /** Values that the journal does not take, each with its reason. */
  stuck(): readonly StuckField[];
  /** A person gives one up. */
  drop(recordId: string, path: string): void;
  /** Tries nothing by itself any more: what is left belongs to this officer and to nobody who signs in next. */
  stop(): void;
};

export type DraftsOptions = {
  readonly restMs?: number;
  readonly retryMs?: number;
  /** What was stuck before a restart: tried once more, since the program may be another one. */
  readonly left?: readonly StuckField[];
  /** Called with all that is stuck after each change of it, so that a restart does not lose it. */
  readonly onStuck?: (all: readonly StuckField[]) => void;
};

/** Somebody makes room on the disk, or plugs it in again. */
const passing = new Set(['disk-full', 'storage-failed']);

/**
 * Typed values on their way to the journal: kept until they are there, whatever fails. One edit a record;
 * later values of a field replace earlier ones. A value that is never taken keeps no other one back.
 */
export function createDrafts(commit: (edits: readonly Edit[]) => Promise<Outcome<unknown>>, { restMs = REST_MS, retryMs = RETRY_MS, left = [], onStuck = () => undefined }: DraftsOptions = {}): Drafts {
  let pending = new Map<string, Edit>();
  const stuck = stuckFields(onStuck);
  /** What is kept of an earlier session is as it was until it was tried. */
  let triesLeft = left.length > 0;
  let underWay: readonly Edit[] = [];
  /** Why the journal takes nothing at this moment. */
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
    const why = problem ?? stuck.all()[0]?.problem;
    if (why) return { kind: 'failed', problem: why };
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
    for (let from = 0; from < edits.length && !problem; from += AT_ONCE) {
      underWay = edits.slice(from);
      const saved = await saveApart(edits.slice(from, from + AT_ONCE), tried);
      for (const field of saved.stuck) putUnlessTypedAnew(field);
      problem = saved.problem;
      if (problem) giveBack([...saved.left, ...edits.slice(from + AT_ONCE)]);
    }
    underWay = [];
    if (triesLeft && !problem) {
      triesLeft = false;
      onStuck(stuck.all());
    }
  };

  const putUnlessTypedAnew = (field: StuckField): void => {
    if (!Object.hasOwn(pending.get(field.recordId)?.values ?? {}, field.path)) stuck.put(field);
  };

  const after = (ms: number, run: () => Promise<unknown>): void => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => void run(), ms);
  };

  const flush = async (): Promise<SaveState> => {
    if (timer) clearTimeout(timer);
    timer = null;
    while (running) await running;
    if (pending.size > 0) {
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

  const waiting = (recordId: string): readonly string[] => [...new Set([...Object.keys(pending.get(recordId)?.values ?? {}), ...stuck.of(recordId)])];

  if (left.length > 0) {
    for (const edit of editsOf(left)) keep(pending, edit);
    after(0, flush);
  }

  return {
    note(edit) {
      // A corrected field takes the place of the refused one.
      for (const path of Object.keys(edit.values)) stuck.drop(edit.recordId, path);
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
    records: () => [...new Set([...pending.keys(), ...underWay.map((edit) => edit.recordId), ...stuck.all().map((field) => field.recordId)])],
    stuck: stuck.all,
    drop(recordId, path) {
      stuck.drop(recordId, path);
      publish();
    },
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
