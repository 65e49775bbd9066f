import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { lateRooms } from '#shared/domain/documents/late-rooms.ts';
import { paperSources } from '#shared/domain/documents/paper-sources.ts';
import { readDocument, type PaperRecord } from '#shared/domain/documents/read-document.ts';
import { supplementBegun, supplementDue, type SupplementRecords } from '#shared/domain/documents/supplement.ts';
import { supplementList } from '#shared/domain/documents/supplement-list.ts';
import { lockOf } from '#shared/domain/inspection/conclude.ts';
import { printedFacts } from '#shared/domain/inspection/facts-to-print.ts';
import type { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import { policyProblem } from '#shared/domain/policy.ts';
import { fieldSchema } from '#shared/domain/records.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { emptyRecord, type RecordState } from '#shared/sync/record-state.ts';
import { idOf, inspectionId, leadId, paperRecords, recordOf, room, secondId } from './paper-records.ts';

const hashText = (text: string): string => createHash('sha256').update(text).digest('hex');
const lockId = 'c'.repeat(64);
const pdfOf = (sha256: string): JsonValue => ({ evidence: { sha256, mediaType: 'application/pdf', byteLength: 9, capturedAt: null }, pages: 2, contentSha256: 'b'.repeat(64) });
const paper = (n: number, fields: Record<string, JsonValue>): PaperRecord => readDocument(recordOf('document', idOf(n), { inspectionId, ...fields }));
const record = paper(80, { kind: 'record-of-inspection', title: '现场检查笔录', fieldNumber: 'A1-20260812-1', pdf: pdfOf('1'.repeat(64)) });
const list = paper(81, { kind: 'room-list', title: '房间明细表', fieldNumber: 'A1-20260812-2', pdf: pdfOf('2'.repeat(64)) });

const base = paperRecords({ rooms: [room(1), room(2)] });
const lock: InspectionLock = lockOf(base.inspection, base.rooms, { lockedAt: '2026-08-12T07:22:00.000Z', lockedBy: leadId, hashText, printed: printedFacts(base) });
const inspection: RecordState = { ...base.inspection, fields: { ...base.inspection.fields, lock: lock as unknown as JsonValue }, by: { lock: lockId } };

/** A room of a colleague's laptop that arrived after the lock. */
const late = (n: number, fields: Record<string, JsonValue> = {}): RecordState => ({ ...room(n, fields), by: { room: hashText(`${n}${JSON.stringify(fields)}`) } });
const entry = { id: '9'.repeat(64), chainId: 'x', seq: 7, officeId: idOf(1), officerId: secondId, recordType: 'roomCheck', recordId: room(2).recordId, kind: 'edit', patch: { remarks: { was: null, to: '窗户未关' } }, wall: '2026-08-12T08:00:00.000Z', receivedAt: null };
const writtenOn: RecordState = { ...room(2), lockedThrough: {}, late: [entry] };

function decision(of: RecordState, verdict: 'accepted' | 'rejected', n = 90, chain: Record<string, number> = {}): RecordState {
  const lateChangeIds = of.late.length > 0 ? of.late.map((change) => change.id) : Object.values(of.by);
  const fields = { inspectionId, targetRecordId: of.recordId, lateChangeIds, decision: `supplement-${verdict}`, reason: '同事电脑晚同步', text: '', at: '2026-08-13T01:12:00.000Z' };
  return { ...emptyRecord({ recordId: idOf(n), recordType: 'amendment', officeId: idOf(1), officerId: leadId }), fields, through: chain };
}

const records = (changed: Partial<SupplementRecords>): SupplementRecords => ({ inspection, rooms: base.rooms, amendments: [], papers: [record, list], ...changed });
const dueRooms = (changed: Partial<SupplementRecords>): readonly string[] => supplementDue(records(changed), hashText)?.rooms.map((each) => `${each.what} ${String(each.state.fields['room'])}`) ?? [];

describe('a supplement', () => {
  const added = late(3);

  test('is due for rooms that a person accepted, and for no others', () => {
    expect(dueRooms({ rooms: [...base.rooms, added] })).toEqual([]);
    expect(dueRooms({ rooms: [...base.rooms, added], amendments: [decision(added, 'rejected')] })).toEqual([]);
    expect(dueRooms({ rooms: [...base.rooms, added, late(4)], amendments: [decision(added, 'accepted')] })).toEqual(['new 0103']);
  });

  test('holds an accepted entry into a locked room as it was written, and the locked room stays', () => {
    const due = supplementDue(records({ rooms: [base.rooms[0]!, writtenOn], amendments: [decision(writtenOn, 'accepted')] }), hashText);
    expect(due?.rooms.map((each) => [each.what, each.state.fields['remarks']])).toEqual([['changed', '窗户未关']]);
    expect(writtenOn.fields['remarks']).toBe('');
  });

  test('is no paper for an entry into the inspection itself, nor for a room that was taken away', () => {
    const itself = { ...inspection, late: [{ ...entry, recordType: 'inspection', recordId: inspectionId }] };
    expect(dueRooms({ inspection: itself, amendments: [decision(itself, 'accepted')] })).toEqual([]);
    const removed: RecordState = { ...writtenOn, late: [{ ...entry, patch: { removed: { was: null, to: true } } }] };
    expect(dueRooms({ rooms: [removed], amendments: [decision(removed, 'accepted')] })).toEqual([]);
  });

  test('waits for the 现场检查笔录 that it belongs to', () => {
    const accepted = { rooms: [...base.rooms, added], amendments: [decision(added, 'accepted')] };
    expect(dueRooms({ ...accepted, papers: [] })).toEqual([]);
    expect(dueRooms({ ...accepted, papers: [{ ...record, voided: { reason: '笔误', at: '2026-08-13T00:00:00.000Z' } }] })).toEqual([]);
  });

  test('is made once: a room on a valid supplement is not due again, unless it was made void or the room changed and was accepted anew', () => {
    const accepted = { rooms: [...base.rooms, added], amendments: [decision(added, 'accepted')] };
    const { of } = supplementDue(records(accepted), hashText)!;
    expect(fieldSchema('document', 'supplement')?.safeParse(of).error).toBeUndefined();
    expect(of).toMatchObject({ originalId: record.id, originalSha256: '1'.repeat(64), lockId });
    const made = paper(82, { kind: 'supplement-list', supplement: of as unknown as JsonValue });
    expect(dueRooms({ ...accepted, papers: [record, list, made] })).toEqual([]);
    expect(dueRooms({ ...accepted, papers: [record, list, { ...made, voided: { reason: '重做', at: '2026-08-13T00:00:00.000Z' } }] })).toEqual(['new 0103']);
    const again = late(3, { remarks: '复核' });
    expect(dueRooms({ rooms: [...base.rooms, again], amendments: [decision(added, 'accepted'), decision(again, 'accepted', 91)], papers: [record, list, made] })).toEqual(['new 0103']);
  });

  test('that a crash left with a number is finished with what it was begun with, or not at all', () => {
    const more = late(4);
    const accepted = { rooms: [...base.rooms, added], amendments: [decision(added, 'accepted')] };
    const { of } = supplementDue(records(accepted), hashText)!;
    const later = { rooms: [...base.rooms, added, more], amendments: [decision(added, 'accepted'), decision(more, 'accepted', 91)] };
    expect(supplementBegun(records(later), of, hashText)?.of).toEqual(of);
    expect(supplementBegun(records({ ...accepted, rooms: [...base.rooms, late(3, { remarks: '改过' })] }), of, hashText)).toBeNull();
    expect(supplementBegun(records({ ...accepted, papers: [list] }), of, hashText)).toBeNull();
  });

  test('once numbered holds its rooms for good', () => {
    const held = recordOf('document', idOf(82), { supplement: { originalId: record.id } });
    const patch = { supplement: { was: null, to: null } };
    const around = { record: held, inspection: null, isOfficialNumber: () => false };
    expect(policyProblem({ chainId: 'x', seq: 2, recordType: 'document', kind: 'edit', patch }, { officerId: leadId, roles: ['inspector'] }, around)).toMatchObject({ code: 'locked' });
  });
});

describe('two people decide on one late room without seeing each other’s decision', () => {
  const added = late(3);
  const verdict = (amendments: readonly RecordState[]) => lateRooms(lock, [...base.rooms, added], amendments)[0]?.decision;

  test('the one who rejects counts, in whatever order they arrive and whatever their clocks say', () => {
    const both = [decision(added, 'accepted', 90, { a: 1 }), decision(added, 'rejected', 91, { b: 1 })];
    expect([verdict(both), verdict([...both].reverse())]).toEqual(['supplement-rejected', 'supplement-rejected']);
  });

  test('of one laptop the later decision counts', () => {
    const both = [decision(added, 'rejected', 91, { a: 4 }), decision(added, 'accepted', 90, { a: 5 })];
    expect([verdict(both), verdict([...both].reverse())]).toEqual(['supplement-accepted', 'supplement-accepted']);
  });
});

test('the paper names the papers it adds to by number and hash, tells new rooms from entries, and judges nothing', () => {
  const added = late(3, { setTemperatureC: '22', remarks: '备注。'.repeat(40) });
  const due = supplementDue(records({ rooms: [base.rooms[0]!, writtenOn, added], amendments: [decision(added, 'accepted'), decision(writtenOn, 'accepted', 91)] }), hashText)!;
  const content = supplementList(paperSources({ ...base, inspection }, { demo: false, fieldNumber: 'A1-20260813-1', madeAt: '2026-08-13T01:20:00.000Z' }), due, () => '李示例');
  expect(content).toMatchObject({ fieldNumber: 'A1-20260813-1', organ: '示例市机关事务管理局', unit: '示例市城市管理局', missing: [] });
  expect(content.statement).toContain('《现场检查笔录》（现场编号：A1-20260812-1）的附件');
  expect(content.statement).toContain('2026年8月12日15时22分定稿之后');
  expect(content.statement).toContain('共2间');
  expect(content.originals).toEqual([{ title: '现场检查笔录', fieldNumber: 'A1-20260812-1', sha256: '1'.repeat(64) }, { title: '房间明细表', fieldNumber: 'A1-20260812-2', sha256: '2'.repeat(64) }]);
  expect(content.rows.map((row) => [row.room, row.setTemperatureC, row.remarks])).toEqual([['0103', '22', '见表后注1']]);
  expect(content.changedRows.map((row) => [row.room, row.remarks])).toEqual([['0102', '窗户未关']]);
  expect(content.decisions).toEqual(['0103、0102：李示例于2026年8月13日09时12分记录采纳，理由：同事电脑晚同步']);
  expect(['超标', '符合', '合格', '违', '低于', '高于', '不得', '责令', '限期', '依据', '条例'].filter((word) => JSON.stringify(content).includes(word))).toEqual([]);
});
