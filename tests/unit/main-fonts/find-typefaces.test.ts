import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findTypefaces } from '../../../src-main/fonts/find-typefaces.ts';
import { fontFolders } from '../../../src-main/fonts/font-folders.ts';
import { systemFonts } from '../../../src-main/fonts/system-fonts.ts';
import { fontCollection, hollowFont } from '../../helpers/font-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'xuncha-fonts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const simfang = { family: 'FangSong', chineseFamily: '仿宋', postScriptName: 'FangSong' };
const gb2312 = { family: 'FangSong_GB2312', chineseFamily: '仿宋_GB2312', postScriptName: 'FangSong_GB2312' };
const founder = { family: 'FZXiaoBiaoSong-B05S', chineseFamily: '方正小标宋简体', postScriptName: 'FZXBSJW--GB1-0' };

function install(name: string, bytes: Uint8Array): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return file;
}
const find = () => findTypefaces({ folders: [folder], timeLimitMs: 10_000 });
const absent = { typeface: { kind: 'absent' }, file: null };

describe('the typefaces of a 公文 on this machine', () => {
  test('are known by the names inside the files, in folders of any depth and in Chinese', async () => {
    const body = install('a/b/whatever.TTF', hollowFont(simfang));
    const title = install('font17.otf', hollowFont({ ...founder, family: '?', outlines: 'CFF ' }));
    expect(await find()).toEqual({
      fangsong: { typeface: { kind: 'usable', family: '仿宋', collectionFace: null }, file: body },
      xiaobiaosong: { typeface: { kind: 'usable', family: '方正小标宋简体', collectionFace: null }, file: title },
    });
  });

  test('are not taken by the name of a file', async () => {
    install('simfang.ttf', hollowFont({ family: 'Comic', postScriptName: 'Comic' }));
    install('方正小标宋简体.ttf', new TextEncoder().encode('not a font at all'));
    expect(await find()).toEqual({ fangsong: absent, xiaobiaosong: absent });
  });

  test('of a traditional look are not taken for ours: they draw other characters than the text has', async () => {
    install('a.ttf', hollowFont({ family: 'FZFangSong-Z02T', chineseFamily: '方正仿宋繁体', postScriptName: 'FZFSFW--GB1-0' }));
    install('b.ttf', hollowFont({ family: 'FZXiaoBiaoSong-B05T', chineseFamily: '方正小标宋繁体', postScriptName: 'FZXBSFW--GB1-0' }));
    install('c.ttf', hollowFont({ family: 'cwTeXFangSong', chineseFamily: 'cwTeX 仿宋體', postScriptName: 'cwTeXFangSong' }));
    expect(await find()).toEqual({ fangsong: absent, xiaobiaosong: absent });
  });

  test('are the ones that offices set their papers in, when there are several', async () => {
    install('1.ttf', hollowFont({ family: 'STFangsong', chineseFamily: '华文仿宋', postScriptName: 'STFangsong' }));
    install('2.ttf', hollowFont(simfang));
    install('3.ttf', hollowFont(gb2312));
    expect((await find()).fangsong.typeface).toEqual({ kind: 'usable', family: '仿宋_GB2312', collectionFace: null });
  });

  test('are found inside a collection, with the name of the face', async () => {
    const file = install('many.ttc', fontCollection([hollowFont({ family: 'Other', postScriptName: 'Other' }), hollowFont(simfang)]));
    expect((await find()).fangsong).toEqual({ typeface: { kind: 'usable', family: '仿宋', collectionFace: 'FangSong' }, file });
  });

  test.each([
    ['restricted', 0x0002], ['not to be subset', 0x0100], ['bitmaps only', 0x0200], ['silent about its licence', null],
  ])('are left alone and named when they are %s', async (_why, fsType) => {
    install('fang.ttf', hollowFont({ ...simfang, fsType }));
    expect((await find()).fangsong).toEqual({ typeface: { kind: 'not-embeddable', family: '仿宋' }, file: null });
  });

  test.each([['preview and print', 0x0004], ['editable', 0x0008]])('are used when their licence says %s', async (_what, fsType) => {
    install('fang.ttf', hollowFont({ ...simfang, fsType }));
    expect((await find()).fangsong.typeface.kind).toBe('usable');
  });

  test('that may be embedded go before a better one that may not', async () => {
    install('1.ttf', hollowFont({ ...gb2312, fsType: 2 }));
    install('2.ttf', hollowFont(simfang));
    expect((await find()).fangsong.typeface).toEqual({ kind: 'usable', family: '仿宋', collectionFace: null });
  });

  test('are none that the PDF writer can not embed: variable, or without outlines', async () => {
    install('1.ttf', hollowFont({ ...simfang, variable: true }));
    install('2.ttf', hollowFont({ ...simfang, outlines: 'none' }));
    expect((await find()).fangsong).toEqual(absent);
  });

  test('are found past files that are cut off or damaged anywhere', async () => {
    const whole = hollowFont(simfang);
    for (let length = 0; length < whole.length; length += 3) install(`cut-${length}.ttf`, whole.slice(0, length));
    for (let at = 0; at < 120; at += 1) install(`bad-${at}.ttc`, fontCollection([whole]).map((byte, index) => (index === at ? 255 : byte)));
    const good = install('zz.ttf', hollowFont(gb2312));
    expect((await find()).fangsong.file).toBe(good);
  });

  test('are looked for once in a folder that links to itself', async () => {
    mkdirSync(path.join(folder, 'a'));
    symlinkSync(folder, path.join(folder, 'a/again'));
    install('a/fang.ttf', hollowFont(simfang));
    expect((await find()).fangsong.typeface.kind).toBe('usable');
  });

  test('are not waited for when a font folder never answers', async () => {
    install('fang.ttf', hollowFont(simfang));
    const found = await findTypefaces({ folders: [folder], timeLimitMs: 30, readFaces: () => new Promise(() => undefined) });
    expect(found).toEqual({ fangsong: absent, xiaobiaosong: absent });
  });
});

describe('font folders', () => {
  test('of Windows are the person’s and the system’s', () => {
    const env = { WINDIR: 'D:\\Windows', LOCALAPPDATA: 'D:\\Users\\a\\AppData\\Local' };
    expect(fontFolders({ platform: 'win32', env, home: 'D:\\Users\\a' })).toEqual(['D:\\Users\\a\\AppData\\Local\\Microsoft\\Windows\\Fonts', 'D:\\Windows\\Fonts']);
  });

  test('of Linux follow the XDG folders, of which relative ones do not count', () => {
    const folders = fontFolders({ platform: 'linux', env: { XDG_DATA_DIRS: '/opt/share:share' }, home: '/home/a' });
    expect(folders).toEqual(['/home/a/.local/share/fonts', '/home/a/.fonts', '/opt/share/fonts', '/usr/local/share/fonts', '/usr/share/fonts']);
  });

  test('of macOS hold those fetched on demand', () => {
    expect(fontFolders({ platform: 'darwin', env: {}, home: '/Users/a' })).toContain('/System/Library/AssetsV2/com_apple_MobileAsset_Font7');
  });
});

describe('the page', () => {
  test('asks by role and gets the list without file names, and the bytes of what was found', async () => {
    const bytes = hollowFont(simfang);
    install('fang.ttf', bytes);
    const fonts = systemFonts(find);
    const list = await fonts('/system-fonts');
    expect(JSON.parse(new TextDecoder().decode(list!.bytes))).toEqual({ fangsong: { kind: 'usable', family: '仿宋', collectionFace: null }, xiaobiaosong: { kind: 'absent' } });
    expect(new Uint8Array((await fonts('/system-fonts/fangsong'))!.bytes)).toEqual(bytes);
    expect(await fonts('/system-fonts/xiaobiaosong')).toBeNull();
  });

  test('can name no file', async () => {
    install('fang.ttf', hollowFont(simfang));
    const fonts = systemFonts(find);
    for (const asked of ['/system-fonts/', '/system-fonts/fang.ttf', '/system-fonts/../etc/passwd', '/system-fonts/fangsong/../../x', '/system-fonts/FANGSONG', '/system-fonts/%66angsong', '/']) {
      expect({ asked, answer: await fonts(asked) }).toEqual({ asked, answer: null });
    }
  });

  test('does not get a restricted font', async () => {
    install('fang.ttf', hollowFont({ ...simfang, fsType: 2 }));
    expect(await systemFonts(find)('/system-fonts/fangsong')).toBeNull();
  });

  test('lets the machine be searched once only', async () => {
    let searches = 0;
    const fonts = systemFonts(() => {
      searches += 1;
      return find();
    });
    await Promise.all([fonts('/system-fonts'), fonts('/system-fonts/fangsong'), fonts('/system-fonts')]);
    expect(searches).toBe(1);
  });
});
