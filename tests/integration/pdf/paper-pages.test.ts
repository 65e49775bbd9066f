import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { feedbackSheet } from '#shared/domain/documents/feedback-sheet.ts';
import { blankForm } from '#shared/domain/documents/blank-form.ts';
import { opinionPaper } from '#shared/domain/documents/opinion-paper.ts';
import type { PaperContent } from '#shared/domain/documents/paper-content.ts';
import { recordOfInspection } from '#shared/domain/documents/record-of-inspection.ts';
import { roomList } from '#shared/domain/documents/room-list.ts';
import { readDocument, type PaperRecord } from '#shared/domain/documents/read-document.ts';
import { supplementList } from '#shared/domain/documents/supplement-list.ts';
import { officialGrid } from '../../../src-renderer/pdf/official-paper-layout.ts';
import { mm } from '../../../src-renderer/pdf/paper-style.ts';
import { pdfWriter, type PdfWriter } from '../../../src-renderer/pdf/write-pdf.ts';
import { building, paperRecords, room, sources } from '../../unit/documents-content/paper-records.ts';
import { fontFolder } from './open-pdf-window.ts';

// The pages as poppler sees them, with the full fonts.
let writer: PdfWriter;
const folder = mkdtempSync(path.join(tmpdir(), 'xuncha-pages-'));

beforeAll(async () => {
  writer = await pdfWriter({
    regular: readFileSync(path.join(fontFolder, '400Regular/NotoSerifSC_400Regular.ttf')),
    bold: readFileSync(path.join(fontFolder, '700Bold/NotoSerifSC_700Bold.ttf')),
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('every page of a signed paper', () => {
  test.each([
    ['a record of 12 rooms', () => recordOfInspection(sources())],
    ['a record of 250 rooms', () => recordOfInspection(sources({ rooms: building(250) }))],
    ['a room list of 60 rooms', () => roomList(sources({ rooms: building(60) }))],
    ['a room list of 250 rooms', () => roomList(sources({ rooms: building(250) }))],
    ['a supplement of 60 rooms', () => supplement(60)],
    ['a supplement of one room', () => supplement(1)],
    ['a feedback sheet of 60 rooms', () => feedbackSheet(sources({ rooms: building(60) }))],
  ])('of %s carries the signature line, 第x页 共y页, the field number and the paper’s name', async (_name, make) => {
    const content = make();
    const pages = await pagesOf(content);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain('被检查单位（签名或盖章）：');
      expect(page).toContain('检查人员（签名）：');
      expect(page).toContain(`第${index + 1}页 共${pages.length}页`);
      expect(page).toContain('现场编号：A1-20260812-1');
      expect(page).toContain(content.title);
    }
  });

  test('of a demo office and a fictional unit says that it is none', async () => {
    for (const page of await pagesOf(roomList(sources({ rooms: building(60), making: { demo: true }, institution: { sample: true } })))) {
      expect(page).toContain('【演示·样例】非真实执法文书');
      expect(page).toContain('房间明细表');
    }
  });

  test('of a preview says that it is one', async () => {
    for (const page of await pagesOf(recordOfInspection(sources({ making: { fieldNumber: null } })), true)) expect(page).toContain('【预览】定稿后生成正式文书');
  });
});

test('a supplement prints the whole hash of what it adds to, and asks the unit where it signs', async () => {
  const pages = await pagesOf(supplement(60));
  expect(pages[0]).toContain(`PDF文件SHA-256：${'1'.repeat(64)}`);
  expect(pages.at(-1)).toContain('被检查单位对补充记录的意见：');
  expect(pages.at(-1)).toContain('拒绝签名或不能签名的理由：');
  // With 16 rooms the second group begins where the first page ends.
  const second = (await pagesOf(supplement(16))).find((page) => page.includes('原房间明细表已列房间的补充记录（2间）'));
  expect(second, 'no head of a table without a room below it').toContain('0104');
  for (const page of await pagesOf(supplement(30), true)) expect(page).toContain('【预览】编号后生成正式文书');
});

describe('the room list', () => {
  test('repeats its head, names every room once and strikes empty cells', async () => {
    const pages = await pagesOf(roomList(sources({ rooms: building(250) })));
    expect(pages.length).toBeLessThanOrEqual(12);
    for (const page of pages) expect(page).toContain('室内空气温度读数');
    expect(pages.join('\n').match(/\b1310\b/g)).toHaveLength(1);
    expect(pages[0]).toContain('／');
  });

  test('keeps names, numbers and remarks of any length inside the page', async () => {
    const rooms = [room(1, { room: 'A-ROOM-NUMBER-WITHOUT-ANY-BREAK-00000001', use: '综合办公与资料档案存放兼会议接待用房'.repeat(3).slice(0, 60), remarks: '备注。'.repeat(600) }), room(2, { remarks: 'x'.repeat(2000) })];
    const words = wordsOf(await fileOf(roomList(sources({ rooms, inspection: { institutionName: '示例'.repeat(40), place: '路'.repeat(200) } }))));
    const outside = words.filter((word) => word.left < mm(14) || word.right > mm(297 - 14) || word.bottom > mm(210 - 8));
    expect(outside).toEqual([]);
  });
});

describe('the 意见书 on the grid of GB/T 9704', () => {
  const text = '检查发现制冷运行的房间中有四间设定温度为二十四摄氏度且室内无人窗户开启'.repeat(30);
  const paper = opinionPaper({
    text: { facts: text, demand: '一、调整。', replyBy: '2026-09-30', jointOrganId: null, contact: '' }, institution: { name: '示例市城市管理局', authority: '' }, organ: '示例市机关事务管理局',
    jointOrgan: '示例市发展和改革委员会', officialNumber: null, issuedOn: null, fieldNumbers: [], bases: [], marks: { demo: false, sample: false }, madeAt: '2026-08-13T01:00:00.000Z',
  });

  test('a full page has 22 lines of 28 characters inside 156 × 225 mm', async () => {
    const lines = linesOf(await fileOf(paper), 2).filter((line) => line.text.length >= 20);
    expect(lines).toHaveLength(officialGrid.linesPerPage);
    expect(new Set(lines.map((line) => line.text.length))).toEqual(new Set([officialGrid.charactersPerLine]));
    const first = lines[0];
    const last = lines.at(-1);
    // poppler's box of a line is the font's, 1.437 em high; the characters stand 0.271 em below its top and are 1 em high.
    const em = officialGrid.fontSize;
    expect((first?.top ?? 0) + 0.271 * em).toBeCloseTo(mm(37), 0);
    expect((last?.top ?? 0) + 1.271 * em).toBeCloseTo(mm(297 - 35), 0);
    expect(first?.left).toBeCloseTo(mm(28), 0);
    expect(first?.right).toBeLessThanOrEqual(mm(28 + 156) + 0.5);
  });

  test('every page says that it is void before the seal', async () => {
    const pages = await pagesOf(paper);
    expect(pages.length).toBeGreaterThan(1);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain('送审稿 未盖章无效');
      expect(page).toContain(`第${index + 1}页 共${pages.length}页`);
      expect(page).toMatch(new RegExp(`— ?${index + 1} ?—`));
    }
  });

  test('no page holds the signature alone', async () => {
    for (const repeat of [16, 17, 18, 19, 20, 21]) {
      const pages = await pagesOf({ ...paper, body: Array.from({ length: repeat }, () => '一行。') });
      expect(pages.find((page) => page.includes('示例市发展和改革委员会') && page.includes('年 '))).toContain('一行。');
    }
  });
});

test('a blank form has its rows numbered and its head to fill in', async () => {
  const pages = await pagesOf(blankForm({ organ: '示例市机关事务管理局', unit: '', rowCount: 40, fieldNumber: 'A1-20260812-9', madeAt: '2026-08-12T00:00:00.000Z', marks: { demo: false, sample: false } }));
  expect(pages[0]).toContain('陪同人员（姓名、职务、电话）：');
  expect(pages.join('\n')).toMatch(/\b40\b/);
});

test('the fonts are embedded whole in meaning: names with rare characters can be copied', async () => {
  const text = (await pagesOf(recordOfInspection(sources({ lead: { name: '欧阳䶮' }, second: { name: '㑇〇示例' } })))).join('');
  expect(text).toContain('欧阳䶮');
  expect(text).toContain('㑇〇示例');
});

/** `count` rooms that came late, one in ten an entry into a room of the locked list. */
function supplement(count: number): PaperContent {
  const at = '2026-08-13T01:12:00.000Z';
  const { inspection } = paperRecords();
  const original = (kind: 'record-of-inspection' | 'room-list', title: string): PaperRecord => readDocument({ ...inspection, recordType: 'document', fields: { kind, title, fieldNumber: 'A1-20260812-7', pdf: { evidence: { sha256: '1'.repeat(64), mediaType: 'application/pdf', byteLength: 9, capturedAt: null }, pages: 2, contentSha256: '2'.repeat(64) } } });
  const rooms = building(count).map((state, index) => ({ what: index % 10 === 3 ? 'changed' as const : 'new' as const, state, contentHash: '', decision: { by: '', at, reason: '同事的电脑在检查结束后才联网' } }));
  const of = { originalId: '', originalSha256: '', lockId: '', covers: [] };
  return supplementList(sources(), { of, originals: [original('record-of-inspection', '现场检查笔录'), original('room-list', '房间明细表')], lockedAt: '2026-08-12T07:22:00.000Z', rooms }, () => '李示例');
}

async function fileOf(content: PaperContent, draft = false): Promise<string> {
  const { bytes } = await writer.write(content, { draft });
  const file = path.join(folder, `${Math.abs(hash(bytes))}.pdf`);
  writeFileSync(file, bytes);
  return file;
}

async function pagesOf(content: PaperContent, draft = false): Promise<readonly string[]> {
  return execFileSync('pdftotext', ['-layout', await fileOf(content, draft), '-'], { encoding: 'utf8', maxBuffer: 1e8 }).split('\f').slice(0, -1);
}

type Word = { readonly text: string; readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

function boxesOf(tag: 'word' | 'line', markup: string): readonly Word[] {
  const place = / xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"/;
  return markup.split(`<${tag} `).slice(1).map((part) => {
    const [, left, top, right, bottom] = (place.exec(` ${part}`) ?? []).map(Number);
    const text = (part.split(`</${tag}>`)[0] ?? '').slice(part.indexOf('>') + 1).replaceAll(/<[^>]*>|\s/g, '');
    return { text, left: left ?? 0, top: top ?? 0, right: right ?? 0, bottom: bottom ?? 0 };
  });
}

function wordsOf(file: string): readonly Word[] {
  return boxesOf('word', execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8', maxBuffer: 1e8 }));
}

function linesOf(file: string, page: number): readonly Word[] {
  return boxesOf('line', execFileSync('pdftotext', ['-bbox-layout', '-f', String(page), '-l', String(page), file, '-'], { encoding: 'utf8', maxBuffer: 1e8 }));
}

function hash(bytes: Uint8Array): number {
  let value = 0;
  for (const byte of bytes) value = (value * 31 + byte) | 0;
  return value;
}
