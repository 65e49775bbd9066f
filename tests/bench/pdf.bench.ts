import { feedbackSheet } from '#shared/domain/documents/feedback-sheet.ts';
import { recordOfInspection } from '#shared/domain/documents/record-of-inspection.ts';
import { roomList } from '#shared/domain/documents/room-list.ts';
import type { PaperContent } from '#shared/domain/documents/paper-content.ts';
import type { Page } from 'playwright';
import { openPdfWindow } from '../integration/pdf/open-pdf-window.ts';
import type { Papers } from '../integration/pdf/pdf-window/page.ts';
import { building, sources } from '../unit/documents-content/paper-records.ts';

// Suite `pdf`: on real Electron, in the product's worker, with the full fonts. Cold = a new program and its first paper,
// the start of the worker and both fonts included. One JSON object a line on standard output.

type Measured = { readonly elapsedMs: number; readonly pauseMs: number; readonly byteLength: number; readonly pages: number };

/** Runs inside the page. */
declare function papers(): Papers;

const big = sources({ rooms: building(250) });
/** The record of 250 rooms is two papers: the record itself and its room list. */
const record = recordOfInspection(big);
const list = roomList(big);
const twoPages = recordOfInspection(sources({ rooms: building(12) }));
const sheet = feedbackSheet(sources({ rooms: building(60) }));

const opened = await openPdfWindow();
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
  for (let round = 0; round < 10; round += 1) {
    const first = await write(page, list);
    const second = await write(page, record);
    warm.push({ ...first, elapsedMs: first.elapsedMs + second.elapsedMs });
    pauses.push(first.pauseMs, second.pauseMs);
    small.push(await write(page, twoPages));
    sheets.push(await write(page, sheet));
  }
  const name = `250 rooms, record and room list, ${(cold[0]?.pages ?? 0) + 3} pages`;
  row(`${name}: cold, p50`, middle(cold.map((each) => each.elapsedMs)), 'ms');
  row(`${name}: warm, p50`, middle(warm.map((each) => each.elapsedMs)), 'ms');
  row(`${name}: size`, Math.round((cold[0]?.byteLength ?? 0) / 1000), 'kB');
  row(`${small[0]?.pages ?? 0}-page record: warm, p50`, middle(small.map((each) => each.elapsedMs)), 'ms');
  row(`${sheets[0]?.pages ?? 0}-page feedback sheet of 60 rooms: warm, p50`, middle(sheets.map((each) => each.elapsedMs)), 'ms');
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
