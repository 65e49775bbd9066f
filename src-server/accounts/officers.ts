import type { Role } from '#shared/domain/people/people.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import { recordShelf, recordsOfType } from '../store/record-shelf.ts';
import type { Sql } from '../store/sql.ts';

/** A person of an office as the feed has it at this moment. */
export type Officer = {
  readonly officerId: string;
  readonly name: string;
  readonly loginName: string;
  readonly organId: string | null;
  readonly roles: readonly Role[];
  readonly active: boolean;
};

export async function officerById(sql: Sql, officeId: string, officerId: string): Promise<Officer | null> {
  const record = await recordShelf(sql, officeId).get(officerId);
  return record?.recordType === 'person' && record.state ? officerIn(record.state) : null;
}

export async function officersOf(sql: Sql, officeId: string): Promise<readonly Officer[]> {
  return (await recordsOfType(sql, officeId, 'person')).flatMap(({ state }) => (state ? [officerIn(state)] : []));
}

/** Two login names that look alike are one: width, case and accents of composition do not tell people apart. */
export function foldedLoginName(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

function officerIn({ recordId, fields }: RecordState): Officer {
  return {
    officerId: recordId, name: String(fields['name'] ?? ''), loginName: String(fields['loginName'] ?? ''), organId: (fields['organId'] ?? null) as string | null,
    roles: (fields['roles'] ?? []) as readonly Role[], active: fields['active'] === true,
  };
}
