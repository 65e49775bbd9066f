import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chineseDate, dateOfDay, dayNumber, readDateInput, weekdayOfDay } from '#shared/kit/calendar-date.ts';
import { chineseDateTime, instantInShanghai, shanghaiDate, shanghaiDateTime } from '#shared/kit/shanghai-time.ts';

test('every day from 1900 to 2100 agrees with the machine’s calendar', () => {
  fc.assert(fc.property(fc.integer({ min: -25567, max: 47846 }), (days) => {
    const machine = new Date(days * 86_400_000);
    expect(dateOfDay(days)).toBe(machine.toISOString().slice(0, 10));
    expect(dayNumber(dateOfDay(days))).toBe(days);
    expect(weekdayOfDay(days)).toBe(machine.getUTCDay());
  }));
});

test.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2100-02-29', '2026-8-1', 'heute', ''])('%j is not a date', (text) => {
  expect(dayNumber(text)).toBeNull();
});

test.each([['2026-08-03', '2026-08-03'], ['2026/8/3', '2026-08-03'], ['2026.8.3', '2026-08-03'], ['2026年8月3日', '2026-08-03'], ['２０２６－８－３', '2026-08-03'], ['２０２６。８。３', '2026-08-03'], ['20260803', '2026-08-03'], ['２０２６０８０３', '2026-08-03'], ['', null]])('%j is read as %j', (typed, date) => {
  expect(readDateInput(typed)).toEqual({ ok: true, value: date });
});

test('a day that does not exist is refused with what was written', () => {
  expect(readDateInput('2026年2月30日')).toEqual({ ok: false, problem: { code: 'not-a-date', detail: { given: '2026年2月30日', reason: 'no-such-day' } } });
  expect(readDateInput('20261301')).toEqual({ ok: false, problem: { code: 'not-a-date', detail: { given: '20261301', reason: 'no-such-day' } } });
});

test.each(['11-24', '11.24', '11/24', '１１／２４', '11月24日'])('%j is that day of this year, and no date where no year is meant', (typed) => {
  expect(readDateInput(typed, '2026-08-12')).toEqual({ ok: true, value: '2026-11-24' });
  expect(readDateInput(typed)).toMatchObject({ ok: false, problem: { code: 'not-a-date', detail: { given: typed } } });
});

test.each([['明天', undefined], ['1124', undefined], ['26-11-24', undefined], ['2-29', 'no-such-day'], ['1026-11-24', 'year'], ['2100-01-01', 'year']])('%j is refused, and says why where there is more to say', (typed, reason) => {
  const read = readDateInput(typed, '2026-08-12');
  expect(!read.ok && [read.problem.code, read.problem.detail?.['given'], read.problem.detail?.['reason']]).toEqual(['not-a-date', typed, reason]);
});

test('the day changes at midnight in Shanghai, not at midnight in Greenwich', () => {
  expect(shanghaiDate('2026-08-11T15:59:59.999Z')).toBe('2026-08-11');
  expect(shanghaiDate('2026-08-11T16:00:00.000Z')).toBe('2026-08-12');
  expect(shanghaiDateTime('2026-12-31T17:05:00.000Z')).toBe('2027-01-01 01:05');
});

test('papers write dates without padding zeros and times to the minute', () => {
  expect(chineseDate('2026-08-03')).toBe('2026年8月3日');
  expect(chineseDateTime('2026-08-03T01:05:00.000Z')).toBe('2026年8月3日09时05分');
});

test('a Shanghai time of day goes to its instant and back', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 30000 }), fc.integer({ min: 0, max: 1439 }), (days, minute) => {
    const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    expect(shanghaiDateTime(instantInShanghai(dateOfDay(days), time))).toBe(`${dateOfDay(days)} ${time}`);
  }));
});
