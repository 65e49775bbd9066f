import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { strFromU8, unzipSync } from 'fflate';
import { recordOfInspection } from '#shared/domain/documents/record-of-inspection.ts';
import { opinionPaper } from '#shared/domain/documents/opinion-paper.ts';
import { roomList } from '#shared/domain/documents/room-list.ts';
import type { PaperContent } from '#shared/domain/documents/paper-content.ts';
import { building, sources } from '../../unit/documents-content/paper-records.ts';
import { openPdfWindow, type PdfWindow } from './open-pdf-window.ts';
import type { Papers } from './pdf-window/page.ts';

// Real Electron, the product's own worker, policy and fonts.
let opened: PdfWindow;
let page: Page;
const folder = mkdtempSync(path.join(tmpdir(), 'xuncha-paper-'));

beforeAll(async () => {
  opened = await openPdfWindow();
  page = opened.page;
}, 120_000);

afterAll(async () => {
  await opened?.close();
});

test('the record of an inspection is written in the window, and its Chinese can be copied out of it', async () => {
  const written = await write(recordOfInspection(sources({ lead: { name: '欧阳䶮' } })));
  expect(textOf(written.bytes)).toContain('欧阳䶮');
  expect(written.missingGlyphs).toEqual([]);
  expect(await violations()).toEqual([]);
});

test('a character that the font lacks is reported before printing and shown as 〓', async () => {
  const written = await write(recordOfInspection(sources({ lead: { name: '𠮷示例' } })));
  expect(written.missingGlyphs).toEqual(['𠮷']);
  expect(textOf(written.bytes)).toContain('〓示例');
});

test('the same record gives the same bytes, also after the program was started anew', async () => {
  const content = roomList(sources({ rooms: building(30) }));
  const first = sha256((await write(content)).bytes);
  expect(sha256((await write(content)).bytes)).toBe(first);
  page = await opened.reopen();
  expect(sha256((await write(content)).bytes)).toBe(first);
});

test('a copy is the original, byte for byte, with the mark after it', async () => {
  const original = (await write(recordOfInspection(sources()))).bytes;
  const copy = await page.evaluate(([bytes, line]) => papers().copy(bytes, line), [original, '副本 2026-08-13 09:12 由留存的原件打印'] as const);
  if (!copy.ok) throw new Error(copy.code);
  expect(copy.bytes.slice(0, original.length)).toEqual(original);
  expect(textOf(copy.bytes)).toContain('副本 2026-08-13 09:12 由留存的原件打印');
  expect(textOf(copy.bytes)).toContain('现场检查笔录');
  expect(pagesOf(copy.bytes)).toBe(pagesOf(original));
});

test('a file that is no paper of ours is not marked', async () => {
  const copy = await page.evaluate(() => papers().copy([...new TextEncoder().encode('%PDF-1.7\nnot really')], '副本'));
  expect(copy).toEqual({ ok: false, code: 'unreadable-file' });
});

test('the preview shows the page, and a missing field on it can be clicked', async () => {
  const draft = (await write(recordOfInspection(sources({ without: ['place'], making: { fieldNumber: null } })), true)).bytes;
  const shown = await page.evaluate((bytes) => papers().show(bytes, 1), draft);
  expect(shown.dark).toBeGreaterThan(2000);
  expect(shown.height / shown.width).toBeCloseTo(297 / 210, 2);
  expect(shown.gaps.map((gap) => gap.path)).toEqual(['place']);
  expect(await violations()).toEqual([]);
});

test('the unsealed opinion leaves as DOCX for the office’s own system, void on every page, on 22 lines of 28 characters', async () => {
  const paper = opinionPaper({
    text: { facts: '检查发现4间房间设定温度24℃。', demand: '一、调整设定温度。', replyBy: '2026-09-30', jointOrganId: null, contact: '' }, institution: { name: '示例市城市管理局', authority: '' },
    organ: '示例市机关事务管理局', jointOrgan: '示例市发展和改革委员会', officialNumber: null, issuedOn: null, fieldNumbers: [], bases: [], marks: { demo: true, sample: false }, madeAt: '2026-08-13T01:00:00.000Z',
  });
  const docx = unzipSync(Uint8Array.from(await page.evaluate((content) => papers().docx(content), paper)));
  const part = (name: string): string => strFromU8(docx[name] ?? new Uint8Array());
  expect(part('word/document.xml')).toContain('请于2026年9月30日前将落实情况书面反馈我局。');
  expect(part('word/document.xml')).toMatch(/<w:docGrid w:type="linesAndChars" w:linePitch="579"/);
  expect(part('word/header1.xml')).toContain('送审稿 未盖章无效');
  expect(part('word/header1.xml')).toContain('【演示】');
  expect(await violations()).toEqual([]);
});

/** Runs inside the page. */
declare function papers(): Papers;

async function write(content: PaperContent, draft = false): Promise<{ bytes: number[]; pages: number; missingGlyphs: readonly string[] }> {
  return page.evaluate(([given, isDraft]) => papers().write(given, isDraft), [content, draft] as const);
}

function violations(): Promise<string[]> {
  return page.evaluate(() => papers().violations);
}

function fileOf(bytes: readonly number[]): string {
  const file = path.join(folder, `${sha256(bytes).slice(0, 16)}.pdf`);
  writeFileSync(file, Uint8Array.from(bytes));
  return file;
}

function textOf(bytes: readonly number[]): string {
  return execFileSync('pdftotext', ['-layout', fileOf(bytes), '-'], { encoding: 'utf8' });
}

function pagesOf(bytes: readonly number[]): number {
  return Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [fileOf(bytes)], { encoding: 'utf8' }))?.[1]);
}

function sha256(bytes: readonly number[]): string {
  return createHash('sha256').update(Uint8Array.from(bytes)).digest('hex');
}
