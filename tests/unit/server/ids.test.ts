import { expect, test } from 'vitest';
import { Uuid } from '#shared/kit/values.ts';
import { EnrolReply } from '#shared/sync/wire.ts';
import { chainCode, codeText, newCode, newUuid } from '../../../src-server/ids.ts';

test('every laptop of an office gets another short code, for tens of thousands of them', () => {
  const codes = Array.from({ length: 50_000 }, (_, index) => chainCode(index + 1));
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.filter((code) => !EnrolReply.shape.chainCode.safeParse(code).success)).toEqual([]);
  expect([codes[0], codes[98], codes[99], codes[2376]]).toEqual(['A01', 'A99', 'B01', 'AA01']);
});

test('a one-time code has no letter that is mistaken for a digit, and is the same however it is typed', () => {
  const codes = Array.from({ length: 200 }, newCode);
  expect(new Set(codes).size).toBe(200);
  for (const code of codes) {
    expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}(-[2-9A-HJKMNP-TV-Z]{4}){3}$/);
    expect(codeText(` ${code.toLowerCase().replaceAll('-', ' ')}`)).toBe(codeText(code));
  }
});

test('ids are of version 7 in lower case', () => {
  const ids = Array.from({ length: 100 }, () => newUuid(1_786_000_000_000));
  expect(ids.filter((id) => !Uuid.safeParse(id).success || id[14] !== '7')).toEqual([]);
  expect(new Set(ids).size).toBe(100);
});
