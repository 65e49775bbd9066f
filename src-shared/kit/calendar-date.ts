import { done, failed, type Outcome } from './outcome.ts';
import type { DateText } from './values.ts';

/** Whole days since 1970-01-01 of a real calendar date, or null (`2026-02-30` is not one). */
export function dayNumber(date: DateText): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

/** The date of a day number; years 0000–9999. */
export function dateOfDay(days: number): DateText {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOfDay(days: number): number {
  return (((days + 4) % 7) + 7) % 7;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * A real date of the years 2000 to 2099, or `not-a-date` with {given} and a {reason} (`no-such-day`, `year`). Accepts `2026-8-3`,
 * `2026/08/03`, `2026.8.3`, `20260803`, `2026年8月3日`, full-width too; with the year of `today` also `8-3`, `8/3`, `8.3`, `8月3日`.
 */
export function readDateInput(text: string, today: DateText | null = null): Outcome<DateText | null> {
  const typed = text.normalize('NFKC').replace(/[\u3002\u2010-\u2015]/g, '-').trim();
  if (typed === '') return done(null);
  const given = text.trim().slice(0, 40);
  const match = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(typed) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(typed);
  const short = match === null && today !== null ? /^()(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(typed) : null;
  const [, year = '', month = '', day = ''] = match ?? short ?? [];
  if (month === '') return failed('not-a-date', { given });
  const date = `${year === '' ? (today ?? '').slice(0, 4) : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (dayNumber(date) === null) return failed('not-a-date', { given, reason: 'no-such-day' });
  return date < '2000-01-01' || date > '2099-12-31' ? failed('not-a-date', { given, reason: 'year' }) : done(date);
}

/** `14:05`, `14：05`, `14.05`, `1405` → `14:05`; anything else is `invalid-input` with {given} and the reason `not-a-time`. */
export function readTimeInput(text: string): Outcome<string | null> {
  const typed = text.normalize('NFKC').trim();
  if (typed === '') return done(null);
  const match = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(typed) ?? /^([01]\d|2[0-3])([0-5]\d)$/.exec(typed);
  if (!match) return failed('invalid-input', { reason: 'not-a-time', given: typed.slice(0, 40) });
  return done(`${(match[1] ?? '').padStart(2, '0')}:${match[2] ?? ''}`);
}

/** `2026年8月12日`, for Chinese papers: no padding zeros. Throws on what is not a date. */
export function chineseDate(date: DateText): string {
  if (dayNumber(date) === null) throw new Error(`not a date: ${date}`);
  const [year = '', month = '', day = ''] = date.split('-');
  return `${year}年${Number(month)}月${Number(day)}日`;
}
