import { expect, test } from 'vitest';
import { layoutOf } from '../../../src-renderer/ui/grid/grid-layout.ts';
import type { GridColumn } from '../../../src-renderer/ui/grid/grid-types.ts';
import { seenPart } from '../../../src-renderer/ui/grid/seen-part.ts';

const column = (widthPx: number, pin: 'start' | 'end' | null): GridColumn<unknown> => ({ widthPx, grow: 0, pin }) as GridColumn<unknown>;
/** 房号 80 frozen, five columns of 100, two verdicts of 90 frozen; a window of 400: 80 … 220 is free. */
const layout = layoutOf([column(80, 'start'), ...[1, 2, 3, 4, 5].map(() => column(100, null)), column(90, 'end'), column(90, 'end')], 400);
const inWindow = (first: number, last: number, scrollLeft: number): readonly number[] => {
  const { from, to } = seenPart(layout, first, last, scrollLeft);
  return [from - scrollLeft, to - scrollLeft];
};

test('a cell in the middle is seen where it lies', () => {
  expect(inWindow(1, 1, 0)).toEqual([80, 180]);
  expect(inWindow(3, 3, 200)).toEqual([80, 180]);
});

test('scrolled sideways by hand, the frame of a cell ends where the frozen verdicts begin', () => {
  expect(inWindow(2, 2, 0)).toEqual([180, 220]);
  expect(inWindow(3, 3, 0)).toEqual([220, 220]);
});

test('scrolled the other way it ends at the frozen room number', () => {
  expect(inWindow(1, 1, 40)).toEqual([80, 140]);
  expect(inWindow(1, 1, 300)).toEqual([80, 80]);
});

test('frozen columns are seen whole wherever the rest is scrolled to', () => {
  for (const scrollLeft of [0, 70, 360]) {
    expect(inWindow(0, 0, scrollLeft)).toEqual([0, 80]);
    expect(inWindow(6, 6, scrollLeft)).toEqual([220, 310]);
    expect(inWindow(6, 7, scrollLeft)).toEqual([220, 400]);
  }
});

test('a block from the room number to the verdicts covers the whole window', () => {
  expect(inWindow(0, 7, 150)).toEqual([0, 400]);
  expect(inWindow(0, 2, 150), 'the part that is scrolled away is under the room number').toEqual([0, 130]);
});

test('where everything fits nothing is hidden', () => {
  const wide = layoutOf([column(80, 'start'), column(100, null), column(90, 'end')], 600);
  expect(seenPart(wide, 1, 1, 0)).toEqual({ from: 80, to: 180 });
  expect(seenPart(wide, 2, 2, 0)).toEqual({ from: 180, to: 270 });
});
