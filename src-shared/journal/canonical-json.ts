import type { JsonValue } from '../kit/values.ts';

/**
 * RFC 8785 canonical JSON for our restricted values: keys sorted by UTF-16 code units, no white space, integers only.
 * Throws on floats, unsafe integers, undefined and lone surrogates: signing an ambiguous text is a bug.
 */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error(`not a safe integer: ${value}`);
    return String(value === 0 ? 0 : value);
  }
  if (typeof value === 'string') return canonicalText(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item as JsonValue)).join(',')}]`;
  if (typeof value !== 'object') throw new Error(`not JSON: ${typeof value}`);
  const entries = value as { readonly [key: string]: JsonValue };
  // This runs for every change on every save, start and exchange: no arrays in between.
  let members = '';
  for (const key of Object.keys(entries).sort()) {
    members += `${members === '' ? '' : ','}${canonicalText(key)}:${canonicalJson(entries[key] as JsonValue)}`;
  }
  return `{${members}}`;
}

/** Text that JSON writes as it is: nothing to escape, no surrogates of either kind. */
const plainText = /^[ !#-[\]-~\u0080-\ud7ff\ue000-\uffff]*$/;

function canonicalText(text: string): string {
  if (plainText.test(text)) return `"${text}"`;
  if (hasLoneSurrogate(text)) throw new Error('lone surrogate in text');
  return JSON.stringify(text);
}

/** True for text that has no UTF-8 form. */
export function hasLoneSurrogate(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0xd800 || unit > 0xdfff) continue;
    const next = text.charCodeAt(index + 1);
    if (unit > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return true;
    index += 1;
  }
  return false;
}
