import { listItems, type RecordState } from '../../sync/record-state.ts';
import type { CaseEvent, Finding, FindingState } from './case-record.ts';

export type StoredEvent = CaseEvent & { readonly id: string };

export type FindingStanding = {
  readonly id: string;
  readonly finding: Finding;
  readonly state: FindingState;
  /** The event after which the next one follows; null before the first. */
  readonly last: StoredEvent | null;
  /** Two officers wrote different next events without seeing each other: both stand, the less advanced state counts. */
  readonly forked: boolean;
  readonly events: readonly StoredEvent[];
  /** The steps that lead to `last`, first one first, without notes. */
  readonly path: readonly StoredEvent[];
  readonly next: readonly FindingStep[];
};

export type FindingStep = 'corrected-on-spot' | 'replied' | 'rechecked' | 'closed' | 'reopened';

export type CaseStanding = {
  readonly findings: readonly FindingStanding[];
  /** Every finding is 已销号. */
  readonly closed: boolean;
  /** The reply date last asked for; null when none was. */
  readonly dueOn: string | null;
  /** The earliest 转为整改: several officers may have opened it without seeing each other. Null: none is here yet. */
  readonly openedAt: string | null;
  readonly events: readonly StoredEvent[];
};

/** What may follow each state. A finding closes only from what somebody saw: a re-check, or the correction on the spot. */
export const nextSteps: Readonly<Record<FindingState, readonly FindingStep[]>> = {
  'awaiting-reply': ['replied', 'rechecked'],
  'corrected-on-spot': ['rechecked', 'closed'],
  replied: ['rechecked'],
  rechecked: ['closed', 'reopened'],
  closed: ['reopened'],
};

const progress: readonly FindingState[] = ['awaiting-reply', 'corrected-on-spot', 'replied', 'rechecked', 'closed'];

/** A case out of its events. The order of events is their `follows`, never a clock. */
export function caseStanding(record: RecordState): CaseStanding {
  const events = listItems(record, 'events').map(([id, item]) => ({ ...(item as CaseEvent), id }));
  const findings = listItems(record, 'findings').map(([id, item]) => findingStanding(id, item as Finding, events));
  findings.sort((a, b) => a.finding.room.localeCompare(b.finding.room, 'zh-CN', { numeric: true }) || (a.id < b.id ? -1 : 1));
  const requests = events.filter((event) => event.type === 'reply-requested');
  const asked = leavesOf(requests).map((event) => event.dueOn).filter((due): due is string => due !== null).sort();
  const { openedAt } = record.fields;
  const opened = events.filter((event) => event.type === 'opened').map((event) => event.at).sort()[0] ?? null;
  return { findings, closed: findings.length > 0 && findings.every((each) => each.state === 'closed'), dueOn: asked.at(-1) ?? null, openedAt: typeof openedAt === 'string' ? openedAt : opened, events };
}

function findingStanding(id: string, finding: Finding, all: readonly StoredEvent[]): FindingStanding {
  const events = all.filter((event) => event.findingId === id);
  const steps = oncePerCorrection(withoutNotes(events));
  const leaves = leavesOf(steps);
  const standings = leaves.map((leaf) => {
    const path = pathTo(leaf, steps);
    return { leaf, path, state: stateAfter(path) };
  });
  standings.sort((a, b) => progress.indexOf(a.state) - progress.indexOf(b.state) || (a.leaf.id < b.leaf.id ? -1 : 1));
  const [counted] = standings;
  const state = counted?.state ?? 'awaiting-reply';
  return { id, finding, state, last: counted?.leaf ?? null, path: counted?.path ?? [], forked: leaves.length > 1, events, next: nextSteps[state] };
}

/** A note between two steps does not part them: a step that follows a note follows what the note followed. */
function withoutNotes(events: readonly StoredEvent[]): readonly StoredEvent[] {
  const notes = new Map(events.filter((event) => event.type === 'note').map((note) => [note.id, note.follows]));
  return events
    .filter((event) => event.type !== 'note')
    .map((event) => {
      let follows = event.follows;
      for (let hops = 0; follows !== null && notes.has(follows) && hops <= notes.size; hops += 1) follows = notes.get(follows) ?? null;
      return follows === event.follows ? event : { ...event, follows };
    });
}

/**
 * Two officers who each opened the case took over the same correction on the spot: that is one fact, not two steps that part.
 * What follows either follows the first of them.
 */
function oncePerCorrection(steps: readonly StoredEvent[]): readonly StoredEvent[] {
  const first = new Map<string | null, string>();
  const stands = new Map<string, string>();
  for (const { id, type, follows } of steps) {
    if (type !== 'corrected-on-spot') continue;
    const same = first.get(follows);
    if (same === undefined) first.set(follows, id);
    else stands.set(id, same);
  }
  if (stands.size === 0) return steps;
  return steps.filter(({ id }) => !stands.has(id)).map((event) => ({ ...event, follows: (event.follows === null ? null : stands.get(event.follows)) ?? event.follows }));
}

function leavesOf(events: readonly StoredEvent[]): readonly StoredEvent[] {
  const followed = new Set(events.map((event) => event.follows));
  return events.filter((event) => !followed.has(event.id));
}

function pathTo(leaf: StoredEvent, events: readonly StoredEvent[]): readonly StoredEvent[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  const path: StoredEvent[] = [];
  const seen = new Set<string>();
  for (let at: StoredEvent | undefined = leaf; at && !seen.has(at.id); at = at.follows ? byId.get(at.follows) : undefined) {
    seen.add(at.id);
    path.unshift(at);
  }
  return path;
}

/** A step that may not follow the state before it (closing what nobody has seen) is kept in the history and moves nothing. */
function stateAfter(path: readonly StoredEvent[]): FindingState {
  let state: FindingState = 'awaiting-reply';
  for (const event of path) {
    const step = event.type;
    if (step === 'corrected-on-spot' && state === 'awaiting-reply') state = step;
    else if (!isStep(step) || !nextSteps[state].includes(step)) continue;
    else if (step === 'reopened') state = 'awaiting-reply';
    else if (step === 'rechecked') state = event.complies === false ? 'awaiting-reply' : 'rechecked';
    else state = step;
  }
  return state;
}

function isStep(type: CaseEvent['type']): type is FindingStep {
  return type === 'corrected-on-spot' || type === 'replied' || type === 'rechecked' || type === 'closed' || type === 'reopened';
}
