import { memo, useCallback, useSyncExternalStore, type ComponentType, type CSSProperties, type ReactNode } from 'react';
import { ROW_PX } from './grid-layout.ts';
import type { GridColumn, GridLine, GridModel } from './grid-types.ts';

export type LineProps<R> = {
  readonly gridId: string;
  readonly line: GridLine;
  readonly index: number;
  readonly top: number;
  readonly model: GridModel<R>;
  readonly columns: readonly GridColumn<R>[];
  readonly cellStyles: readonly CSSProperties[];
  readonly group: ComponentType<{ readonly id: string }>;
  readonly newRowText: string;
};

/** One line of the grid. It draws again when its own row changes and at no other time. */
export const GridLineView = memo(LineBody) as typeof LineBody;

function LineBody<R>(props: LineProps<R>): ReactNode {
  const { line, index, top, columns } = props;
  if (line.kind !== 'group') return <RowBody {...props} />;
  const Group = props.group;
  return (
    <div role="row" aria-rowindex={index + 2} className="grid-row grid-group" style={{ top, height: ROW_PX }}>
      <div role="gridcell" aria-colspan={columns.length} className="grid-group-cell">
        <Group id={line.id} />
      </div>
    </div>
  );
}

function RowBody<R>({ gridId, line, index, top, model, columns, cellStyles, newRowText }: LineProps<R>): ReactNode {
  const subscribe = useCallback((listener: () => void) => model.onRow(line.id, listener), [model, line.id]);
  const row = useSyncExternalStore(subscribe, () => model.row(line.id));
  const cells = columns.map((column, at) => {
    const refused = row !== undefined && column.rejection(row) !== null;
    return (
      <div
        key={column.key}
        id={cellId(gridId, line.id, at)}
        role="gridcell"
        aria-colindex={at + 1}
        aria-invalid={refused || undefined}
        aria-readonly={column.editable ? undefined : true}
        data-column={at}
        className={cellClass(column, refused)}
        style={cellStyles[at]}
      >
        {cellContent(column, row, refused)}
        {line.kind === 'new' && at === 0 ? <span className="grid-new-hint">{newRowText}</span> : null}
      </div>
    );
  });
  return (
    <div role="row" aria-rowindex={index + 2} data-row={line.id} className={line.kind === 'new' ? 'grid-row is-new' : 'grid-row'} style={{ top, height: ROW_PX }}>
      <PinnedAtEnd columns={columns} cells={cells} />
    </div>
  );
}

/**
 * The cells of a line, those pinned at the end in one box that sticks. Every box that sticks is a layer of its own in the
 * frame: two boxes a line instead of three are a tenth of the time of a frame.
 */
export function PinnedAtEnd<R>({ columns, cells }: { readonly columns: readonly GridColumn<R>[]; readonly cells: readonly ReactNode[] }): ReactNode {
  const first = columns.findIndex((column) => column.pin === 'end');
  if (first < 0) return cells;
  return (
    <>
      {cells.slice(0, first)}
      <div className="grid-pinned-end">{cells.slice(first)}</div>
    </>
  );
}

export function cellId(gridId: string, rowId: string, column: number): string {
  return `${gridId}-${rowId}-${column}`;
}

/** More than any column is wide: ten megabytes pasted into a cell must not be laid out. */
const SHOWN_SIGNS = 200;

function cellContent<R>(column: GridColumn<R>, row: R | undefined, refused: boolean): ReactNode {
  if (row === undefined) return null;
  return column.draw && !refused ? column.draw(row) : column.text(row).slice(0, SHOWN_SIGNS);
}

function cellClass<R>(column: GridColumn<R>, refused: boolean): string {
  const pin = column.pin === 'start' ? ' is-pinned-start' : '';
  return `grid-cell${column.align === 'end' ? ' is-end' : ''}${pin}${column.clip || refused ? ' is-clipped' : ''}${refused ? ' is-refused' : ''}`;
}
