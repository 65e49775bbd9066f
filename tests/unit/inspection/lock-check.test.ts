import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { lockOf } from '#shared/domain/inspection/conclude.ts';
import type { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import { contentHash, lockStanding } from '#shared/domain/inspection/lock-check.ts';
import type { PrintedFacts } from '#shared/domain/inspection/printed-facts.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { applyChange, emptyRecord, type RecordState } from '#shared/sync/record-state.ts';

const hashText = (text: string): string => createHash('sha256').update(text).digest('hex');
const id = (n: number): string => `0190c5a0-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [lead, colleague] = [`${id(201)}.${id(101)}`, `${id(202)}.${id(102)}`];

function record(n: number, recordType: string, fields: Record<string, JsonValue>, through: Record<string, number>): RecordState {
  return { ...emptyRecord({ recordId: id(n), recordType, officeId: id(200), officerId: id(101) }), fields, through };
}
const room = (n: number, fields: Record<string, JsonValue> = {}, through: Record<string, number> = { [colleague]: n }): RecordState => record(n, 'roomCheck', { room: `030${n}`, setTemperatureC: '26', ...fields }, through);

const printed: PrintedFacts = {
  people: [{ id: id(101), name: '林知夏', organId: id(300), certificate: { number: '样例330001', issuingOrgan: '示例省政府', validFrom: '2024-01-01', validUntil: '2029-12-31' }, telephone: null }],
  organs: [{ id: id(300), name: '示例市机关事务管理局' }], institution: { creditCode: null, creditCodeMissingReason: null, level: 'municipal', sample: true },
};
const open = record(1, 'inspection', { place: '示例路1号' }, { [lead]: 3 });
const rooms = [room(2), room(3), room(4)];
const lock = lockOf(open, rooms, { lockedAt: '2026-08-12T03:00:00.000Z', lockedBy: id(101), hashText, printed });
const lockedWith = (value: InspectionLock): RecordState => ({ ...open, fields: { ...open.fields, lock: value as unknown as JsonValue } });
const locked = lockedWith(lock);

function standing(records: readonly RecordState[], parked: readonly string[] = []) {
  const held = (records.find(({ recordType }) => recordType === 'inspection')?.fields['lock'] ?? lock) as unknown as InspectionLock;
  return lockStanding({ lock: held, records, parked: new Set(parked), hashOf: (each) => contentHash(each, hashText, each.recordType === 'inspection' ? held.printed : undefined) });
}

describe('what a desk holds of a locked inspection', () => {
  test('is what was covered, the lock itself apart', () => {
    expect(standing([locked, ...rooms])).toEqual({ kind: 'alike' });
  });

  test('is named when a room is not what was covered', () => {
    expect(standing([locked, room(2), room(3, { setTemperatureC: '27' }), room(4)])).toEqual({ kind: 'unlike', recordIds: [id(3)] });
    expect(standing([{ ...locked, fields: { ...locked.fields, place: '别处' } }, ...rooms])).toEqual({ kind: 'unlike', recordIds: [id(1)] });
  });

  test('is unlike when a room that had arrived is gone', () => {
    expect(standing([locked, room(2), room(4)])).toEqual({ kind: 'unlike', recordIds: [id(3)] });
  });

  test('is no alarm while the last rooms that the lead saw are still on their way', () => {
    expect(standing([locked, room(2), room(3)])).toEqual({ kind: 'awaited', recordIds: [id(4)] });
    expect(standing([locked, room(2), room(3, { setTemperatureC: '24' }, { [colleague]: 1 })])).toMatchObject({ kind: 'awaited' });
  });

  test('is no alarm while a room waits for a newer program', () => {
    const half = room(3, { setTemperatureC: null });
    expect(standing([locked, room(2), half, room(4)], [id(3)])).toEqual({ kind: 'awaited', recordIds: [id(3)] });
    expect(standing([locked, room(2, { room: '0999' }), half, room(4)], [id(3)])).toEqual({ kind: 'unlike', recordIds: [id(2)] });
  });

  test('is not touched by an honest late room, nor by a late entry into a covered one', () => {
    const late = room(9, {}, { [colleague]: 9 });
    const change = { id: 'a'.repeat(64), chainId: colleague, seq: 10, officeId: id(200), officerId: id(102), recordType: 'roomCheck', recordId: id(2), kind: 'edit', patch: { setTemperatureC: { was: null, to: '22' } }, wall: '2026-08-12T04:00:00.000Z', receivedAt: null };
    const entered = applyChange({ ...room(2), lockedThrough: lock.seen }, change);
    expect(entered.late).toHaveLength(1);
    expect(standing([locked, entered, room(3), room(4), late])).toEqual({ kind: 'alike' });
  });

  test('is unlike when the certificate that papers print is another than at the lock', () => {
    const forged = { ...lock, printed: { ...printed, people: printed.people.map((person) => ({ ...person, certificate: { ...person.certificate!, number: '样例339999' } })) } };
    expect(standing([lockedWith(forged), ...rooms])).toEqual({ kind: 'unlike', recordIds: [id(1)] });
  });

  test('of a lock from before it held what is printed is compared as before', () => {
    const old = lockOf(open, rooms, { lockedAt: lock.lockedAt, lockedBy: lock.lockedBy, hashText });
    expect(old).not.toHaveProperty('printed');
    expect(standing([lockedWith(old), ...rooms])).toEqual({ kind: 'alike' });
  });
});
