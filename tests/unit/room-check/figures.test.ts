import { expect, test } from 'vitest';
import { measuringPoints } from '#shared/domain/room-check/measuring-points.ts';
import { rateOf, roomFigures } from '#shared/domain/room-check/room-figures.ts';
import { room } from './builders.ts';

test('the rate is exceeding rooms among those checked, running and applicable, with its denominator', () => {
  const figures = roomFigures([
    room({ setTemperatureC: '24' }),
    room({ setTemperatureC: '26' }),
    room({ setTemperatureC: '22', approvedNeed: { reason: '档案', approvalDocument: null } }),
    room({ setReadBy: 'not-readable', readings: ['25'] }),
    room({ setTemperatureC: '20', specialUse: { reason: '机房' } }),
    room({ mode: 'off', setTemperatureC: '18' }),
    room({ outcome: 'locked-door', setTemperatureC: '18' }),
    room({ outcome: null, setTemperatureC: '18' }),
  ]);
  expect(figures).toMatchObject({
    total: 8, done: 7, running: 5, applicable: 4, exceeding: 1, toVerify: 1, undetermined: 1, notApplicable: 2, leads: 1,
    byOutcome: { checked: 6, 'locked-door': 1 }, exceedanceRate: { count: 1, of: 4, percent: '25.0' },
  });
});

test('nothing checked: there is no rate, not a rate of 0', () => {
  expect(roomFigures([room({ outcome: null })]).exceedanceRate).toEqual({ count: 0, of: 0, percent: null });
});

test('rates are rounded half up from exact counts', () => {
  expect(rateOf(1, 3).percent).toBe('33.3');
  expect(rateOf(2, 3).percent).toBe('66.7');
  expect(rateOf(1, 2000).percent).toBe('0.1');
  expect(rateOf(1, 2001).percent).toBe('0.0');
  expect(rateOf(7, 7).percent).toBe('100.0');
});

test.each([['15.9', 1, 1], ['16', 2, 2], ['29.99', 2, 2], ['30', 3, 3], ['60', 5, 5], ['99.9', 5, 5], ['100', 5, 5], ['150', 6, 9], ['120', 5, 7]])('a room of %s m² is advised %i to %i points', (area, min, max) => {
  expect(measuringPoints(area)).toMatchObject({ min, max, status: 'verified-weak' });
});

test('without an area there is no advice', () => {
  expect(measuringPoints(null)).toBeNull();
});
