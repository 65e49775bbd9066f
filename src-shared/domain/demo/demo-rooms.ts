import { instantInShanghai } from '../../kit/shanghai-time.ts';
import type { Instant, JsonValue } from '../../kit/values.ts';
import type { conditionerModes, RoomOutcome } from '../room-check/room-check.ts';
import { measuringPoints } from '../room-check/measuring-points.ts';
import type { DemoRecord } from './demo-record.ts';
import { seeded, type Seeded } from './seeded.ts';

export type DemoBuilding = {
  readonly inspectionId: string;
  /** Last group but one of the room ids: four hexadecimal digits, unique a building. */
  readonly group: string;
  readonly seed: number;
  readonly date: string;
  /** Minutes after midnight in Shanghai at which the first room was entered. */
  readonly startMinute: number;
  readonly floors: number;
  readonly rooms: number;
  /** Rooms from here on have not been visited yet. */
  readonly visited: number;
};

type Room = Record<string, JsonValue>;
type Mode = (typeof conditionerModes)[number];

const minutesARoom = 1;

/** Rooms of one building as three people would have written them down on one summer day. */
export function demoRooms(building: DemoBuilding): readonly DemoRecord[] {
  const random = seeded(building.seed);
  const aFloor = Math.ceil(building.rooms / building.floors);
  return Array.from({ length: building.rooms }, (_, index) => {
    const floor = Math.floor(index / aFloor) + 1;
    const values: Room = {
      inspectionId: building.inspectionId, order: (index + 1) * 1000, removed: false, remarks: '',
      room: `${String(floor).padStart(2, '0')}${String((index % aFloor) + 1).padStart(2, '0')}`, floor: String(floor),
      ...roomKind(random, index % aFloor, floor),
    };
    const minute = building.startMinute + index * minutesARoom;
    const at = instantInShanghai(building.date, `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
    if (index < building.visited) visit(values, random, at);
    return { recordType: 'roomCheck', recordId: `0190d3c3-0000-7000-8${building.group}-${String(index + 1).padStart(12, '0')}`, kind: 'create', values };
  });
}

/** What a room is, whether anybody has been in it or not. */
function roomKind(random: Seeded, place: number, floor: number): Room {
  const use = place === 0 && floor % 3 === 1 ? '机房' : random.pick([['办公', 76], ['会议室', 9], ['接待室', 4], ['值班室', 3], ['档案室', 3], ['文印室', 3], ['活动室', 2]]);
  const areaM2 = use === '办公' ? String(random.integer(16, 36)) : use === '会议室' ? String(random.integer(40, 110)) : `${random.integer(14, 48)}.${random.integer(0, 9)}`;
  const conditionerKind = use === '机房' ? 'split' : random.pick([['multi-split', 60], ['central', 25], ['split', 15]]);
  return { use, areaM2, conditionerKind, conditionerControl: conditionerKind === 'central' ? random.pick([['central', 60], ['room', 40]]) : 'room' };
}

function visit(room: Room, random: Seeded, at: Instant): void {
  const outcome: RoomOutcome = random.pick([['checked', 92], ['locked-door', 4], ['meeting', 3], ['classified', 1]]);
  room['outcome'] = outcome;
  if (outcome !== 'checked') return;
  const isServerRoom = room['use'] === '机房';
  const mode: Mode = isServerRoom ? 'cooling' : random.pick([['cooling', 80], ['off', 15], ['fan', 5]]);
  room['mode'] = mode;
  room['occupied'] = mode === 'off' ? random.chance(25) : random.chance(88);
  room['openings'] = random.pick([['closed', 88], ['door-open', 8], ['window-open', 3], ['both-open', 1]]);
  if (mode === 'cooling') cool(room, random, at, isServerRoom);
  else readAir(room, random, at, 275 + random.integer(0, 22));
  if (mode === 'cooling' && room['occupied'] === false && !isServerRoom) room['remarks'] = '室内无人，空调运行，已请联络员关闭';
}

function cool(room: Room, random: Seeded, at: Instant, isServerRoom: boolean): void {
  const set = isServerRoom ? random.integer(20, 23) * 10 : random.pick([[260, 56], [270, 15], [280, 5], [265, 4], [250, 9], [240, 7], [230, 3], [220, 1]]);
  const isReadable = isServerRoom || !random.chance(2);
  room['setReadBy'] = isReadable ? random.pick([['panel', 68], ['remote', 27], ['bas', 5]]) : 'not-readable';
  room['setTemperatureC'] = isReadable ? panelText(set) : null;
  readAir(room, random, at, set + random.integer(-4, 9));
  if (isServerRoom) room['specialUse'] = { reason: '信息机房，设备运行需要' };
  if (room['use'] === '档案室') {
    room['approvedNeed'] = { reason: '纸质档案保存需要', approvalDocument: random.chance(50) ? '示机管〔2026〕12号' : null };
  } else if (set < 260 && isReadable && !isServerRoom && random.chance(55)) {
    room['adjusted'] = { toC: '26', at };
  }
}

/** As many points as advised, at most three, each a few tenths around `middle` (tenths of a degree). */
function readAir(room: Room, random: Seeded, at: Instant, middle: number): void {
  const points = Math.min(3, measuringPoints(String(room['areaM2']))?.min ?? 1);
  for (let point = 1; point <= points; point += 1) {
    const value = middle + random.integer(-3, 3);
    room[`readings/p${point}`] = { valueC: `${Math.floor(value / 10)}.${value % 10}`, at, point };
  }
}

/** As a panel shows it: 26, 26.5. */
function panelText(tenths: number): string {
  return tenths % 10 === 0 ? String(tenths / 10) : `${Math.floor(tenths / 10)}.${tenths % 10}`;
}
