import { chineseDateTime } from '../../kit/shanghai-time.ts';
import { readRoomCheck } from '../room-check/read-room-check.ts';
import type { PaperBase } from './paper.ts';
import { marksOf, type PaperSources } from './paper-sources.ts';
import { periodText } from './paper-time.ts';
import { roomRows, SPOT_METHOD, type RoomList, type RoomListRow } from './room-list.ts';
import type { Supplement } from './supplement.ts';

/**
 * 补充房间明细表: an attachment to the 现场检查笔录 for rooms that reached the lead only after 定稿 and that a person accepted. It has its own
 * 现场编号, names the papers it belongs to by number and hash, and alters neither. Facts only, as the list itself; no
 * article is cited, since none that was seen orders such a list (docs/sources.md#supplement-of-a-record).
 */
export type SupplementList = PaperBase & {
  readonly kind: 'supplement-list';
  readonly statement: string;
  readonly originals: readonly { readonly title: string; readonly fieldNumber: string; readonly sha256: string }[];
  readonly methodText: string;
  readonly period: string;
  readonly place: string;
  /** Rooms that the locked list does not have. */
  readonly rows: readonly RoomListRow[];
  /** Rooms that it has, as somebody wrote on them afterwards. */
  readonly changedRows: readonly RoomListRow[];
  readonly notes: RoomList['notes'];
  /** Who accepted which room, and why. */
  readonly decisions: readonly string[];
};

/** `nameOf`: who accepted may have no part in the inspection, and is no fact of its lock. */
export function supplementList(sources: PaperSources, supplement: Supplement, nameOf: (officerId: string) => string): SupplementList {
  const { inspection } = sources;
  const { startedAt, endedAt } = inspection;
  const [original] = supplement.originals;
  const added = supplement.rooms.filter((room) => room.what === 'new');
  const changed = supplement.rooms.filter((room) => room.what === 'changed');
  const ordered = [...added, ...changed];
  const { rows, notes } = roomRows(ordered.map((room) => readRoomCheck(room.state)));
  return {
    kind: 'supplement-list', version: 1, title: '补充房间明细表',
    organ: sources.organName(inspection.leadOrganId), unit: inspection.institutionName ?? '',
    fieldNumber: sources.fieldNumber, madeAt: sources.madeAt, marks: marksOf(sources),
    statement: `本表是《现场检查笔录》（现场编号：${original?.fieldNumber ?? ''}）的附件，补列该笔录于${chineseDateTime(supplement.lockedAt)}定稿之后才收到、经核对采纳的房间检查记录，共${ordered.length}间。原笔录和原房间明细表的内容不变。`,
    originals: supplement.originals.map((paper) => ({ title: paper.title, fieldNumber: paper.fieldNumber, sha256: paper.pdf?.evidence.sha256 ?? '' })),
    methodText: SPOT_METHOD,
    period: startedAt && endedAt ? periodText(startedAt, endedAt) : '',
    place: inspection.place ?? '',
    rows: rows.slice(0, added.length), changedRows: rows.slice(added.length), notes,
    decisions: decisionTexts(ordered, nameOf),
    missing: [],
  };
}

/** Rooms accepted by one person for one reason in the same minute share a line. */
function decisionTexts(rooms: Supplement['rooms'], nameOf: (officerId: string) => string): readonly string[] {
  const lines = new Map<string, string[]>();
  for (const { state, decision } of rooms) {
    const text = `${nameOf(decision.by)}于${chineseDateTime(decision.at)}记录采纳，理由：${decision.reason}`;
    const named = lines.get(text) ?? [];
    named.push(String(state.fields['room'] ?? '') || '未编号');
    lines.set(text, named);
  }
  return [...lines].map(([text, named]) => `${named.join('、')}：${text}`);
}
