import { useCallback, useMemo, useSyncExternalStore, type CSSProperties, type RefObject } from 'react';
import { rowHeight } from '../tokens.ts';
import type { GridColumn } from './grid-types.ts';

export const ROW_PX = rowHeight;
export const HEADER_PX = rowHeight;

/** Where columns lie, px. The widths are fixed for a window width, so that no value ever moves another. */
export type GridLayout = {
  readonly widths: readonly number[];
  readonly offsets: readonly number[];
  readonly totalPx: number;
  /** Width of the window; 0 until it is known. */
  readonly viewPx: number;
  readonly pinnedStartPx: number;
  readonly pinnedEndPx: number;
  /** Style of the cells of a column: width, and where one pinned at the start sticks. Those at the end stick together. */
  readonly cellStyles: readonly CSSProperties[];
};

export function layoutOf<R>(columns: readonly GridColumn<R>[], viewPx: number): GridLayout {
  const least = columns.reduce((sum, column) => sum + column.widthPx, 0);
  const shares = columns.reduce((sum, column) => sum + column.grow, 0);
  const spare = Math.max(0, viewPx - least);
  const widths = columns.map((column) => column.widthPx + (shares > 0 ? Math.floor((spare * column.grow) / shares) : 0));
  const offsets = widths.map((_, at) => sumOf(widths.slice(0, at)));
  const pinnedStart = columns.map((column) => column.pin === 'start');
  const pinnedEnd = columns.map((column) => column.pin === 'end');
  const cellStyles = columns.map((column, at): CSSProperties => {
    const width = widths[at] ?? 0;
    if (column.pin === 'start') return { width, left: offsets[at] ?? 0 };
    return { width };
  });
  return {
    widths, offsets, cellStyles,
    totalPx: sumOf(widths), viewPx,
    pinnedStartPx: sumOf(widths.filter((_, at) => pinnedStart[at])),
    pinnedEndPx: sumOf(widths.filter((_, at) => pinnedEnd[at])),
  };
}

export function useGridLayout<R>(columns: readonly GridColumn<R>[], scroll: RefObject<HTMLElement | null>): GridLayout {
  const viewPx = useOfElement(scroll, ['resize'], (element) => element?.clientWidth ?? 0);
  return useMemo(() => layoutOf(columns, viewPx), [columns, viewPx]);
}

/** Lines that are drawn beyond the window on either side. */
const OVERSCAN = 4;
/** Until the window has a size: what fits a 1366 × 768 screen. */
const FIRST_LINES = 24;

/**
 * The lines to draw: those in the window and a few more. All lines have one height, so the arithmetic is exact and no
 * line is ever measured.
 */
export function useLinesInView(count: number, scroll: RefObject<HTMLElement | null>): { readonly first: number; readonly last: number } {
  const first = useOfElement(scroll, ['scroll', 'resize'], (element) => Math.max(0, Math.floor((element?.scrollTop ?? 0) / ROW_PX) - OVERSCAN));
  const fitting = useOfElement(scroll, ['resize'], (element) => (element ? Math.ceil(element.clientHeight / ROW_PX) : FIRST_LINES));
  return { first: Math.min(first, Math.max(0, count - 1)), last: Math.min(count - 1, first + fitting + 2 * OVERSCAN) };
}

/** A number read off an element, again whenever one of the events may have changed it; redraws only when it differs. */
function useOfElement(ref: RefObject<HTMLElement | null>, events: readonly ('scroll' | 'resize')[], read: (element: HTMLElement | null) => number): number {
  const wanted = events.join();
  const subscribe = useCallback(
    (listener: () => void) => {
      const element = ref.current;
      if (!element) return () => undefined;
      const observer = wanted.includes('resize') ? new ResizeObserver(listener) : null;
      observer?.observe(element);
      if (wanted.includes('scroll')) element.addEventListener('scroll', listener, { passive: true });
      return () => {
        observer?.disconnect();
        element.removeEventListener('scroll', listener);
      };
    },
    [ref, wanted],
  );
  return useSyncExternalStore(subscribe, () => read(ref.current));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
