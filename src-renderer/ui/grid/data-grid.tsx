import { useId, useImperativeHandle, useLayoutEffect, useMemo, useRef, useSyncExternalStore, type ComponentType, type MouseEvent, type ReactNode, type Ref, type RefObject } from 'react';
import type { Problem } from '#shared/kit/problem.ts';
import { ActiveLayer } from './active-layer.tsx';
import type { GridController } from './grid-controller.ts';
import { HEADER_PX, ROW_PX, useGridLayout, useLinesInView, type GridLayout } from './grid-layout.ts';
import { GridLineView, PinnedAtEnd } from './grid-rows-view.tsx';
import type { CellRef, GridScreen } from './grid-state.ts';
import type { GridColumn, GridLine, GridModel } from './grid-types.ts';
import { offsetToShow } from './selection.ts';
import './grid.css';

export type DataGridHandle = { focus(): void };

export type DataGridProps<R> = {
  readonly model: GridModel<R>;
  readonly controller: GridController;
  readonly columns: readonly GridColumn<R>[];
  readonly label: string;
  /** What stands in the empty row at the end. */
  readonly newRowText: string;
  readonly group: ComponentType<{ readonly id: string }>;
  readonly handle?: Ref<DataGridHandle>;
  explain(problem: Problem, column: string): string;
  openDetails(rowId: string): void;
  openJump(): void;
  leave(): void;
};

/**
 * A keyboard-first spreadsheet over any model: rows stay outside React, only those in the window are drawn, a key draws
 * one of them again. Why it is our own: docs/decisions/0010-own-room-grid.md.
 */
export function DataGrid<R>(props: DataGridProps<R>): ReactNode {
  const { model, controller, columns, label, newRowText, group, handle, explain } = props;
  const gridId = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const lines = useSyncExternalStore(model.onLines, model.lines);
  const lineOf = useMemo(() => new Map(lines.map((line, at) => [line.id, at])), [lines]);
  const layout = useGridLayout(columns, scroll);
  const inView = useLinesInView(lines.length, scroll);
  useScreen(props, { scroll, field, layout, lines });
  useImperativeHandle(handle, () => ({ focus: () => field.current?.focus({ preventScroll: true }) }), []);
  const mouse = useMouse(controller, field);
  return (
    <div ref={scroll} className="grid-scroll" data-writable={model.writable()}>
      <div className="grid-canvas" style={{ width: layout.totalPx, height: HEADER_PX + lines.length * ROW_PX }}>
        <div role="grid" aria-label={label} aria-rowcount={lines.length + 1} aria-colcount={columns.length} aria-readonly={!model.writable()} className="grid-body" {...mouse}>
          <GridHeader columns={columns} layout={layout} />
          {lines.slice(inView.first, inView.last + 1).map((line, at) => (
            <GridLineView
              key={line.id}
              gridId={gridId}
              line={line}
              index={inView.first + at}
              top={HEADER_PX + (inView.first + at) * ROW_PX}
              model={model}
              columns={columns}
              cellStyles={layout.cellStyles}
              group={group}
              newRowText={newRowText}
            />
          ))}
        </div>
        <ActiveLayer gridId={gridId} model={model} controller={controller} columns={columns} layout={layout} field={field} scroll={scroll} lineOf={lineOf} label={label} explain={explain} />
      </div>
    </div>
  );
}

function GridHeader<R>({ columns, layout }: { readonly columns: readonly GridColumn<R>[]; readonly layout: GridLayout }): ReactNode {
  const cells = columns.map((column, at) => (
    <div
      key={column.key}
      role="columnheader"
      aria-colindex={at + 1}
      title={column.hint === '' ? undefined : column.hint}
      className={`grid-cell${column.align === 'end' ? ' is-end' : ''}${column.pin === 'start' ? ' is-pinned-start' : ''}`}
      style={layout.cellStyles[at]}
    >
      {column.title}
    </div>
  ));
  return (
    <div role="row" aria-rowindex={1} className="grid-header" style={{ height: HEADER_PX }}>
      <PinnedAtEnd columns={columns} cells={cells} />
    </div>
  );
}

type Parts = {
  readonly scroll: RefObject<HTMLDivElement | null>;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly layout: GridLayout;
  readonly lines: readonly GridLine[];
};

/** Gives the controller its screen, and shows the active cell again when rows were added above or below it. */
function useScreen<R>(props: DataGridProps<R>, { scroll, field, layout, lines }: Parts): void {
  const latest = useRef({ props, layout });
  useLayoutEffect(() => {
    latest.current = { props, layout };
  });
  const wanted = useRef<CellRef | null>(null);
  const { controller, model } = props;
  useLayoutEffect(() => {
    const screen: GridScreen = {
      readText: () => field.current?.value ?? '',
      writeText: (text, caret) => writeField(field.current, text, caret),
      pageRows: () => Math.max(1, Math.floor(((scroll.current?.clientHeight ?? 0) - HEADER_PX) / ROW_PX)),
      reveal: (cell) => {
        wanted.current = bringIntoView(scroll.current, cell, latest.current) ? null : cell;
      },
      openDetails: (rowId) => latest.current.props.openDetails(rowId),
      openJump: () => latest.current.props.openJump(),
      leave: () => latest.current.props.leave(),
    };
    return controller.attach(screen);
  }, [controller, field, model, scroll]);
  // A drawer that opens beside the grid must not leave the active cell under the pinned columns.
  useLayoutEffect(() => {
    const view = scroll.current;
    if (!view) return undefined;
    const watch = new ResizeObserver(() => {
      const { active } = controller.state();
      if (active) bringIntoView(view, active, latest.current);
    });
    watch.observe(view);
    return () => watch.disconnect();
  }, [controller, scroll]);
  useLayoutEffect(() => {
    if (wanted.current && bringIntoView(scroll.current, wanted.current, latest.current)) wanted.current = null;
  }, [lines, scroll]);
}

function writeField(field: HTMLTextAreaElement | null, text: string, caret: 'all' | 'end'): void {
  if (!field) return;
  field.value = text;
  if (caret === 'all') field.select();
  else field.setSelectionRange(text.length, text.length);
}

/** False when the line is not on the canvas yet: one just added gets there with the next drawing. */
function bringIntoView<R>(view: HTMLElement | null, cell: CellRef, { props, layout }: { readonly props: DataGridProps<R>; readonly layout: GridLayout }): boolean {
  const at = props.model.lines().findIndex((line) => line.id === cell.rowId);
  const top = HEADER_PX + at * ROW_PX;
  if (!view || at < 0 || top + ROW_PX > view.scrollHeight) return false;
  // The header lies over the first lines of the window, the pinned columns over its sides.
  view.scrollTop = offsetToShow(top, ROW_PX, view.scrollTop, view.clientHeight, HEADER_PX);
  const pin = props.columns[cell.column]?.pin ?? null;
  // Who goes to the first column wants to see the beginning.
  if (pin === 'start') view.scrollLeft = 0;
  if (pin !== null) return true;
  const left = layout.offsets[cell.column] ?? 0;
  view.scrollLeft = offsetToShow(left, layout.widths[cell.column] ?? 0, view.scrollLeft, view.clientWidth, layout.pinnedStartPx, layout.pinnedEndPx);
  return true;
}

/** Press selects, drag selects a block, Shift extends, double click opens. The text field keeps the focus throughout. */
function useMouse(controller: GridController, field: RefObject<HTMLTextAreaElement | null>) {
  const dragging = useRef(false);
  return {
    onMouseDown(event: MouseEvent) {
      const cell = cellOf(event.target);
      if (event.button !== 0 || !cell) return;
      event.preventDefault();
      dragging.current = true;
      field.current?.focus({ preventScroll: true });
      controller.select(cell, event.shiftKey);
    },
    onMouseMove(event: MouseEvent) {
      if (!dragging.current) return;
      if ((event.buttons & 1) === 0) {
        dragging.current = false;
        return;
      }
      const cell = cellOf(event.target);
      const { active } = controller.state();
      if (cell && (cell.rowId !== active?.rowId || cell.column !== active.column)) controller.select(cell, true);
    },
    onMouseUp() {
      dragging.current = false;
    },
    onDoubleClick(event: MouseEvent) {
      if (cellOf(event.target)) controller.open('in');
    },
  };
}

function cellOf(target: EventTarget): CellRef | null {
  if (!(target instanceof Element)) return null;
  const cell = target.closest<HTMLElement>('[data-column]');
  const rowId = cell?.closest<HTMLElement>('[data-row]')?.dataset['row'];
  return cell && rowId !== undefined ? { rowId, column: Number(cell.dataset['column']) } : null;
}
