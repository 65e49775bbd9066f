import * as z from 'zod';
import shipped from '../../../assets/holidays.json' with { type: 'json' };

const MonthDay = z.string().regex(/^\d{2}-\d{2}$/);

/** Per year: rest days (holidays, compensated weekdays) and working weekends, as `MM-DD`. Years must follow one another. */
export const HolidayData = z.object({
  firstYear: z.number().int(),
  lastYear: z.number().int(),
  years: z.record(z.string().regex(/^\d{4}$/), z.object({ rest: z.array(MonthDay), work: z.array(MonthDay) })),
});

/** The calendar of rest days as rules read it. */
export type HolidayCalendar = {
  readonly firstYear: number;
  readonly lastYear: number;
  readonly rest: ReadonlySet<string>;
  readonly work: ReadonlySet<string>;
};

export function holidayCalendar(data: z.infer<typeof HolidayData>): HolidayCalendar {
  const datesOf = (kind: 'rest' | 'work'): ReadonlySet<string> =>
    new Set(Object.entries(data.years).flatMap(([year, days]) => days[kind].map((day) => `${year}-${day}`)));
  return { firstYear: data.firstYear, lastYear: data.lastYear, rest: datesOf('rest'), work: datesOf('work') };
}

/** assets/holidays.json: 2007–2026, docs/sources.md#holidays. */
export const shippedHolidays: HolidayCalendar = holidayCalendar(HolidayData.parse(shipped));
