import { canonicalJson } from '../journal/canonical-json.ts';
import type { Patch } from '../journal/change.ts';
import { problem, type Problem } from '../kit/problem.ts';
import type { Uuid } from '../kit/values.ts';
import type { RecordState } from '../sync/record-state.ts';
import type { CaseEvent } from './casework/case-record.ts';
import type { InspectionLock } from './inspection/inspection.ts';
import { lockIdOf } from './inspection/lock-id.ts';
import type { Role } from './people/people.ts';
import { recordTypes, type RecordTypeName } from './records.ts';

const field: readonly Role[] = ['inspector', 'section-head', 'assistant', 'joint-staff'];
/** Decisions are for those who enforce: auxiliaries assist them (浙江省综合行政执法条例 30). */
const deciders: readonly Role[] = ['inspector', 'section-head', 'joint-staff'];

type Writers = { readonly write: readonly Role[]; readonly kinds?: Readonly<Record<string, readonly Role[]>> };

/** Who may write what through a laptop's journal: record type × kind × role. Kinds not named follow `write`. */
const writers: Readonly<Record<Exclude<RecordTypeName, 'organ' | 'person' | 'opinion' | 'basisList'>, Writers>> = {
  institution: { write: ['section-head', 'inspector', 'system-administrator'] },
  inspection: { write: field, kinds: { lock: deciders } },
  roomCheck: { write: field },
  document: { write: field },
  case: { write: field, kinds: { create: deciders } },
  amendment: { write: deciders },
  review: { write: ['section-head'] },
  handover: { write: ['inspector', 'section-head', 'assistant'] },
};

/** Who records what of a case. Opening, asking for a reply, 复查, 销号 and reopening are decisions; what the unit answered or did is not. */
const caseEventWriters: Readonly<Record<CaseEvent['type'], readonly Role[]>> = {
  opened: deciders, 'reply-requested': deciders, rechecked: deciders, closed: deciders, reopened: deciders,
  'corrected-on-spot': field, replied: field, 'opinion-linked': field, note: field,
};

/** Do these roles let a person record this step of a case? Screens offer just these. */
export function mayRecord(event: CaseEvent['type'], roles: readonly Role[]): boolean {
  return caseEventWriters[event].some((role) => roles.includes(role));
}

/** Do these roles let a person write this kind of change? False for records that only the server writes. */
export function mayWrite(recordType: RecordTypeName, kind: string, roles: readonly Role[]): boolean {
  if (recordTypes[recordType].authority === 'server') return false;
  const rule = writers[recordType as keyof typeof writers];
  const allowed = rule.kinds && Object.hasOwn(rule.kinds, kind) ? (rule.kinds[kind] ?? []) : rule.write;
  return allowed.some((role) => roles.includes(role));
}

export type ProposedChange = { readonly chainId: string; readonly seq: number; readonly recordType: RecordTypeName; readonly kind: string; readonly patch: Patch };
export type Author = { readonly officerId: Uuid; readonly roles: readonly Role[] };

/** What is known when a change is judged; null: there is no such record (yet). */
export type Surroundings = {
  /** The record as it is before the change. */
  readonly record: RecordState | null;
  /** The inspection that the record names as its parent. */
  readonly inspection: RecordState | null;
  /** Did the server give this official number? */
  readonly isOfficialNumber: (text: string) => boolean;
};

/** May this author write this change now? Null = yes; else not-allowed, same-person or locked. */
export function policyProblem(change: ProposedChange, author: Author, around: Surroundings): Problem | null {
  if (!mayWrite(change.recordType, change.kind, author.roles)) return problem('not-allowed', { recordType: change.recordType, kind: change.kind });
  switch (change.recordType) {
    case 'inspection': return inspectionProblem(change, author, around.record);
    case 'document': return documentProblem(change, around);
    case 'case': return rewritten(change, around.record, ['events/', 'findings/']) ?? eventProblem(change, author);
    case 'review': return selfReview(change, author, around.inspection) ?? unknownLock(change, around.inspection);
    default: return null;
  }
}

/** A locked inspection stays as its lead saw it; only its lead locks it, only lead or section head pass the lead on. */
function inspectionProblem(change: ProposedChange, author: Author, record: RecordState | null): Problem | null {
  const lockedThrough = record?.lockedThrough ?? null;
  if (lockedThrough && change.seq > (lockedThrough[change.chainId] ?? 0)) return problem('locked', { recordType: 'inspection' });
  const lead = record?.fields['leadOfficerId'] ?? null;
  if (change.kind === 'lock') {
    const lock = (change.patch['lock']?.to ?? null) as InspectionLock | null;
    if (lock === null) return problem('incomplete', { field: 'lock' });
    return lead === author.officerId && lock.lockedBy === author.officerId ? null : problem('not-allowed', { field: 'lock' });
  }
  if (change.patch['lock'] && change.patch['lock'].to !== null) return problem('not-allowed', { field: 'lock' });
  const newLead = change.patch['leadOfficerId'];
  const passesOn = newLead !== undefined && lead !== null && newLead.to !== lead;
  const mayPassOn = lead === author.officerId || author.roles.includes('section-head');
  return passesOn && !mayPassOn ? problem('not-allowed', { field: 'leadOfficerId' }) : null;
}

/** A paper is made once: neither its bytes nor its 现场编号 change nor what was bound to it, and an official number comes from the office. */
function documentProblem(change: ProposedChange, { record, isOfficialNumber }: Surroundings): Problem | null {
  const changed = rewritten(change, record, ['pdf', 'fieldNumber', 'voided', 'supplement', 'signatures/', 'refusals/', 'prints/']);
  if (changed) return changed;
  const number = change.patch['officialNumber']?.to ?? null;
  return number !== null && !isOfficialNumber(String(number)) ? problem('not-allowed', { field: 'officialNumber' }) : null;
}

/** What these fields (or lists, named with their `/`) once held stays: it is neither replaced nor taken away. */
function rewritten({ patch }: ProposedChange, record: RecordState | null, onceOnly: readonly string[]): Problem | null {
  for (const [path, { to }] of Object.entries(patch)) {
    if (!onceOnly.some((each) => (each.endsWith('/') ? path.startsWith(each) : path === each))) continue;
    const held = (record && Object.hasOwn(record.fields, path) ? record.fields[path] : null) ?? null;
    if (held !== null && canonicalJson(to) !== canonicalJson(held)) return problem('locked', { field: path });
  }
  return null;
}

/** An event bears its author's name, and is one that his role may record. */
function eventProblem({ patch }: ProposedChange, author: Author): Problem | null {
  for (const [path, { to }] of Object.entries(patch)) {
    if (!path.startsWith('events/') || to === null) continue;
    const { by, type } = to as CaseEvent;
    if (by !== author.officerId) return problem('not-allowed', { field: path });
    if (!mayRecord(type, author.roles)) return problem('not-allowed', { field: path, event: type });
  }
  return null;
}

/** Was this officer lead or officer of the inspection? Then he does not approve it. */
export function tookPart(inspection: Pick<RecordState, 'fields'>, officerId: Uuid): boolean {
  return [inspection.fields['leadOfficerId'], ...((inspection.fields['officerIds'] ?? []) as readonly string[])].includes(officerId);
}

/** Nobody approves an inspection that he took part in. */
function selfReview({ patch }: ProposedChange, author: Author, inspection: RecordState | null): Problem | null {
  if (patch['verdict']?.to !== 'approved' || !inspection) return null;
  return tookPart(inspection, author.officerId) ? problem('same-person', { recordType: 'review' }) : null;
}

/** A review says which 定稿 it judged: one that is here. Reviews from before that name none. */
function unknownLock({ patch }: ProposedChange, inspection: RecordState | null): Problem | null {
  if (!patch['lockId']) return null;
  const named = patch['lockId'].to;
  if (named !== null) return inspection && lockIdOf(inspection) === named ? null : problem('wrong-step', { recordType: 'review', reason: 'unknown-lock' });
  return patch['verdict']?.to === 'approved' ? problem('incomplete', { recordType: 'review', field: 'lock' }) : null;
}
