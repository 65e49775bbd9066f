import { readFileSync } from 'node:fs';
import path from 'node:path';
import { feedbackSheet } from '#shared/domain/documents/feedback-sheet.ts';
import { opinionPaper } from '#shared/domain/documents/opinion-paper.ts';
import { recordOfInspection } from '#shared/domain/documents/record-of-inspection.ts';
import { roomList } from '#shared/domain/documents/room-list.ts';
import type { PaperContent } from '#shared/domain/documents/paper-content.ts';
import type { Page } from 'playwright';
import { fontFrom } from '../helpers/font-file.ts';
import { fontFolder, openPdfWindow } from '../integration/pdf/open-pdf-window.ts';
import type { Papers } from '../integration/pdf/pdf-window/page.ts';
import { building, sources } from '../unit/documents-content/paper-records.ts';

// Suite `pdf`: on real Electron, in the product's worker, with the full fonts. Cold = a new program and its first paper,
// the start of the worker and both fonts included. The machine has a 仿宋 and a 小标宋 of 15 MB each, more than the real
// ones, which papers of the organ are set in. One JSON object a line on standard output.

type Measured = { readonly elapsedMs: number; readonly pauseMs: number; readonly byteLength: number; readonly pages: number };

/** Runs inside the page. */
declare function papers(): Papers;

const big = sources({ rooms: building(250) });
/** The record of 250 rooms is two papers: the record itself and its room list. */
const record = recordOfInspection(big);
const list = roomList(big);
const twoPages = recordOfInspection(sources({ rooms: building(12) }));
const sheet = feedbackSheet(sources({ rooms: building(60) }));
const finding = '检查发现制冷运行的房间中有四间设定温度为二十四摄氏度，检查时室内无人、窗户开启，陪同人员欧阳䶮。';
const opinion = opinionPaper({
  text: { facts: finding.repeat(14), demand: '一、调整设定温度。', replyBy: '2026-09-30', jointOrganId: null, contact: '' }, institution: { name: '示例市城市管理局', authority: '' }, organ: '示例市机关事务管理局',
  jointOrgan: '示例市发展和改革委员会', officialNumber: null, issuedOn: null, fieldNumbers: [], bases: [], marks: { demo: false, sample: false }, madeAt: '2026-08-13T01:00:00.000Z',
});

const font = (name: string): Uint8Array => readFileSync(path.join(fontFolder, name));
const opened = await openPdfWindow({
  'fang.ttf': fontFrom(font('400Regular/NotoSerifSC_400Regular.ttf'), { family: 'FangSong', postScriptName: 'FangSong', without: '䶮' }),
  'title.ttf': fontFrom(font('700Bold/NotoSerifSC_700Bold.ttf'), { family: 'FZXiaoBiaoSong-B05S', postScriptName: 'FZXBSJW--GB1-0' }),
});
try {
  const cold: Measured[] = [];
  const pauses: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const page = round === 0 ? opened.page : await opened.reopen();
    const first = await write(page, list);
    const second = await write(page, record);
    cold.push({ ...first, elapsedMs: first.elapsedMs + second.elapsedMs, byteLength: first.byteLength + second.byteLength });
    pauses.push(first.pauseMs, second.pauseMs);
  }
  const page = await opened.reopen();
  await write(page, list);
  const warm: Measured[] = [];
  const small: Measured[] = [];
  const sheets: Measured[] = [];
  const firstOpinion = await write(page, opinion);
  const opinions: Measured[] = [];
  for (let round = 0; round < 10; round += 1) {
    const first = await write(page, list);
    const second = await write(page, record);
    warm.push({ ...first, elapsedMs: first.elapsedMs + second.elapsedMs });
    pauses.push(first.pauseMs, second.pauseMs);
    small.push(await write(page, twoPages));
    sheets.push(await write(page, sheet));
    opinions.push(await write(page, opinion));
  }
  const name = `250 rooms, record and room list, ${(cold[0]?.pages ?? 0) + 3} pages`;
  row(`${name}: cold, p50`, middle(cold.map((each) => each.elapsedMs)), 'ms');
  row(`${name}: warm, p50`, middle(warm.map((each) => each.elapsedMs)), 'ms');
  row(`${name}: size`, Math.round((cold[0]?.byteLength ?? 0) / 1000), 'kB');
  row(`${small[0]?.pages ?? 0}-page record: warm, p50`, middle(small.map((each) => each.elapsedMs)), 'ms');
  row(`${sheets[0]?.pages ?? 0}-page feedback sheet of 60 rooms: warm, p50`, middle(sheets.map((each) => each.elapsedMs)), 'ms');
  const official = `${opinions[0]?.pages ?? 0}-page opinion in 仿宋 and 小标宋 of the system`;
  row(`${official}: first of a session, both fonts found and read`, firstOpinion.elapsedMs, 'ms');
  row(`${official}: warm, p50`, middle(opinions.map((each) => each.elapsedMs)), 'ms');
  row(`${official}: longest pause of the window, worst of all runs`, Math.max(firstOpinion.pauseMs, ...opinions.map((each) => each.pauseMs)), 'ms');
  row('longest pause of the window while a paper of 250 rooms is written, worst of all runs', Math.max(...pauses), 'ms');
} finally {
  await opened.close();
}

async function write(page: Page, content: PaperContent): Promise<Measured> {
  return page.evaluate((given) => papers().longestPause(given), content);
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function row(name: string, value: number, unit: string): void {
  process.stdout.write(`${JSON.stringify({ suite: 'pdf', name, value: Math.round(value * 10) / 10, unit })}\n`);
}
