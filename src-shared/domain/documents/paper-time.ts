import type { DateText, Instant } from '../../kit/values.ts';

/**
 * Times as papers write them, to the minute, in Asia/Shanghai. The zone is UTC+8 without daylight saving since 1991, so
 * a fixed offset is exact for every paper this product makes.
 */
const OFFSET_MS = 8 * 3_600_000;

/** `2026年8月12日14时03分`. */
export function minuteText(instant: Instant): string {
  const at = shanghai(instant);
  return `${dayWords(at)}${at.getUTCHours()}时${two(at.getUTCMinutes())}分`;
}

/** `2026年8月12日14时03分至15时20分`; the second day is written out when it differs. */
export function periodText(startedAt: Instant, endedAt: Instant): string {
  const end = shanghai(endedAt);
  const sameDay = dayWords(shanghai(startedAt)) === dayWords(end);
  const endText = `${end.getUTCHours()}时${two(end.getUTCMinutes())}分`;
  return `${minuteText(startedAt)}至${sameDay ? '' : dayWords(end)}${endText}`;
}

/** `14:03`, for tables. */
export function clockText(instant: Instant): string {
  const at = shanghai(instant);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

/** `2026年8月12日` of a calendar date. */
export function dayText(date: DateText): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${year}年${Number(month)}月${Number(day)}日`;
}

/** The calendar date in Asia/Shanghai at an instant. */
export function shanghaiDate(instant: Instant): DateText {
  return shanghai(instant).toISOString().slice(0, 10);
}

function shanghai(instant: Instant): Date {
  return new Date(Date.parse(instant) + OFFSET_MS);
}

function dayWords(at: Date): string {
  return `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
