import * as z from 'zod';
import { DecimalText, Instant, Uuid } from '../../kit/values.ts';
import { Photo } from '../evidence/evidence.ts';

/** checked 已检, locked-door 锁门, meeting 会议中, classified 涉密不入, refused 拒绝进入. */
export const roomOutcomes = ['checked', 'locked-door', 'meeting', 'classified', 'refused'] as const;
export const RoomOutcome = z.enum(roomOutcomes);
export type RoomOutcome = z.infer<typeof RoomOutcome>;
/** central 中央, multi-split 多联, split 分体. */
export const conditionerKinds = ['central', 'multi-split', 'split'] as const;
/** room 房间可控, central 集中控制, none 不可调. */
export const conditionerControls = ['room', 'central', 'none'] as const;
/** cooling 制冷, heating 制热, fan 送风, off 关机. */
export const conditionerModes = ['cooling', 'heating', 'fan', 'off'] as const;
export const ConditionerMode = z.enum(conditionerModes);
export type ConditionerMode = z.infer<typeof ConditionerMode>;
/** panel 面板, remote 遥控器, bas 楼控系统, not-readable 无法读取. */
export const setReadings = ['panel', 'remote', 'bas', 'not-readable'] as const;
/** closed 关, window-open 开窗, door-open 开门, both-open 门窗均开. */
export const openingStates = ['closed', 'window-open', 'door-open', 'both-open'] as const;

export const Reading = z.strictObject({
  /** °C, raw as written on the instrument. */
  valueC: DecimalText,
  /** Time of entry, automatic; null when pasted without a time. */
  at: Instant.nullable(),
  point: z.number().int().min(1).max(50),
});
export type Reading = Readonly<z.infer<typeof Reading>>;

/** recordType `roomCheck`: each room is its own record, so that several people fill one building without conflicts. */
export const roomCheckFields = {
  inspectionId: Uuid,
  /** Row order on the desk; ties broken by record id. */
  order: z.number().int().safe(),
  room: z.string().max(40),
  floor: z.string().max(20),
  use: z.string().max(60),
  areaM2: DecimalText.nullable(),
  outcome: RoomOutcome.nullable(),
  conditionerKind: z.enum(conditionerKinds).nullable(),
  conditionerControl: z.enum(conditionerControls).nullable(),
  mode: ConditionerMode.nullable(),
  /** The value found, °C. An adjustment on the spot never changes it. Empty is null, never 0. */
  setTemperatureC: DecimalText.nullable(),
  setReadBy: z.enum(setReadings).nullable(),
  /** list `readings/<id>`; null removes. */
  readings: Reading.nullable(),
  openings: z.enum(openingStates).nullable(),
  occupied: z.boolean().nullable(),
  /** 当场调整: new setting °C and when. */
  adjusted: z.strictObject({ toC: DecimalText, at: Instant }).nullable(),
  specialUse: z.strictObject({ reason: z.string().max(200) }).nullable(),
  approvedNeed: z.strictObject({ reason: z.string().max(200), approvalDocument: z.string().max(120).nullable() }).nullable(),
  remarks: z.string().max(2000),
  /** list `photos/<id>`; null removes from the record (the original stays stored). */
  photos: Photo.nullable(),
  /** 不宜拍照, with its reason. */
  noPhoto: z.strictObject({ reason: z.string().min(1).max(200) }).nullable(),
  /** Set by undo of an added row; the record stays in the journal. */
  removed: z.boolean(),
} as const;

/** A room check as the rules and the screens read it. */
export type RoomCheck = {
  readonly id: Uuid;
  readonly inspectionId: Uuid;
  readonly order: number;
  readonly room: string;
  readonly floor: string;
  readonly use: string;
  readonly areaM2: string | null;
  readonly outcome: RoomOutcome | null;
  readonly conditionerKind: (typeof conditionerKinds)[number] | null;
  readonly conditionerControl: (typeof conditionerControls)[number] | null;
  readonly mode: ConditionerMode | null;
  readonly setTemperatureC: string | null;
  readonly setReadBy: (typeof setReadings)[number] | null;
  /** Sorted by point, then id. */
  readonly readings: readonly (Reading & { readonly id: string })[];
  readonly openings: (typeof openingStates)[number] | null;
  readonly occupied: boolean | null;
  readonly adjusted: { readonly toC: string; readonly at: string } | null;
  readonly specialUse: { readonly reason: string } | null;
  readonly approvedNeed: { readonly reason: string; readonly approvalDocument: string | null } | null;
  readonly remarks: string;
  readonly photos: readonly (Photo & { readonly id: string })[];
  readonly noPhoto: { readonly reason: string } | null;
};
