import type { AppliedChange } from '../journal/change.ts';
import { fieldSchema, recordTypes, recordTypeSpec, type RecordRegistry } from './records.ts';

/** Ways in which a value is of another shape than this program's; a text that is too long is not one of them. */
const otherShape: ReadonlySet<string> = new Set(['unrecognized_keys', 'invalid_type', 'invalid_value', 'invalid_union', 'invalid_key', 'invalid_element']);

/**
 * Was this published change written by a newer program than this one: a record type or field that it does not know, or a value
 * of another shape? No screen can show such a change as it is meant; it waits for the update.
 */
export function isOfNewerVersion({ recordType, patch }: Pick<AppliedChange, 'recordType' | 'patch'>, records: RecordRegistry = recordTypes): boolean {
  if (!recordTypeSpec(recordType, records)) return true;
  return Object.entries(patch).some(([field, { to }]) => {
    const schema = fieldSchema(recordType, field, records);
    if (!schema) return true;
    // A list item that was taken out.
    if (to === null && field.includes('/')) return false;
    const parsed = schema.safeParse(to);
    return !parsed.success && parsed.error.issues.some((issue) => otherShape.has(issue.code));
  });
}
