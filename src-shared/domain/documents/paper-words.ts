import type * as z from 'zod';
import type { Sampling } from '../inspection/inspection.ts';
import type { ConditionerMode, RoomCheck, RoomOutcome } from '../room-check/room-check.ts';

/** The inspector's words for what was recorded, as papers print them. They state; none of them judges. */
export const outcomeWords: Readonly<Record<RoomOutcome, string>> = {
  checked: '已检', 'locked-door': '锁门', meeting: '会议中', classified: '涉密不入', refused: '拒绝进入',
};

export const modeWords: Readonly<Record<ConditionerMode, string>> = { cooling: '制冷', heating: '制热', fan: '送风', off: '关机' };

export const kindWords: Readonly<Record<NonNullable<RoomCheck['conditionerKind']>, string>> = { central: '中央', 'multi-split': '多联', split: '分体' };

export const controlWords: Readonly<Record<NonNullable<RoomCheck['conditionerControl']>, string>> = { room: '房间可控', central: '集中控制', none: '不可调' };

export const setReadByWords: Readonly<Record<NonNullable<RoomCheck['setReadBy']>, string>> = {
  panel: '面板', remote: '遥控器', bas: '楼控', 'not-readable': '无法读取',
};

export const openingWords: Readonly<Record<NonNullable<RoomCheck['openings']>, string>> = {
  closed: '门窗关', 'window-open': '开窗', 'door-open': '开门', 'both-open': '门窗均开',
};

export const samplingWords: Readonly<Record<z.infer<typeof Sampling>['method'], string>> = { random: '现场随机抽取', 'by-floor': '按楼层抽取', designated: '指定' };

export const seasonWords = { cooling: '夏季', heating: '冬季' } as const;
