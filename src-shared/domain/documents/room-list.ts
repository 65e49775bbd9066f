import { shanghaiTimeOfDay } from '../../kit/shanghai-time.ts';
import type { RoomCheck } from '../room-check/room-check.ts';
import type { PaperBase } from './paper.ts';
import { marksOf, type PaperSources } from './paper-sources.ts';
import { periodText } from './paper-time.ts';
import { controlWords, kindWords, modeWords, openingWords, outcomeWords, setReadByWords } from './paper-words.ts';
import { adjustmentText, approvalText } from './record-facts.ts';

/**
 * 房间明细表. The method is always SPOT 现场点测: these are single readings on the spot, never a measurement by the
 * logging standard for indoor temperature, so no standard is named.
 */
export type RoomList = PaperBase & {
  readonly kind: 'room-list';
  readonly method: 'SPOT';
  readonly methodText: string;
  readonly period: string;
  readonly place: string;
  readonly rows: readonly RoomListRow[];
  /** Long remarks, printed in full after the table; `row` is their number in it. */
  readonly notes: readonly { readonly number: number; readonly room: string; readonly text: string }[];
};

export type RoomListRow = {
  readonly floor: string;
  readonly room: string;
  readonly use: string;
  readonly areaM2: string;
  readonly outcome: string;
  readonly conditioner: string;
  readonly control: string;
  readonly mode: string;
  readonly setTemperatureC: string;
  readonly setReadBy: string;
  readonly readings: readonly string[];
  readonly openings: string;
  readonly occupied: string;
  readonly adjusted: string;
  readonly remarks: string;
};

export const SPOT_METHOD = '现场点测（方法代码SPOT）：读数按仪器显示记录，括号内为读数时间';

/** A longer text would make one row higher than a page. */
const SHORT_REMARK = 60;

export function roomList(sources: PaperSources): RoomList {
  const { inspection, rooms } = sources;
  const { startedAt, endedAt } = inspection;
  return {
    kind: 'room-list', version: 1, title: '房间明细表',
    organ: sources.organName(inspection.leadOrganId), unit: inspection.institutionName ?? '',
    fieldNumber: sources.fieldNumber, madeAt: sources.madeAt, marks: marksOf(sources),
    method: 'SPOT', methodText: SPOT_METHOD,
    period: startedAt && endedAt ? periodText(startedAt, endedAt) : '',
    place: inspection.place ?? '',
    ...roomRows(rooms),
    missing: rooms.length === 0 ? [{ path: 'rooms', label: '房间' }] : [],
  };
}

/** Rows of a table of rooms; a remark too long for its cell becomes a note after it. */
export function roomRows(rooms: readonly RoomCheck[]): Pick<RoomList, 'rows' | 'notes'> {
  const notes: RoomList['notes'][number][] = [];
  const rows = rooms.map((room) => {
    const remarks = remarkText(room);
    if ([...remarks].length <= SHORT_REMARK) return row(room, remarks);
    notes.push({ number: notes.length + 1, room: room.room, text: remarks });
    return row(room, `见表后注${notes.length}`);
  });
  return { rows, notes };
}

function row(room: RoomCheck, remarks: string): RoomListRow {
  return {
    floor: room.floor, room: room.room, use: room.use, areaM2: room.areaM2 ?? '',
    outcome: room.outcome === null ? '' : outcomeWords[room.outcome],
    conditioner: room.conditionerKind === null ? '' : kindWords[room.conditionerKind],
    control: room.conditionerControl === null ? '' : controlWords[room.conditionerControl],
    mode: room.mode === null ? '' : modeWords[room.mode],
    setTemperatureC: room.setTemperatureC ?? '',
    setReadBy: room.setReadBy === null ? '' : setReadByWords[room.setReadBy],
    readings: readingTexts(room.readings),
    openings: room.openings === null ? '' : openingWords[room.openings],
    occupied: room.occupied === null ? '' : room.occupied ? '有' : '无',
    adjusted: adjustmentText(room),
    remarks,
  };
}

/** `26.5 27.0（14:10）`: readings of one minute share their time; each value as it was written. */
function readingTexts(readings: RoomCheck['readings']): readonly string[] {
  const groups: { readonly values: string[]; readonly time: string | null }[] = [];
  for (const { valueC, at } of readings) {
    const time = at === null ? null : shanghaiTimeOfDay(at);
    const last = groups.at(-1);
    if (last && last.time === time) last.values.push(valueC);
    else groups.push({ values: [valueC], time });
  }
  return groups.map(({ values, time }) => `${values.join(' ')}${time === null ? '' : `（${time}）`}`);
}

function remarkText(room: RoomCheck): string {
  return [
    room.specialUse === null ? '' : `特殊用途：${room.specialUse.reason || room.use}`,
    room.approvedNeed === null ? '' : `经批准的需要：${approvalText(room)}`,
    room.photos.length > 0 ? `照片${room.photos.length}张` : '',
    room.noPhoto === null ? '' : `不宜拍照：${room.noPhoto.reason}`,
    room.remarks,
  ].filter(Boolean).join('；');
}
