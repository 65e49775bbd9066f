import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { districtLetter } from '#shared/domain/documents/district-letter.ts';
import { opinionPaper, type OpinionSources } from '#shared/domain/documents/opinion-paper.ts';
import type { PaperContent } from '#shared/domain/documents/paper-content.ts';
import { recordOfInspection } from '#shared/domain/documents/record-of-inspection.ts';
import type { OfficialFace } from '../../../src-renderer/pdf/official-faces.ts';
import { officialGrid } from '../../../src-renderer/pdf/official-paper-layout.ts';
import { pdfWriter, type PdfWriter } from '../../../src-renderer/pdf/write-pdf.ts';
import { fontCollection, fontFrom, withoutWidths } from '../../helpers/font-file.ts';
import { sources } from '../../unit/documents-content/paper-records.ts';
import { fontFolder, openPdfWindow, type PdfWindow } from './open-pdf-window.ts';
import type { Papers } from './pdf-window/page.ts';

// 仿宋 and 小标宋 made from the full Noto Serif SC: real outlines under those names, with characters left out.
const regular = new Uint8Array(readFileSync(path.join(fontFolder, '400Regular/NotoSerifSC_400Regular.ttf')));
const bold = new Uint8Array(readFileSync(path.join(fontFolder, '700Bold/NotoSerifSC_700Bold.ttf')));
const fangsong = { family: 'FangSong', chineseFamily: '仿宋', postScriptName: 'FangSong' };
const founder = { family: 'FZXiaoBiaoSong-B05S', chineseFamily: '方正小标宋简体', postScriptName: 'FZXBSJW--GB1-0' };

const folder = mkdtempSync(path.join(tmpdir(), 'xuncha-faces-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const given: OpinionSources = {
  text: { facts: '陪同人员为欧阳䶮、李𠮷。', demand: '一、调整设定温度。', replyBy: '2026-09-30', jointOrganId: null, contact: '' }, institution: { name: '示例市城市管理局', authority: '示例区机关事务管理局' },
  organ: '示例市机关事务管理局', jointOrgan: '示例市发展和改革委员会', officialNumber: null, issuedOn: null, fieldNumbers: [], bases: [], marks: { demo: false, sample: false }, madeAt: '2026-08-13T01:00:00.000Z',
};
const opinion = opinionPaper(given);

describe('on a machine with 仿宋 and 小标宋', () => {
  let opened: PdfWindow;
  beforeAll(async () => {
    opened = await openPdfWindow({
      'f1.ttf': fontFrom(regular, { ...fangsong, without: '䶮', oddLines: true }),
      'f2.ttc': fontCollection([fontFrom(regular, { family: 'Other', postScriptName: 'Other' }), fontFrom(bold, founder)]),
    });
  }, 120_000);
  afterAll(() => opened?.close());
  const write = (content: PaperContent) => opened.page.evaluate((paper) => papers().write(paper, false), content);

  test('the 意见书 has its title in the one and its text in the other, and a surname that 仿宋 lacks is there in our own', async () => {
    const written = await write(opinion);
    expect(written.setIn).toEqual({ title: { kind: 'system', family: '方正小标宋简体' }, body: { kind: 'system', family: '仿宋' }, borrowed: ['䶮'] });
    const parts = partsOf(written.bytes);
    expect(parts.get('FZXBSJW--GB1-0')).toContain('节能整改意见书');
    expect(parts.get('FZXBSJW--GB1-0')).toContain('示例市机关事务管理局');
    expect(parts.get('FangSong')).toContain('请于2026年9月30日前将落实情况书面反馈我局。');
    expect(parts.get('NotoSerifSC-Regular')).toContain('䶮');
    expect(textOf(written.bytes)).toContain('欧阳䶮');
    expect(await opened.page.evaluate(() => papers().violations)).toEqual([]);
  });

  test('a character that no typeface has is shown as 〓 and reported', async () => {
    const written = await write(opinion);
    expect(written.missingGlyphs).toEqual(['𠮷']);
    expect(textOf(written.bytes)).toContain('李〓');
  });

  test('the letter to a district is set alike', async () => {
    const parts = partsOf((await write(districtLetter(given))).bytes);
    expect(parts.get('FZXBSJW--GB1-0')).toContain('关于示例市城市管理局空调使用情况现场检查有关情况的函');
    expect(parts.get('FangSong')).toContain('陪同人员为欧阳');
  });

  test('what is signed on site stays in our own typeface', async () => {
    const written = await write(recordOfInspection(sources()));
    expect(written.setIn).toBeNull();
    expect([...partsOf(written.bytes).keys()].filter((font) => !font.startsWith('NotoSerifSC'))).toEqual([]);
  });

  test('the same opinion gives the same bytes, also after the program was started anew', async () => {
    const first = (await write(opinion)).bytes;
    const again = await (await opened.reopen()).evaluate((paper) => papers().write(paper, false), opinion as PaperContent);
    expect(again.bytes).toEqual(first);
  });
});

describe('a line of the grid', () => {
  const long = opinionPaper({ ...given, text: { ...given.text, facts: '检查发现制冷运行的房间中有四间䶮定温度为二十四摄氏度且室内无人窗户开启'.repeat(30) } });

  test('stands where it stands in our own typeface, also with borrowed characters and a 仿宋 whose line box is nonsense', async () => {
    const own = linesOf(await fileOf(await writer(), long));
    const system = linesOf(await fileOf(await writer({ body: file(fontFrom(regular, { ...fangsong, without: '䶮', oddLines: true })) }), long));
    expect(system).toEqual(own);
    expect(system.filter((line) => line.text.length === officialGrid.charactersPerLine).length).toBeGreaterThan(officialGrid.linesPerPage);
  });

  test('holds in outlines of PostScript kind, from a collection', async () => {
    const collection = new Uint8Array(readFileSync('/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc'));
    const press = await writer({ body: { kind: 'file', family: '仿宋', collectionFace: 'NotoSerifCJKsc-Regular', bytes: collection } });
    const written = await press.write(long, { draft: false });
    expect(partsOf(written.bytes).get('NotoSerifCJKsc-Regular')).toContain('检查发现制冷运行');
    expect(linesOf(saved(written.bytes)).map((line) => line.text)).toEqual(linesOf(await fileOf(await writer(), long)).map((line) => line.text));
  });
});

describe('a typeface of the system that can not be relied on', () => {
  test('is not asked for a character that it maps to an empty picture', async () => {
    const written = await (await writer({ body: file(fontFrom(regular, { ...fangsong, empty: '䶮' })) })).write(opinion, { draft: false });
    expect(written.setIn?.borrowed).toEqual(['䶮']);
    expect(partsOf(written.bytes).get('NotoSerifSC-Regular')).toContain('䶮');
  });

  test('is done without when it is damaged, and the paper says so', async () => {
    const whole = fontFrom(regular, fangsong);
    for (const damaged of [whole.slice(0, 5000), whole.slice(0, whole.length / 3), new Uint8Array(2000)]) {
      const written = await (await writer({ body: file(damaged) })).write(opinion, { draft: false });
      expect(textOf(written.bytes)).toContain('陪同人员为欧阳䶮、李〓。');
      expect(written.setIn?.body).toEqual({ kind: 'own', why: 'unreadable', family: '仿宋' });
    }
  });

  test('is given up when it breaks only in the middle of a paper', async () => {
    const press = await writer({ body: file(withoutWidths(fontFrom(regular, fangsong))) });
    for (const _round of [1, 2]) {
      const written = await press.write(opinion, { draft: false });
      expect(textOf(written.bytes)).toContain('陪同人员为欧阳䶮、李〓。');
      expect(written.setIn?.body).toEqual({ kind: 'own', why: 'unreadable', family: '仿宋' });
    }
  });

  test('is named when its licence forbids embedding', async () => {
    const face: OfficialFace = { kind: 'none', reason: { why: 'not-embeddable', family: '方正小标宋简体' } };
    const written = await (await writer({ title: face })).write(opinion, { draft: false });
    expect(written.setIn).toEqual({ title: { kind: 'own', why: 'not-embeddable', family: '方正小标宋简体' }, body: { kind: 'own', why: 'absent' }, borrowed: [] });
  });

  test('lends what even our own typeface lacks, to the title too', async () => {
    // 𠮷 stands where 一 stood: the outlines do not matter.
    const face = file(fontFrom(regular, { ...fangsong, added: '𠮷' }));
    const paper = districtLetter({ ...given, institution: { name: '𠮷示例局', authority: '示例区机关事务管理局' } });
    const written = await (await writer({ body: face })).write(paper, { draft: false });
    expect(written.missingGlyphs).toEqual([]);
    expect(textOf(written.bytes)).toContain('关于𠮷示例局');
    expect(textOf(written.bytes)).toContain('李𠮷');
  });
});

/** Runs inside the page. */
declare function papers(): Papers;

function file(bytes: Uint8Array): OfficialFace {
  return { kind: 'file', family: '仿宋', collectionFace: null, bytes };
}

async function writer(faces: { readonly title?: OfficialFace; readonly body?: OfficialFace } = {}): Promise<PdfWriter> {
  const absent: OfficialFace = { kind: 'none', reason: { why: 'absent' } };
  return pdfWriter({ regular, bold }, async () => ({ title: absent, body: absent, ...faces }));
}

async function fileOf(press: PdfWriter, content: PaperContent): Promise<string> {
  return saved((await press.write(content, { draft: false })).bytes);
}

let count = 0;
function saved(bytes: Iterable<number>): string {
  const name = path.join(folder, `${(count += 1)}.pdf`);
  writeFileSync(name, Uint8Array.from(bytes));
  return name;
}

function textOf(bytes: Iterable<number>): string {
  return execFileSync('pdftotext', ['-layout', saved(bytes), '-'], { encoding: 'utf8' });
}

/** PostScript name of each embedded font → what is set in it. */
function partsOf(bytes: Iterable<number>): ReadonlyMap<string, string> {
  const markup = execFileSync('pdftohtml', ['-xml', '-i', '-fontfullname', '-stdout', saved(bytes)], { encoding: 'utf8' });
  const fonts = new Map([...markup.matchAll(/<fontspec id="(\d+)"[^>]* family="([^"]*)"/g)].map(([, id = '', family = '']) => [id, family.replace(/^[A-Z]{6}\+/, '')]));
  const parts = new Map<string, string>();
  for (const [, id = '', text = ''] of markup.matchAll(/<text [^>]*font="(\d+)">(.*?)<\/text>/g)) {
    const font = fonts.get(id) ?? '';
    parts.set(font, (parts.get(font) ?? '') + text.replaceAll(/<[^>]*>/g, ''));
  }
  return parts;
}

type Line = { readonly text: string; readonly top: number };

/** The lines of body text, with the top of their characters in whole points. */
function linesOf(name: string): readonly Line[] {
  const markup = execFileSync('pdftotext', ['-bbox-layout', name, '-'], { encoding: 'utf8', maxBuffer: 1e8 });
  return markup.split('<line ').slice(1).map((part) => {
    const text = (part.split('</line>')[0] ?? '').slice(part.indexOf('>') + 1).replaceAll(/<[^>]*>|\s/g, '');
    return { text, top: Math.round(Number(/yMin="([\d.]+)"/.exec(part)?.[1])) };
  });
}
