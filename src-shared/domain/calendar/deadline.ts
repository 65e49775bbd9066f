import { dateOfDay, dayNumber, weekdayOfDay } from '../../kit/calendar-date.ts';
import { done, failed, type Outcome } from '../../kit/outcome.ts';
import type { DateText } from '../../kit/values.ts';
import type { HolidayCalendar } from './holiday-data.ts';

export type DeadlineUnit = 'workday' | 'day';
export type DeadlineRequest = { readonly start: DateText; readonly amount: number; readonly unit: DeadlineUnit };

/** `provisional`: a day of a year without a known State Council notice was counted or decided the end. */
export type Deadline = { readonly due: DateText; readonly provisional: boolean };

export const MAX_DEADLINE_DAYS = 3660;
const startRange = { min: '1950-01-01', max: '2199-12-31' };

/**
 * The last day of a limit. The day of the event is not counted (Civil Code 201). Working days skip rest days, swapped weekends
 * count as the notice says. A limit in natural days that ends on a rest day ends on the next working day (Civil Code 203); rest
 * days inside it count. Fails with `not-a-date`, or `out-of-range` for a start outside
 * 1950–2199 or an amount outside 1–3660. docs/sources.md#counting-days
 */
export function deadline(request: DeadlineRequest, holidays: HolidayCalendar): Outcome<Deadline> {
  const startDay = dayNumber(request.start);
  if (startDay === null) return failed('not-a-date', { field: 'start', given: request.start.slice(0, 40) });
  if (request.start < startRange.min || request.start > startRange.max) return failed('out-of-range', { field: 'start', given: request.start, ...startRange });
  if (!Number.isInteger(request.amount) || request.amount < 1 || request.amount > MAX_DEADLINE_DAYS) {
    return failed('out-of-range', { field: 'amount', given: String(request.amount), min: 1, max: MAX_DEADLINE_DAYS });
  }
  return done(request.unit === 'workday' ? afterWorkingDays(startDay, request.amount, holidays) : afterNaturalDays(startDay, request.amount, holidays));
}

function afterWorkingDays(startDay: number, amount: number, holidays: HolidayCalendar): Deadline {
  let left = amount;
  let day = startDay;
  let provisional = false;
  while (left > 0) {
    day += 1;
    const status = dayStatus(day, holidays);
    if (!status.known) provisional = true;
    if (status.working) left -= 1;
  }
  return { due: dateOfDay(day), provisional };
}

function afterNaturalDays(startDay: number, amount: number, holidays: HolidayCalendar): Deadline {
  let day = startDay + amount;
  let provisional = false;
  for (;;) {
    const status = dayStatus(day, holidays);
    if (!status.known) provisional = true;
    if (status.working) return { due: dateOfDay(day), provisional };
    day += 1;
  }
}

export type DayStatus = { readonly working: boolean; /** False: the year's notice is not loaded. */ readonly known: boolean };

/** Whether a date is a working day; throws on what is not a date. */
export function statusOfDate(date: DateText, holidays: HolidayCalendar): DayStatus {
  const day = dayNumber(date);
  if (day === null) throw new Error(`not a date: ${date}`);
  return dayStatus(day, holidays);
}

function dayStatus(day: number, holidays: HolidayCalendar): DayStatus {
  const date = dateOfDay(day);
  const year = Number(date.slice(0, 4));
  const known = year >= holidays.firstYear && year <= holidays.lastYear;
  const weekday = weekdayOfDay(day);
  const isWeekend = weekday === 0 || weekday === 6;
  if (known) return { known, working: holidays.work.has(date) || (!isWeekend && !holidays.rest.has(date)) };
  // Without the notice only weekends and the days that the regulation fixes by date are certain.
  return { known, working: !isWeekend && !fixedHolidays.has(date.slice(5)) };
}

/** Statutory holidays with a fixed date in the solar calendar: New Year, 1 May, 1 to 3 October. */
const fixedHolidays: ReadonlySet<string> = new Set(['01-01', '05-01', '10-01', '10-02', '10-03']);
