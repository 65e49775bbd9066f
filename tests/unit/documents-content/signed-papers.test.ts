import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { feedbackSheet } from '#shared/domain/documents/feedback-sheet.ts';
import { contentSha256 } from '#shared/domain/documents/paper.ts';
import { recordOfInspection } from '#shared/domain/documents/record-of-inspection.ts';
import { roomList } from '#shared/domain/documents/room-list.ts';
import type { PaperContent } from '#shared/domain/documents/paper-content.ts';
import { paperSources, printsPresentPeople, type PaperRecords } from '#shared/domain/documents/paper-sources.ts';
import { lockOf } from '#shared/domain/inspection/conclude.ts';
import { printedFacts } from '#shared/domain/inspection/facts-to-print.ts';
import { fieldSchema } from '#shared/domain/records.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { building, leadId, paperRecords, room, sources } from './paper-records.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const factsOf = (changed: Parameters<typeof sources>[0]): string => recordOfInspection(sources(changed)).facts.join('\n');

/** Words that judge, order or threaten; and standards that a spot reading may not claim. */
const judging = ['超标', '符合', '合格', '违反', '违规', '违法', '过低', '过高', '低于', '高于', '不得', '责令', '限期', '处罚', '通报', '浪费', '第三十七条', 'JGJ', '标准'];

describe('what is signed on site states facts', () => {
  const everything = sources({
    rooms: building(250),
    inspection: { inspectionRefused: { reason: '部分楼层未开放', witness: '周示例', videoSha256: 'a'.repeat(64) }, fromPaper: { scanSha256: 'b'.repeat(64), note: '' } },
  });
  test.each([
    ['the record of inspection', recordOfInspection(everything)],
    ['the room list', roomList(everything)],
    ['the feedback sheet', feedbackSheet(everything)],
  ])('%s holds no word that judges, orders or threatens', (_name, paper) => {
    const text = JSON.stringify(paper);
    expect(judging.filter((word) => text.includes(word))).toEqual([]);
  });

  test('settings are listed as they were read, the lowest first, with their rooms', () => {
    const rooms = [room(1, { setTemperatureC: '26.0' }), room(2, { setTemperatureC: '24' }), room(3), room(4, { setTemperatureC: '24.5' })];
    expect(factsOf({ rooms })).toContain('制冷运行的4间房间，检查时读取的设定温度：设定24℃的1间（0102）；设定24.5℃的1间（0104）；设定26℃的2间（0101、0103）。');
  });

  test('a room adjusted on the spot keeps the setting that was found', () => {
    const rooms = [room(1, { setTemperatureC: '23', adjusted: { toC: '26', at: '2026-08-12T06:14:00.000Z' } })];
    const facts = factsOf({ rooms });
    expect(facts).toContain('设定23℃的1间（0101）');
    expect(facts).toContain('当场调整设定温度的1间：0101（23℃调至26℃，14:14）。');
    expect(roomList(sources({ rooms })).rows[0]).toMatchObject({ setTemperatureC: '23', adjusted: '23℃调至26℃，14:14' });
  });

  test('a setting nobody could read is said to be unread, not counted as a temperature', () => {
    expect(factsOf({ rooms: [room(1, { setTemperatureC: null, setReadBy: 'not-readable' })] })).toContain('未读取到设定温度的1间（0101）');
  });

  test('rooms that were not entered are named with why, and nothing is said about their air', () => {
    const facts = factsOf({ rooms: [room(1, { outcome: 'classified' }), room(2, { outcome: 'refused' }), room(3)] });
    expect(facts).toContain('登记房间3间，进入检查1间；涉密不入1间，拒绝进入1间。');
    expect(facts).toContain('涉密不入、未进入的房间：0101。');
    expect(facts).toContain('在1间房间现场点测室内空气温度，共1个读数');
  });

  test('a need without its document is written down as a document not shown', () => {
    const facts = factsOf({ rooms: [room(1, { approvedNeed: { reason: '恒温实验', approvalDocument: null } }), room(2, { approvedNeed: { reason: '档案库房', approvalDocument: '示机管〔2025〕3号' } })] });
    expect(facts).toContain('0101（恒温实验；检查时未出示批准文件）、0102（档案库房；批准文件：示机管〔2025〕3号）');
  });

  test('readings stay as they were written', () => {
    const rooms = [room(1, { 'readings/r1': { valueC: '26.0', at: '2026-08-12T06:10:00.000Z', point: 1 }, 'readings/r2': { valueC: '25.96', at: null, point: 2 } })];
    expect(roomList(sources({ rooms })).rows[0]?.readings).toEqual(['26.0（14:10）', '25.96']);
    expect(factsOf({ rooms })).toContain('最低25.96℃，最高26.0℃');
  });

  test('readings of one minute share their time', () => {
    const at = '2026-08-12T06:10:00.000Z';
    const rooms = [room(1, { 'readings/r2': { valueC: '26.30', at, point: 2 }, 'readings/r3': { valueC: '26.1', at: '2026-08-12T06:11:30.000Z', point: 3 } })];
    expect(roomList(sources({ rooms })).rows[0]?.readings).toEqual(['26.3 26.30（14:10）', '26.1（14:11）']);
  });

  test('hundreds of room numbers are left to the room list', () => {
    expect(factsOf({ rooms: Array.from({ length: 250 }, (_, index) => room(index + 1)) })).toContain('设定26℃的250间（房号见房间明细表）');
  });

  test('the method of a spot reading is named as such', () => {
    expect(roomList(sources())).toMatchObject({ method: 'SPOT', methodText: expect.stringContaining('现场点测') });
  });

  test('a remark longer than a line is printed in full after the table', () => {
    const remarks = '备注很长。'.repeat(300);
    const list = roomList(sources({ rooms: [room(1, { remarks }), room(2)] }));
    expect(list.rows[0]?.remarks).toBe('见表后注1');
    expect(list.notes).toEqual([{ number: 1, room: '0101', text: remarks }]);
  });
});

describe('the record of inspection', () => {
  test('a complete inspection leaves no gap', () => {
    expect(recordOfInspection(sources()).missing).toEqual([]);
    expect(feedbackSheet(sources()).missing).toEqual([]);
    expect(roomList(sources()).missing).toEqual([]);
  });

  test('the time is written to the minute in Beijing time', () => {
    const entry = (changed: Parameters<typeof sources>[0]): string | null | undefined => recordOfInspection(sources(changed)).inspection.find((each) => each.label === '检查时间')?.value;
    expect(entry({})).toBe('2026年8月12日14时03分至15时20分');
    expect(entry({ inspection: { startedAt: '2026-08-12T15:50:00.000Z', endedAt: '2026-08-12T16:10:00.000Z' } })).toBe('2026年8月12日23时50分至2026年8月13日00时10分');
  });

  test('the lead officer stands first, each with certificate and unit; assistants do not stand among them', () => {
    const record = recordOfInspection(sources());
    expect(record.officers.map((officer) => [officer.name, officer.organ, officer.certificateNumber])).toEqual([
      ['李示例', '示例市机关事务管理局', '33010012345'],
      ['赵示例', '示例市能源监察中心', '33010012346'],
    ]);
    expect(record.assistants).toBe('孙示例');
  });

  test.each([
    ['place', '检查地点'], ['accompanying', '陪同人员'], ['certificatesShownAt', '出示证件'], ['recusal', '回避'], ['leadOrganId', '检查机关'],
    ['totalRooms', '房间总数'], ['sampling', '抽取方式'], ['outdoorTemperatureC', '室外温度'], ['startedAt', '检查时间'], ['endedAt', '检查时间'], ['instruments/i1', '检查仪器'],
  ])('without %s the gap is marked and leads to its field', (field, label) => {
    expect(recordOfInspection(sources({ without: [field] })).missing).toEqual([{ path: field.split('/')[0], label }]);
  });

  test('one officer alone, an officer without a certificate and rooms without an outcome are gaps', () => {
    expect(recordOfInspection(sources({ inspection: { officerIds: [] } })).missing).toEqual([{ path: 'officerIds', label: '第二名检查人员' }]);
    expect(recordOfInspection(sources({ second: { certificate: null } })).missing).toEqual([{ path: 'officerIds', label: '执法证号（赵示例）' }]);
    expect(recordOfInspection(sources({ rooms: [room(1), room(2, { outcome: null })] })).missing).toEqual([{ path: 'rooms', label: '1间房间的检查情况' }]);
  });

  test('a question about recusal without an answer is a gap', () => {
    expect(recordOfInspection(sources({ inspection: { recusal: { asked: true, answer: '' } } })).missing).toEqual([{ path: 'recusal', label: '回避' }]);
  });

  test('a refused inspection is recorded with its reason and needs no rooms', () => {
    const record = recordOfInspection(sources({ rooms: [], without: ['totalRooms', 'sampling', 'outdoorTemperatureC'], inspection: { inspectionRefused: { reason: '负责人不在', witness: '', videoSha256: null } } }));
    expect(record.facts).toEqual(['被检查单位拒绝接受检查。理由：负责人不在。']);
    expect(record.missing).toEqual([]);
  });

  test('no instrument is asked for where nothing was measured', () => {
    const rooms = [room(1, { 'readings/r1': null })];
    expect(recordOfInspection(sources({ rooms, without: ['instruments/i1'] })).missing).toEqual([]);
  });

  test('a record entered from paper says so and names the scan', () => {
    const record = recordOfInspection(sources({ inspection: { fromPaper: { scanSha256: 'c'.repeat(64), note: '断电后手写' } } }));
    expect(JSON.stringify(record.formalities)).toContain(`据现场填写的纸质记录补录，纸质记录扫描件SHA-256：${'c'.repeat(64)}；断电后手写`);
  });

  test('the demo office and fictional units are marked', () => {
    expect(recordOfInspection(sources({ making: { demo: true }, institution: { sample: true } })).marks).toEqual({ demo: true, sample: true });
  });
});

describe('the feedback sheet', () => {
  test('it asks for a reply by the date a person chose, and has no official number', () => {
    const sheet = feedbackSheet(sources());
    expect(sheet.reply[0]).toEqual({ path: 'replyBy', label: '反馈日期', value: '2026年8月26日' });
    expect(JSON.stringify(sheet)).not.toMatch(/〔|号令|文号/);
    expect(feedbackSheet(sources({ without: ['replyBy'] })).missing).toEqual([{ path: 'replyBy', label: '反馈日期' }]);
  });

  test('it names the joint organ and where to turn', () => {
    const sheet = feedbackSheet(sources());
    expect(sheet.opening).toContain('示例市机关事务管理局会同示例市能源监察中心对你单位');
    expect(sheet.reply[1]?.value).toBe('李示例　0571-11111111');
  });
});

describe('the hash of a content', () => {
  test('follows what is printed, not the gaps on the screen', () => {
    const content = recordOfInspection(sources());
    expect(contentSha256({ ...content, missing: [{ path: 'place', label: '检查地点' }] }, sha256)).toBe(contentSha256(content, sha256));
    expect(contentSha256(recordOfInspection(sources({ inspection: { place: '另一处' } })), sha256)).not.toBe(contentSha256(content, sha256));
  });

  test('is the same however the records arrived', () => {
    const rooms = building(30);
    expect(contentSha256(roomList(sources({ rooms: [...rooms].reverse() })), sha256)).toBe(contentSha256(roomList(sources({ rooms })), sha256));
  });
});

describe('a paper made from a locked record', () => {
  const lockOfRecords = (records: PaperRecords): PaperRecords => {
    const lock = lockOf(records.inspection, records.rooms, { lockedAt: '2026-08-12T07:22:00.000Z', lockedBy: leadId, hashText: sha256, printed: printedFacts(records) });
    expect(fieldSchema('inspection', 'lock')?.safeParse(lock).error).toBeUndefined();
    return { ...records, inspection: { ...records.inspection, fields: { ...records.inspection.fields, lock: lock as unknown as JsonValue } } };
  };
  const making = { demo: false, fieldNumber: 'A1-20260812-1', madeAt: '2026-08-12T07:25:00.000Z' };
  const papersOf = (records: PaperRecords): readonly PaperContent[] => [recordOfInspection, roomList, feedbackSheet].map((make) => make(paperSources(records, making)));
  /** A year later: another name, another certificate, another organ, another code. */
  const later = paperRecords({ lead: { name: '改名', certificate: { number: '33019999999', issuingOrgan: '另一机关', validFrom: '2027-01-01', validUntil: '2031-12-31' }, telephone: '0571-9' }, institution: { creditCode: null, creditCodeMissingReason: '机构改革', sample: true } });
  const changed: PaperRecords = { ...later, organs: later.organs.map((organ) => ({ ...organ, fields: { name: '改名后的局' } })) };

  test('prints people, certificates, validity, organs and the unit as they stood at the lock, whatever becomes of their records', () => {
    const locked = lockOfRecords(paperRecords());
    expect(papersOf(locked)).toEqual(papersOf(paperRecords()));
    expect(papersOf({ ...changed, inspection: locked.inspection })).toEqual(papersOf(locked));
    expect(JSON.stringify(papersOf({ ...changed, inspection: locked.inspection }))).not.toMatch(/改名|33019999999|2031|机构改革/);
    expect(printsPresentPeople(locked.inspection)).toBe(false);
  });

  test('of a lock that kept no people prints those of today, and the screen says so', () => {
    const old = lockOf(changed.inspection, changed.rooms, { lockedAt: making.madeAt, lockedBy: leadId, hashText: sha256 });
    const inspection = { ...changed.inspection, fields: { ...changed.inspection.fields, lock: old as unknown as JsonValue } };
    expect(JSON.stringify(papersOf({ ...changed, inspection }))).toContain('33019999999');
    expect(printsPresentPeople(inspection)).toBe(true);
    expect(printsPresentPeople(changed.inspection), 'not locked').toBe(false);
  });

  test('keeps of the others no telephone: only the lead’s is printed', () => {
    const { people, organs } = printedFacts(paperRecords({ second: { telephone: '0571-22222222' } }));
    expect(people.map((person) => person.telephone)).toEqual(['0571-11111111', null, null]);
    expect(organs.map((organ) => organ.name)).toEqual(['示例市机关事务管理局', '示例市能源监察中心']);
  });
});
