import { dateOfDay, dayNumber } from './calendar-date.ts';
import type { DateText, Instant } from './values.ts';

/**
 * Asia/Shanghai has been UTC+8 without summer time since 1992, so the offset is fixed: no Intl, whose data differ from
 * machine to machine. Instants before 1992 would be wrong by an hour in summer; the product has none.
 */
const OFFSET_MINUTES = 8 * 60;
const MINUTES_A_DAY = 24 * 60;

type Local = { readonly date: DateText; readonly minuteOfDay: number; readonly second: string };

function localOf(instant: Instant): Local {
  const days = dayNumber(instant.slice(0, 10));
  if (days === null) throw new Error(`not an instant: ${instant}`);
  const minute = Number(instant.slice(11, 13)) * 60 + Number(instant.slice(14, 16)) + OFFSET_MINUTES;
  return { date: dateOfDay(days + Math.floor(minute / MINUTES_A_DAY)), minuteOfDay: minute % MINUTES_A_DAY, second: instant.slice(17, 19) };
}

/** The calendar date in Shanghai: `2026-08-11T16:00:00.000Z` is already 2026-08-12. */
export function shanghaiDate(instant: Instant): DateText {
  return localOf(instant).date;
}

/** `14:03`. */
export function shanghaiTimeOfDay(instant: Instant): string {
  const { minuteOfDay } = localOf(instant);
  return `${twoDigits(Math.floor(minuteOfDay / 60))}:${twoDigits(minuteOfDay % 60)}`;
}

/** `2026-08-12 14:03`. */
export function shanghaiDateTime(instant: Instant): string {
  return `${shanghaiDate(instant)} ${shanghaiTimeOfDay(instant)}`;
}

/** `2026年8月12日14时03分`, as records of inspection write it. */
export function chineseDateTime(instant: Instant): string {
  const { date, minuteOfDay } = localOf(instant);
  const [year = '', month = '', day = ''] = date.split('-');
  return `${year}年${Number(month)}月${Number(day)}日${twoDigits(Math.floor(minuteOfDay / 60))}时${twoDigits(minuteOfDay % 60)}分`;
}

/** The instant of a Shanghai date and time of day `HH:MM`. */
export function instantInShanghai(date: DateText, timeOfDay: string): Instant {
  const days = dayNumber(date);
  const match = /^(\d{2}):(\d{2})$/.exec(timeOfDay);
  if (days === null || !match) throw new Error(`not a date and time: ${date} ${timeOfDay}`);
  const minute = Number(match[1]) * 60 + Number(match[2]) - OFFSET_MINUTES;
  const minuteOfDay = ((minute % MINUTES_A_DAY) + MINUTES_A_DAY) % MINUTES_A_DAY;
  return `${dateOfDay(days + Math.floor(minute / MINUTES_A_DAY))}T${twoDigits(Math.floor(minuteOfDay / 60))}:${twoDigits(minuteOfDay % 60)}:00.000Z`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
