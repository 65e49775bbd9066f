import { fieldSchema, recordTypeSpec } from '#shared/domain/records.ts';
import { hasLoneSurrogate } from '#shared/journal/canonical-json.ts';
import type { NewChange } from '#shared/journal/change.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { problem } from '#shared/kit/problem.ts';
import type { JsonValue } from '#shared/kit/values.ts';

/** Longest value of one field, in bytes of its JSON. */
export const MAX_FIELD_BYTES = 1024 * 1024;
const MAX_DEPTH = 32;
const MAX_ITEMS = 10_000;

/**
 * The envelope of changes, ahead of everything else: known record type and field, one that laptops may write, and values
 * that have one canonical form and a bearable size. What the values mean is not main's business. Null = fine.
 */
export function envelopeProblem(changes: readonly NewChange[]): Problem | null {
  if (changes.length === 0) return problem('invalid-input', { field: 'changes' });
  for (const change of changes) {
    const spec = recordTypeSpec(change.recordType);
    if (!spec) return problem('invalid-input', { field: 'recordType', recordType: change.recordType });
    if (spec.authority === 'server') return problem('not-allowed', { recordType: change.recordType });
    for (const [field, patch] of Object.entries(change.patch)) {
      const found = fieldSchema(change.recordType, field) ? valueProblem(patch.to, field) : problem('invalid-input', { field });
      if (found) return { ...found, detail: { ...found.detail, recordType: change.recordType, recordId: change.recordId } };
    }
  }
  return null;
}

function valueProblem(value: JsonValue, field: string): Problem | null {
  const flaw = flawOf(value, 0);
  if (flaw) return problem('invalid-input', { field, flaw });
  // Six bytes is the most that one UTF-16 unit takes in JSON; short texts, nearly all there are, need no counting.
  if (typeof value === 'string' && value.length * 6 < MAX_FIELD_BYTES) return null;
  const bytes = Buffer.byteLength(JSON.stringify(value));
  return bytes > MAX_FIELD_BYTES ? problem('field-too-long', { field, limit: MAX_FIELD_BYTES, length: bytes }) : null;
}

function flawOf(value: JsonValue, depth: number): string | null {
  if (depth > MAX_DEPTH) return 'depth';
  if (typeof value === 'string') return textFlaw(value);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? null : 'number';
  if (value === null || typeof value === 'boolean') return null;
  if (Array.isArray(value)) {
    if (value.length > MAX_ITEMS) return 'items';
    return firstFlaw(value as readonly JsonValue[], depth);
  }
  const keys = Object.keys(value);
  if (keys.length > MAX_ITEMS) return 'items';
  for (const key of keys) {
    // Harmless as JSON, but the first object it is spread into would change its own kind.
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') return 'key';
    const flaw = textFlaw(key);
    if (flaw) return flaw;
  }
  return firstFlaw(Object.values(value), depth);
}

function firstFlaw(values: readonly JsonValue[], depth: number): string | null {
  for (const value of values) {
    const flaw = flawOf(value, depth + 1);
    if (flaw) return flaw;
  }
  return null;
}

/** NUL has no place in any of our texts and some stores refuse it; a lone surrogate has no UTF-8 form. */
function textFlaw(text: string): string | null {
  if (text.includes('\u0000')) return 'nul';
  return hasLoneSurrogate(text) ? 'surrogate' : null;
}
