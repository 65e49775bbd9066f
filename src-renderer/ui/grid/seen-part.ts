import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { GridLayout } from './grid-layout.ts';

/** From where to where a cell or a block is really seen, px of the canvas; equal where frozen columns hide all of it. */
export type SeenPart = { readonly from: number; readonly to: number };

/**
 * What is left of the columns `first` to `last` between the frozen ones when the grid was scrolled sideways. Frozen columns
 * are always seen whole, where they stick.
 */
export function seenPart(layout: GridLayout, first: number, last: number, scrollLeft: number): SeenPart {
  const { widths, offsets, totalPx, viewPx, pinnedStartPx, pinnedEndPx } = layout;
  const start = offsets[first] ?? 0;
  const end = (offsets[last] ?? 0) + (widths[last] ?? 0);
  const view = viewPx === 0 ? totalPx : Math.min(viewPx, totalPx);
  /** Places in the window. */
  const freeFrom = pinnedStartPx;
  const freeTo = Math.max(freeFrom, view - pinnedEndPx);
  const place = (at: number, isEnd: boolean): number => {
    const isStuckAtStart = isEnd ? at <= pinnedStartPx : at < pinnedStartPx;
    if (isStuckAtStart) return at;
    const isStuckAtEnd = isEnd ? at > totalPx - pinnedEndPx : at >= totalPx - pinnedEndPx;
    if (isStuckAtEnd) return view - (totalPx - at);
    return Math.min(freeTo, Math.max(freeFrom, at - scrollLeft));
  };
  const from = place(start, false);
  return { from: from + scrollLeft, to: Math.max(from, place(end, true)) + scrollLeft };
}

/** Calls `show` after every drawing and whenever the grid is scrolled sideways. Reads nothing that would force a layout. */
export function useSideways(scroll: RefObject<HTMLElement | null>, show: (scrollLeft: number) => void): void {
  const left = useRef(0);
  const latest = useRef(show);
  useLayoutEffect(() => {
    latest.current = show;
    show(left.current);
  });
  useEffect(() => {
    const view = scroll.current;
    if (!view) return undefined;
    const onScroll = (): void => {
      if (view.scrollLeft === left.current) return;
      left.current = view.scrollLeft;
      latest.current(left.current);
    };
    onScroll();
    view.addEventListener('scroll', onScroll, { passive: true });
    return () => view.removeEventListener('scroll', onScroll);
  }, [scroll]);
}
