import { describe, expect, test } from 'vitest';
import { AppliedChange } from '#shared/journal/change.ts';
import { appliedChanges, exchangeReplyReader, exchangeRequestReader } from '#shared/sync/quick-checks.ts';
import { ExchangeReply, ExchangeRequest } from '#shared/sync/wire.ts';

const uuid = '0190c5a0-0000-7000-8000-00000000000a';
const id = 'ab'.repeat(32);
const body = {
  recordType: 'roomCheck', recordId: uuid, kind: 'create', wall: '2026-08-12T06:00:00.000Z',
  patch: { room: { was: null, to: '0301' }, 'readings/r1': { was: id, to: { valueC: '26.0', at: null, point: 1 } }, list: { was: null, to: [1, 'x', null, true, { a: [] }] } },
};
const origin = { mono: 1, bootId: 'boot', salt: '0f'.repeat(16) };
const pushed = { ...body, ...origin };
const item = { ...pushed, cursor: 1, id, deviceId: uuid, officerId: uuid, seq: 1, receivedAt: '2026-08-12T06:00:01.000Z' };
const applied = { ...body, id, chainId: `${uuid}.${uuid}`, seq: 1, officeId: uuid, officerId: uuid, receivedAt: null };
const settling = { ...body.patch, remarks: { was: id, to: 'x', resolves: [id] } };
const request = { v: 1, cursor: 0, pageLimit: 100, push: { fromSeq: 1, changes: [pushed, { ...pushed, patch: settling }], signature: 'A'.repeat(88) } };
const reply = { v: 1, receipt: null, refused: [], page: [item, item], next: 1, more: false, serverTime: '2026-08-12T06:00:02.000Z' };

/** Every way to spoil one place of a message: each value put in place of each part, each part left out, one part too many. */
function* spoiled(value: unknown, odd: readonly unknown[]): Generator<unknown> {
  for (const each of odd) yield each;
  if (typeof value !== 'object' || value === null) return;
  const copy = (change: (into: Record<string, unknown>) => void): unknown => {
    const made = structuredClone(value) as Record<string, unknown>;
    change(made);
    return made;
  };
  for (const key of Object.keys(value)) {
    if (!Array.isArray(value)) yield copy((into) => delete into[key]);
    for (const worse of spoiled((value as Record<string, unknown>)[key], odd)) yield copy((into) => (into[key] = worse));
  }
  if (!Array.isArray(value)) yield copy((into) => (into['unknownField'] = 1));
}

/** What a reading says, to be held against another one. */
function said(reading: { readonly success: boolean; readonly data?: unknown; readonly error?: { readonly issues: unknown } }): unknown {
  return reading.success ? reading.data : reading.error?.issues;
}

function listOrRefusal(change: unknown): unknown {
  try {
    return appliedChanges([change]);
  } catch {
    return 'refused';
  }
}

const odd = [undefined, null, true, 0, -1, 1.5, Number.NaN, 2 ** 60, '', 'x', 'X'.repeat(41), uuid.toUpperCase(), `${id}\n`, `${uuid}\n`, [], [1.5], {}, { a: undefined }, { was: null }, { to: 1 }, { was: null, to: 0.5 }, new Date(0), new Map()];

describe('the quick reading of a message says what the contract says', () => {
  test.each([
    ['an exchange', request, ExchangeRequest, exchangeRequestReader],
    ['a reply', reply, ExchangeReply, exchangeReplyReader],
  ] as const)('%s, whole or spoiled anywhere', (_name, whole, schema, reader) => {
    const good = reader.safeParse(whole);
    expect(good).toEqual({ success: true, data: schema.parse(whole) });
    let refused = 0;
    for (const bad of spoiled(whole, odd)) {
      const expected = schema.safeParse(bad);
      const found = reader.safeParse(bad);
      expect(said(found)).toEqual(said(expected));
      if (!expected.success) refused += 1;
    }
    expect(refused).toBeGreaterThan(300);
  });

  test('a change on its way to the desk, whole or spoiled anywhere', () => {
    expect(appliedChanges([applied, { ...applied, patch: settling }])).toEqual([applied, { ...applied, patch: settling }]);
    for (const bad of spoiled(applied, odd)) {
      const expected = AppliedChange.array().safeParse([bad]);
      expect(listOrRefusal(bad)).toEqual(expected.success ? expected.data : 'refused');
    }
  });

  test('a push of none, and of more than may be', () => {
    for (const count of [0, 1000, 1001]) {
      const many = { ...request, push: { ...request.push, changes: Array.from({ length: count }, () => pushed) } };
      expect(exchangeRequestReader.safeParse(many).success).toBe(count === 1000);
    }
  });
});
