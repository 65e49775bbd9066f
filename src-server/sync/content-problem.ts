import { fieldSchema, recordTypes, recordTypeSpec, type RecordRegistry } from '#shared/domain/records.ts';
import { problem, type Problem } from '#shared/kit/problem.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { PushedChange } from '#shared/sync/wire.ts';

/**
 * Is this a change of a record type we know, with fields we know and values they may hold? Null = yes. `newer-version`
 * for names this program does not know: the laptop is ahead of us, and the change waits for the update.
 */
export function contentProblem({ recordType, patch }: Pick<PushedChange, 'recordType' | 'patch'>, records: RecordRegistry = recordTypes): Problem | null {
  if (!recordTypeSpec(recordType, records)) return problem('newer-version', { recordType });
  for (const [field, { to }] of Object.entries(patch)) {
    const schema = fieldSchema(recordType, field, records);
    if (!schema) return problem('newer-version', { recordType, field });
    if (holdsNul(to)) return problem('invalid-input', { recordType, field, flaw: 'nul' });
    const parsed = schema.safeParse(to);
    if (parsed.success) continue;
    const issue = parsed.error.issues[0];
    if (issue?.code === 'unrecognized_keys') return problem('newer-version', { recordType, field });
    if (issue?.code === 'too_big' && issue.origin === 'string') return problem('field-too-long', { recordType, field, limit: Number(issue.maximum) });
    return problem('invalid-input', { recordType, field });
  }
  return null;
}

/** NUL has no place in any of our texts, and some databases refuse it. */
export function holdsNul(value: JsonValue): boolean {
  if (typeof value === 'string') return value.includes('\u0000');
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) ? value.some(holdsNul) : Object.entries(value).some(([key, item]) => key.includes('\u0000') || holdsNul(item));
}
