import { expect, test } from 'vitest';
import { nextEditable, offsetToShow, stepFrom } from '../../../src-renderer/ui/grid/selection.ts';

const size = { rows: 10, columns: 4 };

test('steps stop at the edges', () => {
  expect(stepFrom({ row: 0, column: 0 }, 'up', size, 5)).toEqual({ row: 0, column: 0 });
  expect(stepFrom({ row: 9, column: 3 }, 'right', size, 5)).toEqual({ row: 9, column: 3 });
  expect(stepFrom({ row: 1, column: 2 }, 'page-down', size, 5)).toEqual({ row: 5, column: 2 });
  expect(stepFrom({ row: 4, column: 2 }, 'grid-end', size, 5)).toEqual({ row: 9, column: 3 });
});

test('Tab passes over computed columns and goes on in the next row', () => {
  const editable = [true, true, false, false];
  expect(nextEditable({ row: 0, column: 0 }, 1, size, editable)).toEqual({ row: 0, column: 1 });
  expect(nextEditable({ row: 0, column: 1 }, 1, size, editable)).toEqual({ row: 1, column: 0 });
  expect(nextEditable({ row: 1, column: 0 }, -1, size, editable)).toEqual({ row: 0, column: 1 });
  expect(nextEditable({ row: 9, column: 1 }, 1, size, editable)).toBeNull();
});

test('a row is never brought into view under the header', () => {
  // 32 px of header cover the top of a window of 320 px.
  expect(offsetToShow(32, 32, 200, 320, 32)).toBe(0);
  expect(offsetToShow(352, 32, 0, 320, 32)).toBe(64);
  expect(offsetToShow(96, 32, 0, 320, 32)).toBe(0);
});
