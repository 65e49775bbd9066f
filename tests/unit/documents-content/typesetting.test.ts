import { describe, expect, test } from 'vitest';
import { paperLineBox, setLineBox } from '../../../src-renderer/pdf/line-box.ts';
import { linePitch, officialGrid } from '../../../src-renderer/pdf/official-paper-layout.ts';
import { typesetter, type Typeface } from '../../../src-renderer/pdf/typesetting.ts';
import { fontCollection, hollowFont, tableOf } from '../../helpers/font-file.ts';

const face = (font: string, characters: string | null): Typeface => ({ font, bold: false, has: (codePoint) => characters?.includes(String.fromCodePoint(codePoint)) ?? true });
const run = (font: string, text: string) => ({ text, font, bold: false });

describe('a line set in several typefaces', () => {
  const fang = face('fang', '陪同人员为李，。');
  const own = face('own', '陪同人员为李，。䶮');
  const set = () => typesetter({ title: [own], body: [fang, own, face('other', null)] });

  test('takes each character from the first that has it, in as few pieces as possible', () => {
    const setting = set();
    expect(setting.body('陪同䶮，李𠮷。')).toEqual([run('fang', '陪同'), run('own', '䶮'), run('fang', '，李'), run('other', '𠮷'), run('fang', '。')]);
    expect(setting.borrowed()).toEqual(['䶮', '𠮷']);
  });

  test('names a borrowed character once, and none when nothing was borrowed', () => {
    const setting = set();
    setting.title('陪同');
    expect(setting.borrowed()).toEqual([]);
    setting.body('䶮䶮');
    setting.body('䶮');
    expect(setting.borrowed()).toEqual(['䶮']);
  });

  test('keeps a line break with the text before it', () => {
    expect(set().body('陪\n同')).toEqual([run('fang', '陪\n同')]);
  });

  test('keeps every character, in its order', () => {
    const text = '陪𠮷同䶮人　员1℃〔2026〕\n为李';
    const runs = set().body(text) as readonly { readonly text: string }[];
    expect(runs.map((each) => each.text).join('')).toBe(text);
  });
});

describe('the line box that every typeface of the system is given', () => {
  const words = { family: 'FangSong', postScriptName: 'FangSong' };

  // 256 units are those of Windows' 仿宋.
  test.each([256, 1000, 1024, 2048])('lets 22 lines stay on a page in a font of %i units', (unitsPerEm) => {
    const font = hollowFont({ ...words, unitsPerEm });
    setLineBox(font, paperLineBox);
    const lines = tableOf(font, 'hhea');
    const height = (lines.getInt16(4) - lines.getInt16(6) + lines.getInt16(8)) / unitsPerEm;
    const pitch = (linePitch / (paperLineBox.ascent + paperLineBox.descent)) * height;
    // The page has half a point to spare.
    expect(pitch * officialGrid.linesPerPage - linePitch * officialGrid.linesPerPage).toBeLessThan(0.5);
    expect(height).toBeCloseTo(1.437, 2);
    expect(lines.getInt16(4) / unitsPerEm).toBeCloseTo(1.151, 2);
  });

  test('is given to every face of a collection', () => {
    const [first, second] = [hollowFont(words), hollowFont({ ...words, unitsPerEm: 2048 })];
    const collection = fontCollection([first, second]);
    setLineBox(collection, paperLineBox);
    setLineBox(first, paperLineBox);
    setLineBox(second, paperLineBox);
    expect(collection).toEqual(fontCollection([first, second]));
  });

  test('leaves what is no font, or a damaged one, as long as it was', () => {
    const font = fontCollection([hollowFont(words), hollowFont(words)]);
    for (let length = 0; length < font.length; length += 1) {
      const cut = font.slice(0, length);
      expect(() => setLineBox(cut, paperLineBox)).not.toThrow();
    }
  });
});
