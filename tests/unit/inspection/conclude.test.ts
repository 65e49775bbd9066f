import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { concludingGaps, lockOf, mayConclude } from '#shared/domain/inspection/conclude.ts';
import { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import type { PersonToSign } from '#shared/domain/inspection/read-inspection.ts';
import { samplingReport } from '#shared/domain/inspection/sampling.ts';
import { canonicalJson } from '#shared/journal/canonical-json.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { emptyRecord, type RecordState } from '#shared/sync/record-state.ts';
import { room as roomCheck } from '../room-check/builders.ts';

const id = (n: number): string => `0190c5a0-0000-7000-8000-${String(n).padStart(12, '0')}`;
const lin = id(101);
const zhou = id(102);
const people = new Map<string, PersonToSign>([lin, zhou].map((each) => [each, { id: each, name: each, roles: ['inspector'], certificate: { number: each, issuingOrgan: '示例市', validFrom: '2025-01-01', validUntil: '2026-12-31' } }]));
const hashText = (text: string): string => createHash('sha256').update(text).digest('hex');
const chain = `${id(201)}.${lin}`;
const otherChain = `${id(202)}.${zhou}`;

function record(recordId: string, recordType: string, fields: Record<string, JsonValue>, through: Record<string, number> = { [chain]: 1 }): RecordState {
  return { ...emptyRecord({ recordId, recordType, officeId: id(200), officerId: lin }), fields, through };
}
const inspection = (fields: Record<string, JsonValue> = {}): RecordState =>
  record(id(1), 'inspection', {
    leadOfficerId: lin, officerIds: [lin, zhou], startedAt: '2026-08-12T01:00:00.000Z', endedAt: '2026-08-12T03:00:00.000Z', certificatesShownAt: '2026-08-12T01:01:00.000Z',
    recusal: { asked: true, answer: '不申请回避' }, accompanying: { name: '方晓岚', post: '联络员', telephone: '' }, place: '示例市档案局', sampling: { method: 'random', by: '林知夏', note: '' }, totalRooms: 96,
    'instruments/t1': { name: '温度计', number: '1', certificateNo: '1', validUntil: '2027-01-01', errorC: '0.3' }, ...fields,
  });
const room = (n: number, fields: Record<string, JsonValue> = {}): RecordState =>
  record(id(n), 'roomCheck', { room: `030${n}`, outcome: 'checked', mode: 'cooling', setTemperatureC: '26', 'readings/r1': { valueC: '26.1', at: null, point: 1 }, ...fields });
const gaps = (inspectionState: RecordState, rooms: readonly RecordState[], officerId = lin) => concludingGaps({ inspection: inspectionState, rooms, people, officerId, now: '2026-08-12T03:00:00.000Z' });
const codes = (...args: Parameters<typeof gaps>) => gaps(...args).map((gap) => `${gap.level} ${gap.signing?.code ?? gap.code}`);

describe('before 定稿锁定', () => {
  test('a complete inspection has nothing missing', () => {
    expect(gaps(inspection(), [room(2), room(3)])).toEqual([]);
  });

  test('only the lead officer concludes, and only once', () => {
    expect(codes(inspection(), [room(2)], zhou)).toEqual(['blocks not-lead-officer']);
    const lock = lockOf(inspection(), [room(2)], { lockedAt: '2026-08-12T03:00:00.000Z', lockedBy: lin, hashText });
    expect(codes(inspection({ lock: lock as unknown as JsonValue }), [room(2)])).toEqual(['blocks already-locked']);
  });

  test('what signing needs blocks, because nothing can be entered afterwards', () => {
    expect(codes(inspection({ officerIds: [lin], recusal: null }), [room(2)])).toEqual(['blocks two-officers-needed', 'blocks recusal-not-asked']);
  });

  test('rooms without outcome, number, mode or setting are named', () => {
    const rooms = [room(2, { outcome: null }), room(3, { room: ' ' }), room(4, { mode: null }), room(5, { setTemperatureC: null }), room(6, { setTemperatureC: null, setReadBy: 'not-readable' }), room(7, { outcome: 'locked-door', mode: null, setTemperatureC: null }), room(8, { mode: 'off', setTemperatureC: null })];
    expect(gaps(inspection(), rooms).map((gap) => [gap.code, gap.roomCheckIds])).toEqual([['room-without-number', [id(3)]], ['room-without-outcome', [id(2)]], ['mode-missing', [id(4)]], ['setting-missing', [id(5)]]]);
  });

  test('a room removed on the desk is not asked for', () => {
    expect(gaps(inspection(), [room(2), room(3, { removed: true, outcome: null })])).toEqual([]);
  });

  test('an unsettled conflict blocks, the same value written twice does not', () => {
    const rivals = (values: readonly JsonValue[]): RecordState => ({ ...room(2), conflicts: { use: values.map((value, index) => ({ by: hashText(String(index)), value })) } });
    expect(codes(inspection(), [rivals(['办公', '机房'])])).toEqual(['blocks conflicts']);
    expect(codes(inspection(), [rivals(['办公', '办公'])])).toEqual([]);
  });

  test('no rooms at all is a gap, unless the inspection was refused', () => {
    expect(codes(inspection(), [])).toEqual(['blocks no-rooms']);
    expect(codes(inspection({ inspectionRefused: { reason: '称无人值守', witness: '', videoSha256: null } }), [])).toEqual([]);
  });

  test('an end before the start blocks', () => {
    expect(codes(inspection({ endedAt: '2026-08-12T00:59:00.000Z' }), [room(2)])).toContain('blocks ended-before-started');
  });

  test('what only weakens the record warns and does not block', () => {
    const found = gaps(inspection({ accompanying: null, place: '', sampling: null, totalRooms: 1, 'instruments/t1': { name: '', number: '', certificateNo: '', validUntil: '2026-08-11', errorC: null } }), [room(2), room(3, { room: '0302' }), room(4, { specialUse: { reason: '' } })]);
    expect(found.map((gap) => `${gap.level} ${gap.code}`)).toEqual([
      'warns same-room-twice', 'warns claim-without-reason', 'warns accompanying-missing', 'warns place-missing', 'warns sampling-missing', 'warns fewer-rooms-than-checked', 'warns instrument-expired',
    ]);
    expect(mayConclude(found)).toBe(true);
  });

  test('readings without any instrument are warned about', () => {
    expect(codes(inspection({ 'instruments/t1': null }), [room(2)])).toEqual(['warns instrument-missing']);
  });
});

describe('the lock', () => {
  const rooms = [room(3, {}), record(id(2), 'roomCheck', { room: '0302', removed: true }, { [chain]: 4, [otherChain]: 7 })];
  const lock = lockOf(inspection(), rooms, { lockedAt: '2026-08-12T03:00:00.000Z', lockedBy: lin, hashText });

  test('covers the inspection first and every room, removed ones too, by the hash of their content', () => {
    expect(InspectionLock.safeParse(lock).success).toBe(true);
    expect(lock.covers.map((cover) => cover.recordId)).toEqual([id(1), id(2), id(3)]);
    expect(lock.covers[2]?.contentHash).toBe(hashText(canonicalJson(rooms[0]!.fields)));
  });

  test('holds how far the lead had read each chain', () => {
    expect(lock.seen).toEqual({ [chain]: 4, [otherChain]: 7 });
  });

  test('does not depend on the order of the rooms', () => {
    expect(lockOf(inspection(), [...rooms].reverse(), { lockedAt: lock.lockedAt, lockedBy: lin, hashText })).toEqual(lock);
  });
});

test('the share of rooms visited is printed with what it is a share of, floor by floor', () => {
  const report = samplingReport({ method: 'by-floor', by: '林知夏', note: '' }, 96, [roomCheck({ floor: '3', setTemperatureC: '24' }), roomCheck({ floor: '2' }), roomCheck({ floor: '3', outcome: null })]);
  expect(report).toMatchObject({ method: 'by-floor', visited: { count: 2, of: 96, percent: '2.1' } });
  expect(report.floors.map((each) => [each.floor, each.figures.total, each.figures.exceeding])).toEqual([['3', 2, 1], ['2', 1, 0]]);
});
