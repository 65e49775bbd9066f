import { hasLoneSurrogate } from '#shared/journal/canonical-json.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';

/** Deeper nesting than any of our messages has. */
const MAX_DEPTH = 64;
/** More values in one list or object, and in all, than the largest of our messages has: each costs time to check. */
const MAX_ITEMS = 20_000;
const MAX_VALUES = 500_000;

/** Harmless as JSON, but the first object they are spread into would change its own kind. */
const dangerousKeys = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Parses a body that has exactly one meaning: valid UTF-8, one value, no key twice, no prototype keys, bounded depth.
 * Fails with `invalid-input` and detail.flaw: utf-8, depth, items, duplicate-key, dangerous-key, json or surrogate.
 */
export function strictJson(bytes: Buffer): Outcome<unknown> {
  const text = utf8(bytes);
  if (text === null) return failed('invalid-input', { flaw: 'utf-8' });
  const flaw = structureFlaw(text);
  if (flaw) return failed('invalid-input', { flaw });
  try {
    return done(JSON.parse(text) as unknown);
  } catch {
    return failed('invalid-input', { flaw: 'json' });
  }
}

function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** `keys`: those of an object so far, null in an array. */
type Level = { readonly keys: Set<string> | null; items: number };

/**
 * Walks brackets and strings only, ahead of the real parser, which keeps the last of two equal keys and recurses.
 * A text that is not JSON may pass here; it does not pass there.
 */
function structureFlaw(text: string): string | null {
  const levels: Level[] = [];
  let values = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      const end = endOfString(text, at);
      if (end < 0) return 'json';
      const flaw = stringFlaw(text, at, end, levels.at(-1)?.keys ?? null);
      if (flaw) return flaw;
      at = end;
      continue;
    }
    if (code === 0x7b || code === 0x5b) {
      if (levels.push({ keys: code === 0x7b ? new Set() : null, items: 1 }) > MAX_DEPTH) return 'depth';
    } else if (code === 0x7d || code === 0x5d) levels.pop();
    else if (code === 0x2c) {
      const level = levels.at(-1);
      values += 1;
      if (level) level.items += 1;
      if (values > MAX_VALUES || (level && level.items > MAX_ITEMS)) return 'items';
    }
    at += 1;
  }
  return null;
}

/** The position after the closing quote; -1 when there is none. */
function endOfString(text: string, start: number): number {
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return -1;
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
    from = quote + 1;
  }
}

/** `keys` is the object that the string may be a key of: it is one when a colon follows. */
function stringFlaw(text: string, start: number, end: number, keys: Set<string> | null): string | null {
  const raw = text.slice(start + 1, end - 1);
  // Only an escape can write half a surrogate pair: the text itself was valid UTF-8.
  const escaped = raw.includes('\\');
  const value = escaped ? unescaped(raw) : raw;
  if (value === null) return 'json';
  if (escaped && hasLoneSurrogate(value)) return 'surrogate';
  if (!keys || !followedByColon(text, end)) return null;
  if (dangerousKeys.has(value)) return 'dangerous-key';
  if (keys.has(value)) return 'duplicate-key';
  keys.add(value);
  return null;
}

function unescaped(raw: string): string | null {
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return null;
  }
}

function followedByColon(text: string, from: number): boolean {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x3a) return true;
    if (code !== 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) return false;
  }
  return false;
}
