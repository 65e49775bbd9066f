import { expect, test } from 'vitest';
import { steadiness } from '../../../src-renderer/features/room-check/steadiness.ts';

const at = (minute: number): string => `2026-08-12T06:${String(minute).padStart(2, '0')}:00.000Z`;
const first = { valueC: '26.3', at: at(0) };

test('before the time is over nothing is steady, however alike the readings', () => {
  expect(steadiness(first, { valueC: '26.3', at: at(4) }, 10, at(4))).toEqual({ kind: 'waiting', leftMs: 6 * 60_000 });
  expect(steadiness(first, null, 10, at(11))).toEqual({ kind: 'due' });
});

test('two tenths of a degree are steady, exactly', () => {
  expect(steadiness(first, { valueC: '26.1', at: at(10) }, 10, at(10))).toEqual({ kind: 'steady', changeC: '0.2' });
  expect(steadiness(first, { valueC: '26.5', at: at(12) }, 10, at(12))).toEqual({ kind: 'steady', changeC: '0.2' });
});

test('more than two tenths are not, were it by a thousandth', () => {
  expect(steadiness(first, { valueC: '26.501', at: at(10) }, 10, at(10))).toEqual({ kind: 'moving', changeC: '0.201' });
});

test('without a first reading there is nothing to watch', () => {
  expect(steadiness(null, null, 10, at(0))).toEqual({ kind: 'not-started' });
});
