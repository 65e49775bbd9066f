import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { strictJson } from '../../../src-server/http/strict-json.ts';

const read = (text: string) => strictJson(Buffer.from(text));
const flaw = (text: string) => {
  const outcome = read(text);
  return outcome.ok ? null : outcome.problem.detail?.['flaw'];
};

test('reads whatever JSON.stringify writes, to the same value', () => {
  const key = fc.string({ unit: 'grapheme' }).filter((name) => !['__proto__', 'constructor', 'prototype'].includes(name));
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ depthSize: 'small' }, fc.constant(null), fc.boolean(), fc.integer(), fc.string({ unit: 'grapheme' }), fc.array(tie('any')), fc.dictionary(key, tie('any'), { noNullPrototype: true })),
  })).any;
  fc.assert(fc.property(value, fc.constantFrom(0, 2), (written, indent) => {
    expect(read(JSON.stringify(written, null, indent))).toEqual({ ok: true, value: written });
  }));
});

test('never takes a text that JSON.parse would not take', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', 'a', '1', ' ', 'null'), { maxLength: 12 }), (parts) => {
    const text = parts.join('');
    const outcome = read(text);
    if (!outcome.ok) return;
    expect(outcome.value).toEqual(JSON.parse(text));
  }));
});

describe('names what is wrong', () => {
  test.each([
    ['{"a":1,"a":2}', 'duplicate-key'],
    ['{"a":{"b":1},"c":[{"b":1,"b":2}]}', 'duplicate-key'],
    ['{"a":1,"\\u0061":2}', 'duplicate-key'],
    ['{"a" :1,"a"\n:2}', 'duplicate-key'],
    ['{"x":{"__proto__":1}}', 'dangerous-key'],
    ['{"con\\u0073tructor":1}', 'dangerous-key'],
    ['"\\ud800"', 'surrogate'],
    ['{"a":"', 'json'],
    ['{"a":1', 'json'],
    ['', 'json'],
    ['{a:1}', 'json'],
    ['[1,]', 'json'],
    ['['.repeat(65) + ']'.repeat(65), 'depth'],
    [`[${'1,'.repeat(20_000)}1]`, 'items'],
  ])('%.40s', (text, expected) => {
    expect(flaw(text)).toBe(expected);
  });

  test('and leaves alone what only looks wrong', () => {
    expect(flaw('{"a":"a","b":["a","a"],"c":"{\\"a\\":1,\\"a\\":2}","d":"__proto__"}')).toBeNull();
    expect(flaw('['.repeat(64) + ']'.repeat(64))).toBeNull();
    expect(flaw('"\\ud842\\udfb7"')).toBeNull();
    expect(flaw('{"a":"\\\\","b":"\\\\\\""}')).toBeNull();
  });
});
