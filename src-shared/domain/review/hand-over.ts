import type { JsonValue } from '../../kit/values.ts';
import { shanghaiDateTime, shanghaiTimeOfDay } from '../../kit/shanghai-time.ts';
import type { RecordState } from '../../sync/record-state.ts';
import type { InspectionLock } from '../inspection/inspection.ts';
import { modeWords, openingWords, outcomeWords, setReadByWords } from '../documents/paper-words.ts';
import type { RoomCheck } from '../room-check/room-check.ts';

/** One cell of a sheet: text as it stands (never a formula), a decimal kept as text, or nothing. */
export type SheetCell = string | number | null;
export type HandOver = {
  readonly json: JsonValue;
  readonly sheets: readonly { readonly name: string; readonly rows: readonly (readonly SheetCell[])[] }[];
};

/**
 * The hand-over of one inspection to the provincial platform (综合行政执法条例 23 makes that platform the place of record,
 * docs/sources.md#zhejiang-platform), as JSON and as sheets. The platform's own template and matter codes are not
 * public: the columns are ours, named in plain words, values as recorded. A person copies from the sheets: they speak of
 * Shanghai time and in the words of the job. Programs read the JSON: instants in UTC, the codes of the record. People, organs and
 * institution are those of the lock where it holds them, else of today.
 */
export function handOver(inspection: RecordState, present: RecordState | null, rooms: readonly RoomCheck[], presentName: (id: string) => string, madeAt: string): HandOver {
  const { institution, nameOf } = asLocked(inspection, present) ?? { institution: present?.fields ?? {}, nameOf: presentName };
  const field = (name: string): JsonValue => inspection.fields[name] ?? null;
  const text = (name: string): string => String(field(name) ?? '');
  const names = (name: string): string => ((field(name) as readonly string[] | null) ?? []).map(nameOf).join('、');
  const accompanying = field('accompanying') as { name: string; post: string; telephone: string } | null;
  /** Key, label, value, and what the sheet shows of it where that differs. */
  const head: readonly (readonly [string, string, SheetCell, SheetCell?])[] = [
    ['inspectionId', '检查记录标识', inspection.recordId],
    ['institutionName', '被检查单位', text('institutionName')],
    ['creditCode', '统一社会信用代码', String(institution['creditCode'] ?? '')],
    ['level', '层级', institution['level'] === 'district' ? '区县' : '市级'],
    ['taskSource', '任务来源', text('taskSource')],
    ['leadOrgan', '牵头机关', nameOf(text('leadOrganId'))],
    ['jointOrgans', '联合机关', names('jointOrganIds')],
    ['officers', '检查人员', names('officerIds')],
    ['assistants', '辅助人员', names('assistantIds')],
    ['accompanying', '单位陪同人员', accompanying ? [accompanying.name, accompanying.post, accompanying.telephone].filter(Boolean).join(' ') : ''],
    ['startedAt', '开始时间', text('startedAt'), timeText(text('startedAt'))],
    ['endedAt', '结束时间', text('endedAt'), timeText(text('endedAt'))],
    ['outdoorTemperatureC', '室外温度（℃）', text('outdoorTemperatureC')],
    ['roomsListed', '登记房间数', rooms.length],
    ['roomsChecked', '进入检查房间数', rooms.filter((room) => room.outcome === 'checked').length],
    ['sample', '样例数据', institution['sample'] === true ? '是（演示，不得上报）' : '否'],
    ['madeAt', '导出时间', madeAt, timeText(madeAt)],
  ];
  const columns = ['房间', '楼层', '用途', '面积（㎡）', '结果', '运行工况', '设定温度（℃）', '读取方式', '实测（℃）', '门窗', '有人', '当场调整为（℃）', '特殊用途', '经批准的需要', '备注', '照片数'];
  const rows = rooms.map(sheetRow);
  return {
    json: {
      format: 'xuncha-hand-over', version: 1,
      inspection: Object.fromEntries(head.map(([key, , value]) => [key, value])),
      rooms: rooms.map((room) => jsonRoom(room)),
    },
    sheets: [
      { name: '检查信息', rows: head.map(([, label, value, shown]) => [label, shown ?? value]) },
      { name: '房间明细', rows: [columns, ...rows] },
    ],
  };
}

type Around = { readonly institution: Readonly<Record<string, JsonValue>>; readonly nameOf: (id: string) => string };

function asLocked({ fields }: RecordState, present: RecordState | null): Around | null {
  const printed = ((fields['lock'] ?? null) as InspectionLock | null)?.printed;
  if (!printed) return null;
  const names = new Map([...printed.people, ...printed.organs].map(({ id, name }) => [id, name]));
  return { institution: printed.institution ?? present?.fields ?? {}, nameOf: (id) => names.get(id) ?? id.slice(0, 8) };
}

function timeText(instant: string): string {
  return instant === '' ? '' : shanghaiDateTime(instant);
}

function sheetRow(room: RoomCheck): readonly SheetCell[] {
  return [
    room.room, room.floor, room.use, room.areaM2, room.outcome && outcomeWords[room.outcome], room.mode && modeWords[room.mode],
    room.setTemperatureC, room.setReadBy && setReadByWords[room.setReadBy],
    room.readings.map((reading) => (reading.at === null ? reading.valueC : `${reading.valueC}（${shanghaiTimeOfDay(reading.at)}）`)).join(' '),
    room.openings && openingWords[room.openings], room.occupied === null ? '' : room.occupied ? '是' : '否',
    room.adjusted?.toC ?? '', room.specialUse?.reason ?? '', room.approvedNeed ? `${room.approvedNeed.reason} ${room.approvedNeed.approvalDocument ?? '（无文件）'}` : '',
    room.remarks, room.photos.length,
  ];
}

function jsonRoom(room: RoomCheck): JsonValue {
  return {
    id: room.id, room: room.room, floor: room.floor, use: room.use, areaM2: room.areaM2, outcome: room.outcome, mode: room.mode,
    conditionerKind: room.conditionerKind, setTemperatureC: room.setTemperatureC, setReadBy: room.setReadBy,
    readings: room.readings.map(({ valueC, at, point }) => ({ valueC, at, point })), openings: room.openings, occupied: room.occupied,
    adjusted: room.adjusted, specialUse: room.specialUse, approvedNeed: room.approvedNeed, remarks: room.remarks,
    photos: room.photos.map((photo) => ({ sha256: photo.evidence.sha256, subject: photo.subject })),
  };
}
