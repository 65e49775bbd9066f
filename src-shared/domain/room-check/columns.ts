import type { RoomCheck } from './room-check.ts';

/** A value a choice column may hold, its Chinese label, and what may be typed for it. */
export type Choice = {
  readonly value: string;
  /** Exact Chinese label; also what is pasted and printed. */
  readonly zh: string;
  /** Initials of its pinyin: `zl` for 制冷. */
  readonly initials: string;
  /** Other words seen in spreadsheets. */
  readonly aliases: readonly string[];
};

export type RoomColumnKind = 'text' | 'decimal' | 'choice' | 'readings' | 'flag' | 'time';

export type RoomColumn = {
  readonly id: RoomColumnId;
  /** The field of the room check it edits. Two columns share `adjusted`, two share `approvedNeed`. */
  readonly field: keyof RoomCheck;
  /** i18next key of the header. */
  readonly labelKey: string;
  /** Chinese header: of pasted tables, of the paper form and of the printed list. */
  readonly zh: string;
  readonly kind: RoomColumnKind;
  /** Kinds choice and flag: in the order of their number keys 1…n. */
  readonly choices: readonly Choice[];
  /** Kind text: longest value, UTF-16 units. */
  readonly maxLength: number;
};

export const roomColumnIds = [
  'room', 'floor', 'outcome', 'use', 'areaM2', 'conditionerKind', 'conditionerControl', 'mode', 'setTemperatureC', 'setReadBy',
  'readings', 'openings', 'occupied', 'adjustedToC', 'adjustedAt', 'specialUse', 'approvedNeed', 'approvalDocument', 'remarks',
] as const;
export type RoomColumnId = (typeof roomColumnIds)[number];

const choice = (value: string, zh: string, initials: string, ...aliases: readonly string[]): Choice => ({ value, zh, initials, aliases });

export const outcomeChoices = [
  choice('checked', '已检', 'yj', '已查'), choice('locked-door', '锁门', 'sm', '门锁'), choice('meeting', '会议中', 'hyz', '会议', '开会'),
  choice('classified', '涉密不入', 'smbr', '涉密'), choice('refused', '拒绝进入', 'jjjr', '拒绝', '拒入'),
] as const;
export const conditionerKindChoices = [
  choice('central', '中央', 'zy', '中央空调'), choice('multi-split', '多联', 'dl', '多联机', 'VRV', 'VRF'), choice('split', '分体', 'ft', '分体机', '挂机', '柜机'),
] as const;
export const conditionerControlChoices = [
  choice('room', '房间可控', 'fjkk', '可控', '可调'), choice('central', '集中控制', 'jzkz', '集中', '集控'), choice('none', '不可调', 'bkt', '不可控'),
] as const;
export const modeChoices = [
  choice('cooling', '制冷', 'zl', '冷', '冷风'), choice('heating', '制热', 'zr', '热', '暖', '供暖'), choice('fan', '送风', 'sf', '通风'), choice('off', '关机', 'gj', '关', '未开', '停机'),
] as const;
export const setReadByChoices = [
  choice('panel', '面板', 'mb', '温控面板', '线控器'), choice('remote', '遥控器', 'ykq', '遥控'), choice('bas', '楼控系统', 'lkxt', '楼控', 'BA', 'BAS'),
  choice('not-readable', '无法读取', 'wfdq', '不可读', '无显示'),
] as const;
export const openingChoices = [
  choice('closed', '关', 'g', '关闭', '均关', '关窗'), choice('window-open', '开窗', 'kc', '窗开'), choice('door-open', '开门', 'km', '门开'),
  choice('both-open', '门窗均开', 'mcjk', '均开', '全开'),
] as const;
/** Values 'yes' and 'no' stand for the booleans of the field. */
export const occupiedChoices = [choice('yes', '有', 'y', '有人', '是', 'true'), choice('no', '无', 'n', '无人', '否', 'w', 'false')] as const;

const noChoices: readonly Choice[] = [];

function column(id: RoomColumnId, field: keyof RoomCheck, zh: string, kind: RoomColumnKind, more: Partial<RoomColumn> = {}): RoomColumn {
  return { id, field, labelKey: `roomCheck.column.${id}`, zh, kind, choices: noChoices, maxLength: 0, ...more };
}

/** Every column of the room grid, in the order of the screen, of a pasted table without a header and of the paper form. */
export const roomColumns: readonly RoomColumn[] = [
  column('room', 'room', '房号', 'text', { maxLength: 40 }),
  column('floor', 'floor', '楼层', 'text', { maxLength: 20 }),
  column('outcome', 'outcome', '结果', 'choice', { choices: outcomeChoices }),
  column('use', 'use', '用途', 'text', { maxLength: 60 }),
  column('areaM2', 'areaM2', '面积', 'decimal'),
  column('conditionerKind', 'conditionerKind', '空调', 'choice', { choices: conditionerKindChoices }),
  column('conditionerControl', 'conditionerControl', '控制', 'choice', { choices: conditionerControlChoices }),
  column('mode', 'mode', '工况', 'choice', { choices: modeChoices }),
  column('setTemperatureC', 'setTemperatureC', '设定', 'decimal'),
  column('setReadBy', 'setReadBy', '读取', 'choice', { choices: setReadByChoices }),
  column('readings', 'readings', '实测', 'readings'),
  column('openings', 'openings', '门窗', 'choice', { choices: openingChoices }),
  column('occupied', 'occupied', '有人', 'flag', { choices: occupiedChoices }),
  column('adjustedToC', 'adjusted', '当场调至', 'decimal'),
  column('adjustedAt', 'adjusted', '调整时间', 'time'),
  column('specialUse', 'specialUse', '特殊用途', 'text', { maxLength: 200 }),
  column('approvedNeed', 'approvedNeed', '批准需要', 'text', { maxLength: 200 }),
  column('approvalDocument', 'approvedNeed', '批准文件', 'text', { maxLength: 120 }),
  column('remarks', 'remarks', '备注', 'text', { maxLength: 2000 }),
];

const columnById = new Map(roomColumns.map((each) => [each.id, each]));

export function roomColumn(id: RoomColumnId): RoomColumn {
  const found = columnById.get(id);
  if (!found) throw new Error(`no room column ${id}`);
  return found;
}

/** The Chinese label of a stored choice (制冷 for `cooling`); '' for null and for a value this version does not know. */
export function choiceLabel(choices: readonly Choice[], value: string | null): string {
  return choices.find((each) => each.value === value)?.zh ?? '';
}
