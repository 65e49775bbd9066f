import fc from 'fast-check';
import chineseDays from 'chinese-days';
import { describe, expect, test } from 'vitest';
import { deadline, statusOfDate, type DeadlineUnit } from '#shared/domain/calendar/deadline.ts';
import { shippedHolidays } from '#shared/domain/calendar/holiday-data.ts';
import { dateOfDay, dayNumber } from '#shared/kit/calendar-date.ts';

const due = (start: string, amount: number, unit: DeadlineUnit) => {
  const outcome = deadline({ start, amount, unit }, shippedHolidays);
  return outcome.ok ? outcome.value : outcome.problem;
};
const inKnownYears = fc.integer({ min: dayNumber('2007-01-01') ?? 0, max: dayNumber('2026-06-30') ?? 0 }).map(dateOfDay);

describe('working days', () => {
  test.each([
    ['2020-08-14', 7, '2020-08-25'], ['2020-08-14', 20, '2020-09-11'], ['2020-09-25', 7, '2020-10-12'], ['2020-09-25', 20, '2020-10-29'], ['2020-09-28', 5, '2020-10-12'],
    ['2025-09-28', 7, '2025-10-14'], ['2026-09-25', 7, '2026-10-12'], ['2026-09-25', 20, '2026-10-29'], ['2026-02-10', 7, '2026-02-26'],
  ])('%s and %i working days end on %s', (start, amount, end) => {
    expect(due(start, amount, 'workday')).toEqual({ due: end, provisional: false });
  });

  test('a swapped working Saturday counts', () => {
    expect(due('2026-02-13', 1, 'workday')).toEqual({ due: '2026-02-14', provisional: false });
  });

  test('the end is a working day, and exactly that many lie after the start', () => {
    fc.assert(fc.property(inKnownYears, fc.integer({ min: 1, max: 60 }), (start, amount) => {
      const end = due(start, amount, 'workday');
      if (!('due' in end)) throw new Error(end.code);
      let counted = 0;
      for (let day = (dayNumber(start) ?? 0) + 1; day <= (dayNumber(end.due) ?? 0); day += 1) if (statusOfDate(dateOfDay(day), shippedHolidays).working) counted += 1;
      expect(counted).toBe(amount);
      expect(statusOfDate(end.due, shippedHolidays).working).toBe(true);
    }));
  });

  test('every day from 2007 to 2026 is what the package of its source says', () => {
    const differing: string[] = [];
    for (let day = dayNumber('2007-01-01') ?? 0; day <= (dayNumber('2026-12-31') ?? 0); day += 1) {
      const date = dateOfDay(day);
      if (statusOfDate(date, shippedHolidays).working !== chineseDays.isWorkday(date)) differing.push(date);
    }
    expect(differing).toEqual([]);
  });
});

describe('natural days', () => {
  test.each([['2020-09-17', 15, '2020-10-09'], ['2020-08-14', 15, '2020-08-31'], ['2026-09-18', 15, '2026-10-08']])('%s and %i days roll to %s', (start, amount, end) => {
    expect(due(start, amount, 'day')).toEqual({ due: end, provisional: false });
  });

  test('a limit that ends on a working day does not move, also on a swapped Sunday', () => {
    expect(due('2026-08-12', 1, 'day')).toEqual({ due: '2026-08-13', provisional: false });
    expect(due('2026-01-03', 1, 'day')).toEqual({ due: '2026-01-04', provisional: false });
  });

  test('rest days inside the limit count', () => {
    expect(due('2026-09-30', 9, 'day')).toEqual({ due: '2026-10-09', provisional: false });
  });
});

describe('years without a notice', () => {
  test('2027 is provisional, also when only the last day lies there', () => {
    expect(due('2027-03-01', 5, 'workday')).toEqual({ due: '2027-03-08', provisional: true });
    expect(due('2026-12-30', 3, 'workday')).toMatchObject({ provisional: true });
    expect(due('2026-12-31', 4, 'day')).toEqual({ due: '2027-01-04', provisional: true });
  });

  test('a limit that stays in 2026 is not', () => {
    expect(due('2026-12-30', 1, 'workday')).toEqual({ due: '2026-12-31', provisional: false });
    expect(due('2006-12-31', 4, 'day')).toEqual({ due: '2007-01-04', provisional: false });
  });

  test('years before 2007 are provisional too', () => {
    expect(due('2006-12-20', 5, 'workday')).toEqual({ due: '2006-12-27', provisional: true });
  });

  test('New Year’s Day is a rest day in any year', () => {
    expect(due('2026-12-31', 1, 'workday')).toEqual({ due: '2027-01-04', provisional: true });
  });
});

describe('what is not a limit', () => {
  test('a date that does not exist', () => {
    expect(due('2026-02-30', 5, 'day')).toEqual({ code: 'not-a-date', detail: { field: 'start', given: '2026-02-30' } });
  });

  test('a start far from any law', () => {
    expect(due('9999-12-31', 5, 'day')).toMatchObject({ code: 'out-of-range', detail: { field: 'start' } });
  });

  test.each([0, -1, 1.5, 3661, Number.NaN])('%d days', (amount) => {
    expect(due('2026-08-12', amount, 'day')).toMatchObject({ code: 'out-of-range', detail: { field: 'amount', min: 1, max: 3660 } });
  });
});
