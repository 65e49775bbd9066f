/**
 * Every colour and size of the product, once. `app/theme.ts` turns them into CSS variables (`--x-<name>`) on :root and
 * into the MUI theme; nothing else may write a colour. Verdicts also have a word and a shape (ui/verdict-mark.tsx).
 */
export type ThemeName = 'light' | 'dark' | 'contrast';

export type ColourName =
  | 'paper' | 'raised' | 'sunken' | 'rail' | 'railInk' | 'railActive' | 'ink' | 'inkMuted' | 'inkFaint' | 'hairline' | 'hairlineStrong'
  | 'accent' | 'accentInk' | 'accentSoft' | 'focus' | 'selection' | 'rowHover'
  | 'ok' | 'okSoft' | 'exceeds' | 'exceedsSoft' | 'toVerify' | 'toVerifySoft' | 'notApplicable' | 'notApplicableSoft' | 'danger' | 'demo' | 'demoSoft';

export const colours: Readonly<Record<ThemeName, Readonly<Record<ColourName, string>>>> = {
  light: {
    paper: '#fbfaf7', raised: '#ffffff', sunken: '#f2f0ea', rail: '#1f2f46', railInk: '#d6deea', railActive: '#33496a',
    ink: '#1b2433', inkMuted: '#55607a', inkFaint: '#7c8598', hairline: '#e0dcd2', hairlineStrong: '#c3bdaf',
    accent: '#1f5fa8', accentInk: '#ffffff', accentSoft: '#e3edf8', focus: '#1f5fa8', selection: '#dbe8f7', rowHover: '#f5f3ed',
    ok: '#2f6b45', okSoft: '#e6f1e9', exceeds: '#a8341f', exceedsSoft: '#f9e5e0', toVerify: '#8a5a00', toVerifySoft: '#fbf0d6',
    notApplicable: '#6a6488', notApplicableSoft: '#eeecf4', danger: '#a8341f', demo: '#7a3f8f', demoSoft: '#f3e8f7',
  },
  dark: {
    paper: '#12171f', raised: '#1a212c', sunken: '#0e1218', rail: '#0c1119', railInk: '#b9c4d6', railActive: '#24334b',
    ink: '#e6eaf1', inkMuted: '#a3aec0', inkFaint: '#7f8a9d', hairline: '#2a3341', hairlineStrong: '#3c4860',
    accent: '#7fb2ee', accentInk: '#0d1a2b', accentSoft: '#1d2f47', focus: '#8fbdf2', selection: '#22364f', rowHover: '#1d2531',
    ok: '#8cc9a1', okSoft: '#1a2f23', exceeds: '#f09a86', exceedsSoft: '#3a1f1a', toVerify: '#e6bf6c', toVerifySoft: '#352a13',
    notApplicable: '#b3abd6', notApplicableSoft: '#262338', danger: '#f09a86', demo: '#d3a3e6', demoSoft: '#2f2038',
  },
  contrast: {
    paper: '#ffffff', raised: '#ffffff', sunken: '#ffffff', rail: '#000000', railInk: '#ffffff', railActive: '#444444',
    ink: '#000000', inkMuted: '#1a1a1a', inkFaint: '#333333', hairline: '#595959', hairlineStrong: '#000000',
    accent: '#003a8c', accentInk: '#ffffff', accentSoft: '#cfe0ff', focus: '#d10000', selection: '#cfe0ff', rowHover: '#eeeeee',
    ok: '#00521f', okSoft: '#ffffff', exceeds: '#a00000', exceedsSoft: '#ffffff', toVerify: '#6b3f00', toVerifySoft: '#ffffff',
    notApplicable: '#3d2f7a', notApplicableSoft: '#ffffff', danger: '#a00000', demo: '#5a006e', demoSoft: '#ffffff',
  },
};

/** Four sizes, px. */
export const typeSizes = { small: 12, body: 14, lead: 17, title: 22 } as const;
export const rowHeight = 32;
/** Chinese sans of the system; tabular figures are switched on in tables. */
export const screenFont = "'Microsoft YaHei UI', 'PingFang SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'WenQuanYi Micro Hei', system-ui, sans-serif";
/** On paper only. */
export const paperFont = "'FangSong', 'STFangsong', 'Noto Serif SC', serif";

/** Inks on paper: the same under every theme. gap marks are drawn in previews only. */
export const paperInks = {
  black: '#000000', white: '#ffffff', faint: '#555555', officialRed: '#c8102e', watermark: '#808080', gap: '#7a4a00', gapSoft: '#ffe9a8', shade: '#eeeeee',
} as const;

export function cssVariable(name: ColourName): string {
  return `var(--x-${name})`;
}
