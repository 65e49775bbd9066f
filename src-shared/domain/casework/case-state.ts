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
  readonly next: readonly FindingStep[];
};

export type FindingStep = 'corrected-on-spot' | 'replied' | 'rechecked' | 'closed' | 'reopened';

export type CaseStanding = {
  readonly findings: readonly FindingStanding[];
  /** Every finding is 已销号. */
  readonly closed: boolean;
  /** The reply date last asked for; null when none was. */
  readonly dueOn: string | null;
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
  return { findings, closed: findings.length > 0 && findings.every((each) => each.state === 'closed'), dueOn: asked.at(-1) ?? null, events };
}

function findingStanding(id: string, finding: Finding, all: readonly StoredEvent[]): FindingStanding {
  const events = all.filter((event) => event.findingId === id && event.type !== 'note');
  const leaves = leavesOf(events);
  const standings = leaves.map((leaf) => ({ leaf, state: stateAfter(pathTo(leaf, events)) }));
  standings.sort((a, b) => progress.indexOf(a.state) - progress.indexOf(b.state) || (a.leaf.id < b.leaf.id ? -1 : 1));
  const state = standings[0]?.state ?? 'awaiting-reply';
  return { id, finding, state, last: standings[0]?.leaf ?? null, forked: leaves.length > 1, events: all.filter((event) => event.findingId === id), next: nextSteps[state] };
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

function stateAfter(path: readonly StoredEvent[]): FindingState {
  let state: FindingState = 'awaiting-reply';
  for (const event of path) {
    if (event.type === 'corrected-on-spot' || event.type === 'replied' || event.type === 'closed') state = event.type;
    else if (event.type === 'rechecked') state = event.complies === false ? 'awaiting-reply' : 'rechecked';
    else if (event.type === 'reopened') state = 'awaiting-reply';
  }
  return state;
}
