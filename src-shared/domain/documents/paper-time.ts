import { chineseDate, dayNumber } from '../../kit/calendar-date.ts';
import { chineseDateTime, shanghaiDate } from '../../kit/shanghai-time.ts';
import type { DateText, Instant } from '../../kit/values.ts';

/** `2026年8月12日14时03分至15时20分`; the second day is written out when it differs. */
export function periodText(startedAt: Instant, endedAt: Instant): string {
  const end = chineseDateTime(endedAt);
  const sameDay = shanghaiDate(startedAt) === shanghaiDate(endedAt);
  return `${chineseDateTime(startedAt)}至${sameDay ? end.slice(end.indexOf('日') + 1) : end}`;
}

/** `2026年8月12日`; what is no calendar date is printed as it was recorded, for people to see. */
export function dateWords(date: DateText): string {
  return dayNumber(date) === null ? date : chineseDate(date);
}
