import * as z from 'zod';
import { recordTypes, type RecordRegistry } from '#shared/domain/records.ts';
import { sha256 } from '../ids.ts';

/** Which record types and fields a server knows, and a mark that changes with any of them. */
export type Rules = { readonly records: RecordRegistry; readonly mark: string };

export function rulesOf(records: RecordRegistry): Rules {
  const types = Object.entries(records).map(([name, { fields, lists, parent, authority }]) => {
    const schemas = Object.entries(fields).map(([field, schema]) => [field, z.toJSONSchema(schema, { unrepresentable: 'any' })] as const);
    return [name, lists, parent, authority, schemas] as const;
  });
  return { records, mark: sha256(JSON.stringify(types)) };
}

/** The rules of this very program. */
export const ownRules: Rules = rulesOf(recordTypes);
