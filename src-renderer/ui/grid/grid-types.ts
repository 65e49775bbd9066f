import type { ReactNode } from 'react';
import type { Problem } from '#shared/kit/problem.ts';

/**
 * One of a closed list of values. `label` is what is entered, copied and matched; `shown` is it in the language of the
 * screen; `initials` are the first letters of its pinyin in lower case.
 */
export type GridChoice = { readonly value: string; readonly label: string; readonly shown: string; readonly initials: string };

/** One column of a grid whose rows are `R`. Knows how a row looks in it, nothing of how it is stored. */
export type GridColumn<R> = {
  readonly key: string;
  readonly title: string;
  /** Longer words for the header's tooltip; '' when the title says it all. */
  readonly hint: string;
  /** Least width, px. */
  readonly widthPx: number;
  /** Share of the width that is left over; 0 keeps the least width. */
  readonly grow: number;
  readonly align: 'start' | 'end';
  /** Values may be longer than the column. Where they never are, not clipping spares the frame a layer of work a cell. */
  readonly clip: boolean;
  /** Stays in view while the others scroll sideways. */
  readonly pin: 'start' | 'end' | null;
  readonly editable: boolean;
  readonly choices: readonly GridChoice[] | null;
  /** What the cell holds as text: shown, copied, opened by F2. A rejected input counts. */
  text(row: R): string;
  /** Why the text in the cell was not taken; null when it was. */
  rejection(row: R): Problem | null;
  /** How the cell is drawn when plain text does not do. */
  draw?(row: R): ReactNode;
};

export type GridLine =
  /** A heading over the rows that follow. */
  | { readonly kind: 'group'; readonly id: string }
  | { readonly kind: 'row'; readonly id: string }
  /** The empty row at the end: what is entered there becomes a row. */
  | { readonly kind: 'new'; readonly id: string };

export type CellText = { readonly rowId: string; readonly column: string; readonly text: string };

/**
 * The rows outside React. Every subscription is to one thing, so that a key redraws one row and nothing else.
 * `R` objects are never changed in place: another object means another look.
 */
export type GridModel<R> = {
  lines(): readonly GridLine[];
  onLines(listener: () => void): () => void;
  row(id: string): R | undefined;
  onRow(id: string, listener: () => void): () => void;
  /** False: nothing may be written (a locked record, say). */
  writable(): boolean;
  /** Text as it is being typed: shows its effect at once. Returns why it would not be taken, or null. */
  preview(rowId: string, column: string, text: string): Problem | null;
  /** Takes the preview back: the row is again as before the first preview. */
  cancel(): void;
  /** Enters the text for good; a text that is not taken stays visible with its reason. */
  commit(rowId: string, column: string, text: string): void;
  /** Several cells as one step that one undo takes back. Rows beyond the end: `appendRows` first. */
  setBlock(cells: readonly CellText[]): void;
  /** Cells of a clipboard table that says itself where it belongs (by a header line, say); null: paste it by position. */
  readTable(text: string, rowIds: readonly string[], firstColumn: string): readonly CellText[] | null;
  /** Ids for rows that `setBlock` will fill; nothing is made before that. */
  reserveRows(count: number): readonly string[];
  /** The moment now into a cell that knows time. False when it does not. */
  stampNow(rowId: string, column: string): boolean;
  undo(): string | null;
  redo(): string | null;
};
