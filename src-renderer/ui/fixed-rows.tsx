import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';

/** Rows of one height in a scrolling area; only those in view, and a screen around them, are drawn. */
export function FixedRows<T>({ rows, rowHeight, className, empty, children }: { readonly rows: readonly T[]; readonly rowHeight: number; readonly className: string; readonly empty: ReactNode; readonly children: (row: T, index: number, top: number) => ReactNode }) {
  const area = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 1000 });
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return undefined;
    const look = (): void => setSeen({ top: element.scrollTop, height: element.clientHeight });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  const from = Math.max(0, Math.floor((seen.top - seen.height) / rowHeight));
  const to = Math.min(rows.length, Math.ceil((seen.top + 2 * seen.height) / rowHeight));
  return (
    <div className={className} ref={area} role="rowgroup">
      {rows.length === 0 && empty}
      <div style={{ height: rows.length * rowHeight, position: 'relative' }}>
        {rows.slice(from, to).map((row, index) => children(row, from + index, (from + index) * rowHeight))}
      </div>
    </div>
  );
}
