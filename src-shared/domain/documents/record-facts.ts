import { compareDecimalTexts, decimalText, parseDecimal } from '../../kit/decimal.ts';
import { shanghaiTimeOfDay } from '../../kit/shanghai-time.ts';
import type { RoomCheck, RoomOutcome } from '../room-check/room-check.ts';
import { modeWords, outcomeWords } from './paper-words.ts';

/**
 * What was found, as sentences for the signed papers. Facts only: what was read, what stood how, what was changed on the
 * spot. No limit is named and nothing is judged; the verdicts stay on the screen.
 */
export type Fact = {
  readonly about: 'counts' | 'not-entered' | 'running' | 'settings' | 'readings' | 'openings' | 'adjusted' | 'special' | 'approved' | 'photos';
  readonly text: string;
};

/** More room numbers than this are not written out: they stand in the room list. */
const NAMED_ROOMS = 30;

export function recordFacts(rooms: readonly RoomCheck[]): readonly Fact[] {
  const checked = rooms.filter((room) => room.outcome === 'checked');
  return [
    ...countFacts(rooms, checked),
    ...notEnteredFacts(rooms),
    ...runningFacts(checked),
    ...settingFacts(checked),
    ...readingFacts(checked),
    ...openingFacts(checked),
    ...adjustedFacts(checked),
    ...claimFacts(checked),
    ...photoFacts(rooms),
  ];
}

/** `0302、0305`, or a pointer to the list when there are many. */
export function roomNames(rooms: readonly RoomCheck[]): string {
  return rooms.length > NAMED_ROOMS ? '房号见房间明细表' : rooms.map((room) => room.room || '未编号').join('、');
}

function countFacts(rooms: readonly RoomCheck[], checked: readonly RoomCheck[]): readonly Fact[] {
  if (rooms.length === 0) return [{ about: 'counts', text: '未登记房间。' }];
  const parts = (Object.keys(outcomeWords) as RoomOutcome[])
    .map((outcome) => ({ outcome, count: rooms.filter((room) => room.outcome === outcome).length }))
    .filter((part) => part.count > 0 && part.outcome !== 'checked')
    .map((part) => `${outcomeWords[part.outcome]}${part.count}间`);
  const open = rooms.filter((room) => room.outcome === null).length;
  if (open > 0) parts.push(`未填写情况${open}间`);
  const rest = parts.length > 0 ? `；${parts.join('，')}` : '';
  return [{ about: 'counts', text: `登记房间${rooms.length}间，进入检查${checked.length}间${rest}。` }];
}

function notEnteredFacts(rooms: readonly RoomCheck[]): readonly Fact[] {
  return (Object.keys(outcomeWords) as RoomOutcome[]).filter((outcome) => outcome !== 'checked').flatMap((outcome) => {
    const those = rooms.filter((room) => room.outcome === outcome);
    return those.length === 0 ? [] : [{ about: 'not-entered' as const, text: `${outcomeWords[outcome]}、未进入的房间：${roomNames(those)}。` }];
  });
}

function runningFacts(checked: readonly RoomCheck[]): readonly Fact[] {
  if (checked.length === 0) return [];
  const parts = ([...Object.keys(modeWords), null] as (RoomCheck['mode'])[])
    .map((mode) => ({ word: mode === null ? '未记录运行状态' : modeWords[mode], count: checked.filter((room) => room.mode === mode).length }))
    .filter((part) => part.count > 0);
  return [{ about: 'running', text: `进入检查的房间中，空调${parts.map((part) => `${part.word}${part.count}间`).join('，')}。` }];
}

function settingFacts(checked: readonly RoomCheck[]): readonly Fact[] {
  return (['cooling', 'heating'] as const).flatMap((mode) => {
    const running = checked.filter((room) => room.mode === mode);
    if (running.length === 0) return [];
    const read = running.filter((room) => room.setTemperatureC !== null);
    const sentences = groupBySetting(read).map(([setting, those]) => `设定${setting}℃的${those.length}间（${roomNames(those)}）`);
    const unread = running.filter((room) => room.setTemperatureC === null);
    if (unread.length > 0) sentences.push(`未读取到设定温度的${unread.length}间（${roomNames(unread)}）`);
    return [{ about: 'settings' as const, text: `${modeWords[mode]}运行的${running.length}间房间，检查时读取的设定温度：${sentences.join('；')}。` }];
  });
}

/** Groups by value (26 and 26.0 are one setting), the lowest first; written in its shortest form. */
function groupBySetting(rooms: readonly RoomCheck[]): readonly (readonly [string, readonly RoomCheck[]])[] {
  const groups = new Map<string, RoomCheck[]>();
  for (const room of rooms) {
    const setting = decimalText(parseDecimal(room.setTemperatureC ?? '0'));
    groups.set(setting, [...(groups.get(setting) ?? []), room]);
  }
  return [...groups].sort(([a], [b]) => compareDecimalTexts(a, b));
}

function readingFacts(checked: readonly RoomCheck[]): readonly Fact[] {
  const values = checked.flatMap((room) => room.readings.map((reading) => reading.valueC)).sort(compareDecimalTexts);
  const lowest = values[0];
  const highest = values.at(-1);
  if (lowest === undefined || highest === undefined) return [];
  const rooms = checked.filter((room) => room.readings.length > 0).length;
  const range = lowest === highest ? `均为${lowest}℃` : `最低${lowest}℃，最高${highest}℃`;
  return [{
    about: 'readings',
    text: `以本记录所列仪器在${rooms}间房间现场点测室内空气温度，共${values.length}个读数，${range}；各读数按仪器显示记录，见房间明细表。`,
  }];
}

function openingFacts(checked: readonly RoomCheck[]): readonly Fact[] {
  const running = checked.filter((room) => room.mode !== null && room.mode !== 'off');
  const open = running.filter((room) => room.openings !== null && room.openings !== 'closed');
  const empty = running.filter((room) => room.occupied === false);
  const sentences = [
    ...(open.length > 0 ? [`门或窗开启的${open.length}间（${roomNames(open)}）`] : []),
    ...(empty.length > 0 ? [`室内无人的${empty.length}间（${roomNames(empty)}）`] : []),
  ];
  return sentences.length === 0 ? [] : [{ about: 'openings', text: `空调运行的房间中，${sentences.join('；')}。` }];
}

function adjustedFacts(checked: readonly RoomCheck[]): readonly Fact[] {
  const adjusted = checked.filter((room) => room.adjusted !== null);
  if (adjusted.length === 0) return [];
  if (adjusted.length > NAMED_ROOMS) return [{ about: 'adjusted', text: `当场调整设定温度的${adjusted.length}间，见房间明细表。` }];
  const each = adjusted.map((room) => `${room.room || '未编号'}（${adjustmentText(room)}）`);
  return [{ about: 'adjusted', text: `当场调整设定温度的${adjusted.length}间：${each.join('、')}。` }];
}

/** `24℃调至26℃，14:07`. */
export function adjustmentText(room: RoomCheck): string {
  if (room.adjusted === null) return '';
  const from = room.setTemperatureC === null ? '' : `${room.setTemperatureC}℃`;
  return `${from}调至${room.adjusted.toC}℃，${shanghaiTimeOfDay(room.adjusted.at)}`;
}

function claimFacts(checked: readonly RoomCheck[]): readonly Fact[] {
  const special = checked.filter((room) => room.specialUse !== null);
  const approved = checked.filter((room) => room.approvedNeed !== null);
  return [
    ...claimFact('special', '登记为特殊用途', special, (room) => room.specialUse?.reason || room.use),
    ...claimFact('approved', '被检查单位说明有经批准的温度需要', approved, approvalText),
  ];
}

function claimFact(about: Fact['about'], words: string, rooms: readonly RoomCheck[], detail: (room: RoomCheck) => string): readonly Fact[] {
  if (rooms.length === 0) return [];
  if (rooms.length > NAMED_ROOMS) return [{ about, text: `${words}的${rooms.length}间，见房间明细表。` }];
  return [{ about, text: `${words}的${rooms.length}间：${rooms.map((room) => `${room.room || '未编号'}（${detail(room)}）`).join('、')}。` }];
}

/** `恒温实验；批准文件：××〔2026〕1号`. Whether the paper exists is a fact; what follows from it is not said here. */
export function approvalText(room: RoomCheck): string {
  if (room.approvedNeed === null) return '';
  const paper = room.approvedNeed.approvalDocument ? `批准文件：${room.approvedNeed.approvalDocument}` : '检查时未出示批准文件';
  return room.approvedNeed.reason ? `${room.approvedNeed.reason}；${paper}` : paper;
}

function photoFacts(rooms: readonly RoomCheck[]): readonly Fact[] {
  const photos = rooms.reduce((sum, room) => sum + room.photos.length, 0);
  const without = rooms.filter((room) => room.noPhoto !== null);
  const sentences = [
    ...(photos > 0 ? [`现场拍摄照片${photos}张，原始文件另行保存`] : []),
    ...(without.length > 0 ? [`不宜拍照的${without.length}间（${roomNames(without)}）`] : []),
  ];
  return sentences.length === 0 ? [] : [{ about: 'photos', text: `${sentences.join('；')}。` }];
}
