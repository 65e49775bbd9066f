import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { lateRooms, lockedRooms, roomsThatCount } from '#shared/domain/documents/late-rooms.ts';
import { nextCopyNumber, paperStanding, readDocument, type PaperRecord } from '#shared/domain/documents/read-document.ts';
import { recordOfInspection } from '#shared/domain/documents/record-of-inspection.ts';
import type { InspectionLock } from '#shared/domain/inspection/inspection.ts';
import { fieldSchema } from '#shared/domain/records.ts';
import { done, failed } from '#shared/kit/outcome.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { RecordState } from '#shared/sync/record-state.ts';
import type { Edit } from '../../../src-renderer/store/desk.ts';
import { findingsIn } from '../../../src-renderer/features/casework/open-case.ts';
import { finishPaper, numberPapers, voidEdit, type PaperTools } from '../../../src-renderer/features/documents/make-papers.ts';
import { printCopy, printOriginal, type PrintTools } from '../../../src-renderer/features/documents/print-paper.ts';
import { idOf, inspectionId, institutionId, recordOf, room, sources } from './paper-records.ts';

const place = { inspectionId, institutionId };
const at = '2026-08-12T07:25:00.000Z';
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A desk that gives numbers as main does and keeps what is written, and a store of originals. */
function workshop() {
  const records = new Map<string, Record<string, JsonValue>>();
  const stored = new Map<string, Uint8Array>();
  const refuse = { store: false };
  let ids = 100;
  let numbers = 0;
  const desk: PaperTools['desk'] = {
    newId: () => idOf((ids += 1)),
    get: async (id) => (records.has(id) ? recordOf('document', id, records.get(id) ?? {}) : null),
    async edit(edits: readonly Edit[]) {
      const changes = edits.map((edit) => {
        const values: Record<string, JsonValue> = { ...edit.values };
        if (edit.kind === 'create') values['fieldNumber'] = `A1-20260812-${(numbers += 1)}`;
        for (const [path, value] of Object.entries(values)) expect([path, fieldSchema(edit.recordType, path)?.safeParse(value).success]).toEqual([path, true]);
        records.set(edit.recordId, { ...records.get(edit.recordId), ...values });
        return { recordId: edit.recordId, recordType: edit.recordType, patch: Object.fromEntries(Object.entries(values).map(([path, to]) => [path, { was: null, to }])) };
      });
      return done({ batchId: '', changes }) as never;
    },
  };
  const store: PaperTools['store'] = async ({ bytes, mediaType }) => {
    if (refuse.store) return failed('disk-full');
    stored.set(sha(bytes), bytes);
    return done({ sha256: sha(bytes), mediaType, byteLength: bytes.length });
  };
  // As the writer does: the same content gives the same bytes.
  const render: PaperTools['render'] = async (content) => ({ bytes: new Uint8Array(new TextEncoder().encode(JSON.stringify(content))), pages: 2, missingGlyphs: [], setIn: null });
  const paper = (id: string): PaperRecord => readDocument(recordOf('document', id, records.get(id) ?? {}));
  return { records, stored, refuse, tools: { desk, store, render }, paper };
}

describe('making a paper', () => {
  test('gives it its number first, then its bytes, and keeps the hash of its content', async () => {
    const shop = workshop();
    const numbered = await numberPapers([{ kind: 'record-of-inspection', title: '现场检查笔录' }, { kind: 'room-list', title: '房间明细表' }], place, at, shop.tools);
    if (!numbered.ok) throw new Error('not numbered');
    expect(numbered.value.map((each) => [each.kind, each.fieldNumber])).toEqual([['record-of-inspection', 'A1-20260812-1'], ['room-list', 'A1-20260812-2']]);
    const [first] = numbered.value;
    expect(paperStanding(shop.paper(first!.id))).toBe('unmade');
    await finishPaper(first!, recordOfInspection(sources({ making: { fieldNumber: first!.fieldNumber, madeAt: at } })), shop.tools);
    const made = shop.paper(first!.id);
    expect(paperStanding(made)).toBe('made');
    expect(made.pdf?.contentSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(shop.stored.has(made.pdf?.evidence.sha256 ?? '')).toBe(true);
  });

  test('a crash between number and bytes is finished under the same number, and stores the same bytes once', async () => {
    const shop = workshop();
    const numbered = await numberPapers([{ kind: 'record-of-inspection', title: '现场检查笔录' }], place, at, shop.tools);
    const paper = numbered.ok ? numbered.value[0]! : null;
    const content = recordOfInspection(sources({ making: { fieldNumber: paper!.fieldNumber, madeAt: at } }));
    shop.refuse.store = true;
    expect(await finishPaper(paper!, content, shop.tools)).toEqual(failed('disk-full'));
    const left = shop.paper(paper!.id);
    expect([paperStanding(left), left.fieldNumber]).toEqual(['unmade', 'A1-20260812-1']);
    shop.refuse.store = false;
    // The desk after a restart: number and time come from the record.
    const again = recordOfInspection(sources({ making: { fieldNumber: left.fieldNumber, madeAt: left.createdAt } }));
    await finishPaper(left, again, shop.tools);
    await finishPaper(left, again, shop.tools);
    expect(paperStanding(shop.paper(paper!.id))).toBe('made');
    expect(shop.stored.size).toBe(1);
    expect(shop.records.size).toBe(1);
  });

  test('characters the font lacks stay written beside the paper', async () => {
    const shop = workshop();
    const numbered = await numberPapers([{ kind: 'record-of-inspection', title: '现场检查笔录' }], place, at, shop.tools);
    const paper = numbered.ok ? numbered.value[0]! : null;
    const render: PaperTools['render'] = async (content) => ({ ...(await shop.tools.render(content)), missingGlyphs: ['𠮷', '\ud842'] });
    await finishPaper(paper!, recordOfInspection(sources()), { ...shop.tools, render });
    expect(shop.paper(paper!.id).pdf?.missingGlyphs).toEqual(['𠮷', '\ufffd']);
  });
});

describe('printing', () => {
  async function madePaper() {
    const shop = workshop();
    const numbered = await numberPapers([{ kind: 'record-of-inspection', title: '现场检查笔录' }], place, at, shop.tools);
    const { id } = numbered.ok ? numbered.value[0]! : { id: '' };
    await finishPaper(shop.paper(id), recordOfInspection(sources()), shop.tools);
    const printed: string[] = [];
    const tools: PrintTools = {
      desk: shop.tools.desk, store: shop.tools.store,
      read: async ({ sha256 }) => done({ bytes: new Uint8Array(shop.stored.get(sha256) ?? []), mediaType: 'application/pdf' }),
      print: async ({ sha256, printer }) => {
        printed.push(sha256);
        return printer === 'gone' ? failed('printer-not-found') : done({ printer: printer ?? 'HP', jobId: '7', pages: 2 });
      },
      markCopy: async (original, line) => done(new Uint8Array([...original, ...new TextEncoder().encode(line)])),
    };
    return { ...shop, id, printed, printing: tools };
  }
  const order = { printer: null, copies: 1, at: '2026-08-13T01:12:00.000Z' };

  test('prints the stored original by its hash and notes when and where', async () => {
    const { id, paper, printed, printing } = await madePaper();
    expect(await printOriginal(paper(id), order, printing)).toMatchObject({ ok: true });
    expect(printed).toEqual([paper(id).pdf?.evidence.sha256]);
    expect(paper(id).prints).toMatchObject([{ at: order.at, printer: 'HP', copyNo: 0 }]);
    expect(paperStanding(paper(id))).toBe('printed');
  });

  test('a copy has its own number and bytes, and begins with the original', async () => {
    const { id, paper, printed, stored, printing } = await madePaper();
    await printOriginal(paper(id), order, printing);
    await printCopy(paper(id), order, printing);
    await printCopy(paper(id), order, printing);
    const original = stored.get(printed[0] ?? '')!;
    const copy = stored.get(printed[1] ?? '')!;
    expect(copy.slice(0, original.length)).toEqual(original);
    expect(new TextDecoder().decode(copy.slice(original.length))).toBe(`副本（第1份）　2026-08-13 09:12由留存的原件打印　原件SHA-256前16位 ${printed[0]?.slice(0, 16)}`);
    expect(paper(id).prints.map((print) => [print.copyNo, print.copySha256])).toEqual(expect.arrayContaining([[0, undefined], [1, printed[1]], [2, printed[2]]]));
    expect(nextCopyNumber(paper(id))).toBe(3);
  });

  test('a printer that is gone leaves no note of a print', async () => {
    const { id, paper, printing } = await madePaper();
    expect(await printOriginal(paper(id), { ...order, printer: 'gone' }, printing)).toEqual(failed('printer-not-found'));
    expect(paper(id).prints).toEqual([]);
  });

  test('somebody who may only read prints without writing into the record', async () => {
    const { id, paper, printing } = await madePaper();
    await printOriginal(paper(id), order, { ...printing, desk: null });
    expect(paper(id).prints).toEqual([]);
  });
});

describe('how a paper stands', () => {
  const pdf = { evidence: { sha256: 'a'.repeat(64), mediaType: 'application/pdf', byteLength: 1, capturedAt: null }, pages: 1, contentSha256: 'b'.repeat(64) };
  const signature = { way: 'signed-print', who: 'party', name: '王示例', evidence: pdf.evidence, pdfSha256: 'a'.repeat(64), at };
  const standing = (fields: Record<string, unknown>): string => paperStanding(readDocument(recordOf('document', idOf(1), { kind: 'feedback-sheet', pdf, ...fields } as Record<string, JsonValue>)));

  test('is signed only by a picture bound to its own bytes', () => {
    expect(standing({ 'signatures/s1': signature })).toBe('signed');
    expect(standing({ 'signatures/s1': { ...signature, pdfSha256: 'c'.repeat(64) } })).toBe('made');
    expect(standing({ 'signatures/s1': { ...signature, who: 'witness' } })).toBe('made');
  });

  test('a refusal to sign and a refusal to receive are different ends, and neither voids the paper', () => {
    const refusal = { what: 'sign', reason: '无权签名', witness: '', videoSha256: null, at };
    expect(standing({ 'refusals/r1': refusal })).toBe('sign-refused');
    expect(standing({ 'refusals/r1': { ...refusal, what: 'receive' } })).toBe('receive-refused');
    expect(fieldSchema('document', 'refusals/r1')?.safeParse({ ...refusal, reason: '' }).success).toBe(false);
  });

  test('a void paper keeps its number and says why', () => {
    const edit = voidEdit({ id: idOf(1) }, '单位名称有误', at, recordOf('document', idOf(1), { voided: null }));
    expect(fieldSchema('document', 'voided')?.safeParse(edit.values['voided']).success).toBe(true);
    expect(standing(edit.values as Record<string, unknown>)).toBe('voided');
  });
});

describe('rooms that come after the lock', () => {
  const covered = room(1);
  const lock: InspectionLock = { lockedAt: at, lockedBy: idOf(20), seen: {}, covers: [{ recordId: inspectionId, contentHash: 'a'.repeat(64) }, { recordId: covered.recordId, contentHash: 'b'.repeat(64) }] };
  const late = { ...room(2), by: { room: 'e'.repeat(64), outcome: 'f'.repeat(64) } };
  const decision = (fields: Record<string, JsonValue>) => recordOf('amendment', idOf(90), { inspectionId, targetRecordId: late.recordId, lateChangeIds: ['e'.repeat(64), 'f'.repeat(64)], decision: 'supplement-accepted', reason: '漏同步', text: '', at, ...fields });

  test('are no part of the papers and wait for a person', () => {
    expect(lockedRooms(lock, [covered, late])).toEqual([covered]);
    expect(lateRooms(lock, [covered, late], [])).toEqual([{ recordId: late.recordId, room: '0102', what: 'new', changeIds: ['e'.repeat(64), 'f'.repeat(64)], decision: null }]);
  });

  test('count in figures, cases and hand-overs only once a person accepted them', () => {
    expect(roomsThatCount(lock, [covered, late], [])).toEqual([covered]);
    expect(roomsThatCount(lock, [covered, late], [decision({ decision: 'supplement-rejected' })])).toEqual([covered]);
    expect(roomsThatCount(lock, [covered, late], [decision({})])).toEqual([covered, late]);
    expect(roomsThatCount(null, [covered, late], []), 'before the lock').toEqual([covered, late]);
    expect(roomsThatCount(lock, [{ ...covered, fields: { ...covered.fields, removed: true } }], [])).toEqual([]);
  });

  test('open no case', async () => {
    const cold = (record: RecordState): RecordState => ({ ...record, fields: { ...record.fields, outcome: 'checked', mode: 'cooling', setTemperatureC: '22' } });
    const inspection = recordOf('inspection', inspectionId, { lock: lock as unknown as JsonValue });
    const desk = { children: async (recordType: string) => (recordType === 'roomCheck' ? [cold(covered), cold(late)] : []) };
    expect((await findingsIn(inspection, desk)).map((finding) => finding.room)).toEqual(['0101']);
  });

  test('are decided once, until something more comes', () => {
    expect(lateRooms(lock, [late], [decision({})])[0]?.decision).toBe('supplement-accepted');
    const more = { ...late, by: { ...late.by, remarks: '1'.repeat(64) } };
    expect(lateRooms(lock, [more], [decision({})])[0]?.decision).toBeNull();
  });

  test('an entry into a covered room is listed too, a removed new room is not', () => {
    const change = { id: '9'.repeat(64), patch: { remarks: { was: null, to: '迟到' } } } as never;
    expect(lateRooms(lock, [{ ...covered, late: [change] }], [])).toMatchObject([{ what: 'changed', room: '0101', changeIds: ['9'.repeat(64)] }]);
    expect(lateRooms(lock, [{ ...late, fields: { ...late.fields, removed: true } }], [])).toEqual([]);
  });

  test('an entry into the inspection itself is listed too, so that nobody’s work is put aside unseen', () => {
    const change = { id: '8'.repeat(64), patch: { unitOpinion: { was: null, to: '无异议' } } } as never;
    const inspection = { ...recordOf('inspection', inspectionId, {}), late: [change] };
    expect(lateRooms(lock, [inspection, covered], [])).toEqual([{ recordId: inspectionId, room: '', what: 'record', changeIds: ['8'.repeat(64)], decision: null }]);
  });
});
