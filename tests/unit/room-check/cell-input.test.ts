import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCell, formatCell } from '#shared/domain/room-check/cell-input.ts';
import { valuesOfCell } from '#shared/domain/room-check/cell-values.ts';
import { roomColumns, type RoomColumnId } from '#shared/domain/room-check/columns.ts';
import { roomCheckFields } from '#shared/domain/room-check/room-check.ts';
import { room } from './builders.ts';

const cell = (column: RoomColumnId, text: string) => {
  const read = parseCell(column, text);
  return read.ok ? read.value : read.problem;
};
const stamp = { readAt: '2026-08-12T06:03:00.000Z', now: '2026-08-12T06:04:00.000Z', today: '2026-08-12', newId: () => 'new' };
const values = (column: RoomColumnId, text: string, before: Parameters<typeof room>[0] = {}) => {
  const read = valuesOfCell(column, text, room(before), stamp);
  return read.ok ? read.value : read.problem;
};

describe('choices', () => {
  test.each([['制冷', 'cooling'], ['1', 'cooling'], ['zl', 'cooling'], ['ZR', 'heating'], ['s', 'fan'], ['送', 'fan'], ['２', 'heating'], ['关', 'off'], ['cooling', 'cooling'], [' 关机 ', 'off']])('%j picks %s', (typed, value) => {
    expect(cell('mode', typed)).toBe(value);
  });

  test('a start that fits two choices is refused and both are named', () => {
    expect(cell('mode', 'z')).toEqual({ code: 'invalid-input', detail: { field: 'mode', reason: 'ambiguous-choice', given: 'z', choices: '制冷、制热' } });
  });

  test('an unknown word is refused and all choices are named', () => {
    expect(cell('outcome', '没去')).toMatchObject({ code: 'invalid-input', detail: { reason: 'unknown-choice', choices: '已检、锁门、会议中、涉密不入、拒绝进入' } });
    expect(cell('mode', '5')).toMatchObject({ code: 'invalid-input' });
  });

  test('every label, initials and number key of every column picks its own choice', () => {
    for (const column of roomColumns) {
      for (const [index, choice] of column.choices.entries()) {
        const expected = column.kind === 'flag' ? choice.value === 'yes' : choice.value;
        for (const typed of [choice.zh, choice.initials, String(index + 1), choice.value, ...choice.aliases]) expect({ column: column.id, typed, value: cell(column.id, typed) }).toEqual({ column: column.id, typed, value: expected });
      }
    }
  });

  test('every choice of the record has a label', () => {
    for (const column of roomColumns.filter((each) => each.kind === 'choice')) {
      const schema = roomCheckFields[column.field as keyof typeof roomCheckFields];
      expect(column.choices.filter((choice) => !schema.safeParse(choice.value).success)).toEqual([]);
    }
  });
});

describe('numbers', () => {
  test('temperatures with a unit, full-width digits or 。 are read', () => {
    expect(cell('setTemperatureC', '26℃')).toBe('26');
    expect(cell('setTemperatureC', '２６。５度')).toBe('26.5');
    expect(cell('areaM2', '24.5㎡')).toBe('24.5');
    expect(cell('setTemperatureC', '')).toBeNull();
  });

  test('-40 and 260 are refused and the limits are named', () => {
    expect(cell('setTemperatureC', '260')).toEqual({ code: 'out-of-range', detail: { field: 'setTemperatureC', given: '260', min: '10', max: '40' } });
    expect(cell('readings', '-40')).toEqual({ code: 'out-of-range', detail: { field: 'readings', given: '-40', min: '-20', max: '60' } });
    expect(cell('readings', '26.3 260')).toMatchObject({ code: 'out-of-range' });
  });

  test('二十六 is refused with its reason', () => {
    expect(cell('setTemperatureC', '二十六')).toEqual({ code: 'not-a-number', detail: { field: 'setTemperatureC', given: '二十六', reason: 'chinese-numeral' } });
  });

  test('several readings in one cell', () => {
    expect(cell('readings', '26.3 26.5')).toEqual(['26.3', '26.5']);
    expect(cell('readings', '26.3、26.5，２６。７；25/24\n23, 22')).toEqual(['26.3', '26.5', '26.7', '25', '24', '23', '22']);
    expect(cell('readings', '')).toEqual([]);
    expect(cell('readings', '26,5')).toMatchObject({ code: 'not-a-number', detail: { reason: 'comma' } });
    expect(cell('readings', '26 '.repeat(51))).toMatchObject({ code: 'invalid-input', detail: { reason: 'too-many-readings', limit: 50 } });
  });

  test.each([['14:05', '14:05'], ['14：05', '14:05'], ['9:05', '09:05'], ['1405', '14:05'], ['', null]])('the time %j is read as %j', (typed, time) => {
    expect(cell('adjustedAt', typed)).toBe(time);
  });

  test.each(['25:00', '14:60', '下午', '99'])('the time %j is refused', (typed) => {
    expect(cell('adjustedAt', typed)).toMatchObject({ code: 'invalid-input', detail: { reason: 'not-a-time' } });
  });
});

describe('texts', () => {
  test('ten megabytes are refused with the limit', () => {
    const huge = '冷'.repeat(3_500_000);
    expect(roomColumns.filter((column) => parseCell(column.id, huge).ok)).toEqual([]);
    expect(cell('remarks', huge)).toEqual({ code: 'field-too-long', detail: { field: 'remarks', limit: 2000, length: 3_500_000 } });
  });

  test('line breaks stay, control characters and half characters go', () => {
    expect(cell('remarks', '靠窗\r\n漏风\u0000\ud83d')).toBe('靠窗\n漏风');
    expect(cell('remarks', '好👍')).toBe('好👍');
  });

  test('no column accepts text that its record field would refuse', () => {
    for (const column of roomColumns.filter((each) => each.kind === 'text' && each.field === each.id && each.id !== 'specialUse' && each.id !== 'approvedNeed')) {
      const schema = roomCheckFields[column.field as keyof typeof roomCheckFields];
      const fits = [0, 1].map((more) => schema.safeParse('冷'.repeat(column.maxLength + more)).success);
      expect({ column: column.id, fits }).toEqual({ column: column.id, fits: [true, false] });
    }
  });
});

describe('from a cell to the record', () => {
  test('a changed reading keeps its place and gets a new time, an unchanged one is left alone, a missing one is removed', () => {
    expect(values('readings', '26.3 26.9', { readings: ['26.3', '26.5', '26.7'] })).toEqual({
      'readings/r2': { valueC: '26.9', at: stamp.readAt, point: 2 }, 'readings/r3': null,
    });
    expect(values('readings', '26.3 26.5', { readings: ['26.3', '26.5'] })).toEqual({});
    expect(values('readings', '26.3 26.5', { readings: ['26.3'] })).toEqual({ 'readings/new': { valueC: '26.5', at: stamp.readAt, point: 2 } });
  });

  test('an adjustment gets the present time, which can be corrected, and goes when it is emptied', () => {
    const adjusted = { toC: '26', at: '2026-08-12T06:04:00.000Z' };
    expect(values('adjustedToC', '26')).toEqual({ adjusted });
    expect(values('adjustedAt', '14:10', { adjusted })).toEqual({ adjusted: { toC: '26', at: '2026-08-12T06:10:00.000Z' } });
    expect(values('adjustedAt', '14:04', { adjusted })).toEqual({});
    expect(values('adjustedToC', '', { adjusted })).toEqual({ adjusted: null });
    expect(values('adjustedAt', '14:10')).toMatchObject({ code: 'incomplete', detail: { needs: 'adjustedToC' } });
  });

  test('a need and its document are two cells of one field', () => {
    expect(values('approvedNeed', '档案库')).toEqual({ approvedNeed: { reason: '档案库', approvalDocument: null } });
    const approvedNeed = { reason: '档案库', approvalDocument: null };
    expect(values('approvalDocument', '示机管〔2026〕3号', { approvedNeed })).toEqual({ approvedNeed: { reason: '档案库', approvalDocument: '示机管〔2026〕3号' } });
    expect(values('approvedNeed', '', { approvedNeed })).toEqual({ approvedNeed: null });
    expect(values('approvedNeed', '')).toEqual({});
    expect(values('specialUse', '机房')).toEqual({ specialUse: { reason: '机房' } });
  });

  test('what a cell shows is read back to the same record', () => {
    const sample = room({
      floor: '3', areaM2: '24.5', conditionerKind: 'split', conditionerControl: 'none', setTemperatureC: '26.0', setReadBy: 'bas', readings: ['26.30', '25'], openings: 'both-open',
      occupied: false, adjusted: { toC: '26', at: '2026-08-12T06:10:00.000Z' }, specialUse: { reason: '机房' }, approvedNeed: { reason: 'x', approvalDocument: 'y' }, remarks: '靠窗',
    });
    for (const column of roomColumns) expect({ column: column.id, ...valuesOfCell(column.id, formatCell(column.id, sample), sample, stamp) }).toEqual({ column: column.id, ok: true, value: {} });
  });

  test('parse once at each border, form to domain: whatever is typed, a cell is read or refused and what is read fits the record', () => {
    fc.assert(fc.property(fc.constantFrom(...roomColumns.map((each) => each.id)), fc.string({ unit: 'binary', maxLength: 60 }), (column, text) => {
      const read = valuesOfCell(column, text, room(), stamp);
      if (!read.ok) return;
      for (const [path, value] of Object.entries(read.value)) {
        const schema = roomCheckFields[path.split('/')[0] as keyof typeof roomCheckFields];
        expect({ path, value, fits: schema.safeParse(value).success }).toEqual({ path, value, fits: true });
      }
    }), { numRuns: 2000 });
  });
});
