import type { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import { policyProblem, type Author } from '#shared/domain/policy.ts';
import type { RecordTypeName } from '#shared/domain/records.ts';
import { problem, type Problem } from '#shared/kit/problem.ts';
import type { PushedChange } from '#shared/sync/wire.ts';
import type { Chain } from '../store/chains.ts';
import { isOfficialNumber } from '../store/official-numbers.ts';
import type { KnownRecord, RecordShelf } from '../store/record-shelf.ts';
import type { Sql } from '../store/sql.ts';
import type { Judge } from './append-changes.ts';
import { contentProblem } from './content-problem.ts';
import { ownRules, type Rules } from './rules.ts';

/** Decisions of a person: each is a record of its own that is written once. */
const writtenOnce: ReadonlySet<string> = new Set(['review', 'amendment']);

/** Judges the changes of one person's chain, in order, against everything that is in the feed before them. */
export function laptopJudge(sql: Sql, shelf: RecordShelf, chain: Pick<Chain, 'chainId' | 'officeId' | 'chainCode'>, author: Author, { records }: Rules = ownRules): Judge {
  return async ({ seq, body }) => {
    const content = contentProblem(body, records);
    if (content) return content;
    const known = await shelf.get(body.recordId);
    if (known && known.recordType !== body.recordType) return problem('invalid-input', { recordType: body.recordType, field: 'recordId' });
    const misplaced = placeProblem(body, known, chain.chainCode);
    if (misplaced) return misplaced;
    const number = body.patch['officialNumber']?.to ?? null;
    const isGiven = typeof number === 'string' && (await isOfficialNumber(sql, chain.officeId, number));
    const change = { chainId: chain.chainId, seq, recordType: body.recordType as RecordTypeName, kind: body.kind, patch: body.patch };
    const inspection = await inspectionOf(shelf, body, known?.parentId ?? null);
    const refused = policyProblem(change, author, { record: known?.state ?? null, inspection, isOfficialNumber: () => isGiven });
    if (refused) return refused;
    return body.recordType === 'inspection' && body.kind === 'lock' ? await foreignCover(shelf, body) : null;
  };
}

/** What belongs to an inspection stays there, a decision is not rewritten, and a paper bears a number of its own laptop. */
function placeProblem({ recordType, patch }: PushedChange, known: KnownRecord | null, chainCode: string): Problem | null {
  const inspectionId = patch['inspectionId']?.to ?? null;
  if (known && inspectionId !== null && known.parentId !== null && inspectionId !== known.parentId) return problem('not-allowed', { field: 'inspectionId' });
  if (known && writtenOnce.has(recordType)) return problem('locked', { recordType });
  const fieldNumber = recordType === 'document' ? (patch['fieldNumber']?.to ?? null) : null;
  const isGiven = known?.state && (known.state.fields['fieldNumber'] ?? null) !== null;
  return typeof fieldNumber === 'string' && !isGiven && !fieldNumber.startsWith(`${chainCode}-`) ? problem('not-allowed', { field: 'fieldNumber' }) : null;
}

async function inspectionOf(shelf: RecordShelf, { recordType, patch }: PushedChange, parentId: string | null) {
  if (recordType !== 'review') return null;
  const named = patch['inspectionId']?.to ?? parentId;
  const record = typeof named === 'string' ? await shelf.get(named) : null;
  return record?.recordType === 'inspection' ? record.state : null;
}

/** A lock covers its own inspection and what belongs to it. What never arrived here can not be checked and covers nothing. */
async function foreignCover(shelf: RecordShelf, { recordId, patch }: PushedChange): Promise<Problem | null> {
  const lock = patch['lock']?.to as unknown as InspectionLock;
  for (const cover of lock.covers) {
    if (cover.recordId === recordId) continue;
    const record = await shelf.get(cover.recordId);
    if (record && record.parentId !== recordId) return problem('not-allowed', { field: 'lock', recordId: cover.recordId });
  }
  return null;
}
