import type * as z from 'zod';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { WIRE_VERSION } from '#shared/sync/wire.ts';
import { holdsNul } from '../sync/content-problem.ts';

/**
 * The request as the contract has it, or why not: please-update for another version and for fields this program does not
 * know (a newer laptop: nothing is dropped silently), too-large, field-too-long or invalid-input naming the field.
 */
export function parseBody<T>(schema: Pick<z.ZodType<T>, 'safeParse'>, body: unknown): Outcome<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return done(parsed.data);
  const version = statedVersion(body);
  if (version !== null && version !== WIRE_VERSION) return failed('please-update', { version: String(version).slice(0, 20) });
  const issues = parsed.error.issues;
  const unknownField = issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknownField) return failed('please-update', { field: fieldName([...unknownField.path, unknownField.keys[0] ?? '']) });
  const issue = issues[0];
  const field = fieldName(issue?.path ?? []);
  if (issue?.code === 'too_big' && issue.origin === 'array') return failed('too-large', { field, limit: Number(issue.maximum) });
  if (issue?.code === 'too_big' && issue.origin === 'string') return failed('field-too-long', { field, limit: Number(issue.maximum) });
  return failed('invalid-input', { field });
}

function statedVersion(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'v' in body ? body.v : null;
}

function fieldName(path: readonly PropertyKey[]): string {
  return path.map(String).join('.').slice(0, 120);
}

/** For what the server itself writes down: no text with NUL in it. */
export function noNul<T>(request: T): Outcome<T> {
  return holdsNul(request as JsonValue) ? failed('invalid-input', { flaw: 'nul' }) : done(request);
}
