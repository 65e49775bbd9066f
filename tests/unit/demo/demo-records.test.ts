import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { findingsOf, leadsOf, roomsToVerify } from '#shared/domain/casework/findings.ts';
import { demoPeople } from '#shared/domain/demo/demo-people.ts';
import { demoInspections, demoRecords } from '#shared/domain/demo/demo-records.ts';
import { concludingGaps } from '#shared/domain/inspection/conclude.ts';
import { checkCreditCode } from '#shared/domain/institutions/credit-code.ts';
import { fieldSchema } from '#shared/domain/records.ts';
import { readRoomCheck } from '#shared/domain/room-check/read-room-check.ts';
import { roomFigures } from '#shared/domain/room-check/room-figures.ts';
import { canonicalJson } from '#shared/journal/canonical-json.ts';
import { Uuid } from '#shared/kit/values.ts';
import { emptyRecord, type RecordState } from '#shared/sync/record-state.ts';

const records = demoRecords();
const lead = demoPeople.inspector.officerId;
const stateOf = ({ recordId, recordType, values }: (typeof records)[number]): RecordState => ({ ...emptyRecord({ recordId, recordType, officeId: lead, officerId: lead }), fields: values });
const roomsOf = (inspectionId: string) => records.filter((record) => record.recordType === 'roomCheck' && record.values['inspectionId'] === inspectionId).map(stateOf);
const people = new Map(Object.values(demoPeople).map((person) => [person.officerId as string, { id: person.officerId, name: person.name, roles: [...person.roles], certificate: person.certificate }]));

describe('the demo office', () => {
  test('is the same at every call', () => {
    const digest = () => createHash('sha256').update(canonicalJson(demoRecords() as never)).digest('hex');
    expect(digest()).toBe(digest());
  });

  test('holds 12 units, 3 inspections and more than 200 rooms, each with its own valid id', () => {
    const count = (type: string) => records.filter((record) => record.recordType === type).length;
    expect([count('institution'), count('inspection'), count('roomCheck')]).toEqual([12, 3, 292]);
    expect(new Set(records.map((record) => record.recordId)).size).toBe(records.length);
    expect(records.filter((record) => !Uuid.safeParse(record.recordId).success)).toEqual([]);
  });

  test('every field is what its record allows', () => {
    const wrong = records.flatMap((record) => Object.entries(record.values).filter(([path, value]) => !fieldSchema(record.recordType, path)?.safeParse(value).success).map(([path, value]) => ({ id: record.recordId, path, value })));
    expect(wrong).toEqual([]);
  });

  test('all units are marked 样例, lie in 示例市, and have right codes in an area no province has', () => {
    const units = records.filter((record) => record.recordType === 'institution').map((record) => record.values);
    expect(units.filter((unit) => unit['sample'] !== true || !String(unit['name']).startsWith('示例市'))).toEqual([]);
    const codes = units.map((unit) => unit['creditCode']).filter((code) => code !== null).map(String);
    expect(codes.map((code) => [checkCreditCode(code), code.slice(2, 8)])).toEqual(codes.map(() => [{ error: null, warning: null }, '990100']));
    expect(new Set(codes).size).toBe(11);
  });

  test('the largest inspection could be concluded as it stands, and has findings, leads and things to verify', () => {
    const states = roomsOf(demoInspections.largest);
    const inspection = records.find((record) => record.recordId === demoInspections.largest)!;
    expect(concludingGaps({ inspection: stateOf(inspection), rooms: states, people, officerId: lead, now: '2026-08-05T05:00:00.000Z' })).toEqual([]);
    const rooms = states.map(readRoomCheck);
    const figures = roomFigures(rooms);
    expect(figures).toMatchObject({ total: 220, done: 220 });
    expect(figures.exceeding).toBeGreaterThan(10);
    expect(figures.exceeding / figures.applicable).toBeLessThan(0.3);
    expect(findingsOf(rooms)).toHaveLength(figures.exceeding);
    expect(leadsOf(rooms, '0.3').length).toBeGreaterThan(0);
    expect(roomsToVerify(rooms).length).toBeGreaterThan(0);
  });

  test('the one under way is about half done', () => {
    expect(roomFigures(roomsOf(demoInspections.underWay).map(readRoomCheck))).toMatchObject({ total: 60, done: 31 });
  });
});
