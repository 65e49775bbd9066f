import type { TypefaceRole } from '#shared/bridge/system-typefaces.ts';

/**
 * Names by which a face is taken, the best first. Whole names, never parts of one: 方正小标宋繁体 and 方正仿宋繁体 draw traditional
 * forms at the code points of simplified characters. First what offices set their papers in, then what systems bring.
 * 楷体 and 黑体 are for headings inside a 公文; our papers have none, so neither is looked for.
 */
const wanted: Readonly<Record<TypefaceRole, readonly (readonly string[])[]>> = {
  fangsong: [
    ['仿宋_GB2312', 'FangSong_GB2312'],
    ['仿宋', 'FangSong'],
    ['方正仿宋_GBK', 'FZFangSong-Z02', 'FZFSK--GBK1-0'],
    ['方正仿宋简体', 'FZFangSong-Z02S', 'FZFSJW--GB1-0'],
    ['方正仿宋_GB2312', 'FZFS_GB2312'],
    ['华文仿宋', 'STFangsong'],
    ['Adobe 仿宋 Std', 'Adobe 仿宋 Std R', 'Adobe Fangsong Std', 'Adobe Fangsong Std R'],
    ['朱雀仿宋', 'Zhuque Fangsong', '朱雀仿宋（预览测试版）', 'Zhuque Fangsong (technical preview)'],
  ],
  xiaobiaosong: [
    ['方正小标宋简体', 'FZXiaoBiaoSong-B05S', 'FZXBSJW--GB1-0'],
    ['方正小标宋_GBK', 'FZXiaoBiaoSong-B05', 'FZXBSK--GBK1-0'],
    ['方正公文小标宋'],
    ['小标宋', '小标宋体', 'XiaoBiaoSong'],
  ],
};

const ranks: Readonly<Record<TypefaceRole, ReadonlyMap<string, number>>> = { fangsong: rankOf(wanted.fangsong), xiaobiaosong: rankOf(wanted.xiaobiaosong) };

/** How well a face that calls itself by `names` fits: 0 is best, null is not at all. */
export function fitness(role: TypefaceRole, names: readonly string[]): number | null {
  const found = names.map((name) => ranks[role].get(plain(name))).filter((rank) => rank !== undefined);
  return found.length === 0 ? null : Math.min(...found);
}

function rankOf(groups: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  return new Map(groups.flatMap((names, rank) => names.map((name) => [plain(name), rank] as const)));
}

/** Case, spaces, hyphens, underlines and brackets of both widths differ between systems and releases. */
function plain(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/[\s_()-]/g, '');
}
