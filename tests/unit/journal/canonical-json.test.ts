import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '#shared/journal/canonical-json.ts';
import type { JsonValue } from '#shared/kit/values.ts';

const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 }, text, fc.maxSafeInteger(), fc.boolean(), fc.constant(null),
    fc.array(tie('value'), { maxLength: 5 }), fc.dictionary(text, tie('value'), { maxKeys: 6 }),
  ),
}));

describe('canonical JSON', () => {
  test('says the same as JSON, whatever the value', () => {
    fc.assert(fc.property(value, (each) => {
      expect(JSON.parse(canonicalJson(each))).toEqual(JSON.parse(JSON.stringify(each)));
    }), { numRuns: 1000 });
  });

  test('is the same text however the members are ordered', () => {
    fc.assert(fc.property(fc.dictionary(text, value, { maxKeys: 8 }), (members) => {
      const turned = Object.fromEntries(Object.entries(members).toReversed());
      expect(canonicalJson(turned)).toBe(canonicalJson(members));
    }), { numRuns: 500 });
  });

  test('writes each text exactly as JSON.stringify does', () => {
    fc.assert(fc.property(text, (each) => {
      expect(canonicalJson(each)).toBe(JSON.stringify(each));
    }), { numRuns: 2000 });
    for (let unit = 0; unit <= 0xffff; unit += 1) {
      if (unit >= 0xd800 && unit <= 0xdfff) continue;
      const each = `a${String.fromCharCode(unit)}`;
      if (canonicalJson(each) !== JSON.stringify(each)) throw new Error(`U+${unit.toString(16)}`);
    }
    expect(canonicalJson('𠮷\u2028"\\\n')).toBe(JSON.stringify('𠮷\u2028"\\\n'));
  });

  test('sorts keys by UTF-16 code units (the example of RFC 8785)', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
    expect(canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])))).toBe(`{${sorted.map((key) => `${JSON.stringify(key)}:0`).join(',')}}`);
  });

  test.each([['a fraction', 26.5], ['not a number', Number.NaN], ['beyond the safe integers', 2 ** 53], ['half a character', '\ud83d'], ['half a character as a key', { '\udc00': 1 }], ['nothing', undefined]])('refuses %s', (_what, each) => {
    expect(() => canonicalJson({ deep: [each as never] })).toThrow(/integer|surrogate|JSON/);
  });

  test('knows one zero', () => {
    expect(canonicalJson(-0)).toBe('0');
  });
});
