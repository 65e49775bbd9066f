import { useCallback, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore, type CSSProperties, type ClipboardEvent, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import type { Problem } from '#shared/kit/problem.ts';
import type { GridController } from './grid-controller.ts';
import { HEADER_PX, ROW_PX, type GridLayout } from './grid-layout.ts';
import { cellId } from './grid-rows-view.tsx';
import type { GridState } from './grid-state.ts';
import type { GridColumn, GridModel } from './grid-types.ts';
import { seenPart, useSideways } from './seen-part.ts';

export type ActiveLayerProps<R> = {
  readonly gridId: string;
  readonly model: GridModel<R>;
  readonly controller: GridController;
  readonly columns: readonly GridColumn<R>[];
  readonly layout: GridLayout;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly scroll: RefObject<HTMLElement | null>;
  /** Line number of a row, headings counted. */
  readonly lineOf: ReadonlyMap<string, number>;
  readonly label: string;
  explain(problem: Problem, column: string): string;
};

/**
 * Everything that belongs to the selection, over the rows: the block, the frame of the active cell and the one text
 * field, which always has the focus. Input methods need a text field *before* the first key, so it is never remounted.
 */
export function ActiveLayer<R>(props: ActiveLayerProps<R>): ReactNode {
  const { controller, model, columns, layout, field, lineOf, gridId, label } = props;
  const state = useSyncExternalStore(controller.onState, controller.state);
  const { active, editing } = state;
  const column = active ? columns[active.column] : undefined;
  const line = active ? lineOf.get(active.rowId) : undefined;
  const placed = column !== undefined && line !== undefined;
  const row = useRow(model, active?.rowId);
  const top = HEADER_PX + (line ?? 0) * ROW_PX;
  const width = layout.widths[active?.column ?? 0] ?? 0;
  useFieldWidth(field, width, state);
  useSideways(props.scroll, (scrollLeft) => clipField(field.current, layout, active?.column ?? 0, column?.pin ?? null, scrollLeft));
  const reason = editing ? editing.reason : column && row !== undefined ? column.rejection(row) : null;
  return (
    <div className="grid-active-layer" role="presentation">
      <SelectedBlock {...props} state={state} />
      <div className="grid-active" data-placed={placed} style={{ top, width: layout.totalPx }}>
        <div className={column?.pin ? 'grid-active-cell is-pinned' : 'grid-active-cell'} style={activeStyle(layout, active?.column ?? 0, column?.pin ?? null)}>
          <textarea
            ref={field}
            className={editing ? 'grid-field is-editing' : 'grid-field'}
            rows={1}
            spellCheck={false}
            autoComplete="off"
            wrap="off"
            aria-label={column && row !== undefined ? `${columns[0]?.text(row) ?? ''} ${column.title}` : label}
            aria-activedescendant={active ? cellId(gridId, active.rowId, active.column) : undefined}
            aria-invalid={reason !== null || undefined}
            readOnly={!column?.editable || !model.writable()}
            {...fieldHandlers(controller)}
          />
          {placed ? <Below {...props} state={state} reason={reason} top={top} /> : null}
        </div>
      </div>
    </div>
  );
}

function useRow<R>(model: GridModel<R>, rowId: string | undefined): R | undefined {
  const subscribe = useCallback((listener: () => void) => (rowId === undefined ? () => undefined : model.onRow(rowId, listener)), [model, rowId]);
  return useSyncExternalStore(subscribe, () => (rowId === undefined ? undefined : model.row(rowId)));
}

/** While editing the field grows with its text, over its neighbours; it never moves a column. */
function useFieldWidth(field: RefObject<HTMLTextAreaElement | null>, width: number, state: GridState): void {
  useLayoutEffect(() => {
    fitField(field.current, width, state.editing !== null);
  }, [field, width, state]);
}

function fitField(field: HTMLTextAreaElement | null, width: number, editing: boolean): void {
  if (!field) return;
  const wanted = editing ? textPx(field.value) + 24 : 0;
  field.style.width = `${Math.min(Math.max(width, wanted), Math.max(width, 420))}px`;
}

/** Rough width of a text at 14 px: Chinese signs are square. */
function textPx(text: string): number {
  let px = 0;
  for (const sign of text.slice(0, 80)) px += sign > '\u02ff' ? 14 : 8;
  return px;
}

/** A frame that was scrolled under the frozen columns must not be drawn over them. */
function clipField(field: HTMLTextAreaElement | null, layout: GridLayout, column: number, pin: 'start' | 'end' | null, scrollLeft: number): void {
  const cell = field?.parentElement;
  if (!field || !cell) return;
  const left = layout.offsets[column] ?? 0;
  const width = layout.widths[column] ?? 0;
  const seen = pin ? { from: left, to: left + width } : seenPart(layout, column, column, scrollLeft);
  // While editing the field may be wider than its cell, over its neighbours and the frozen columns, until something is hidden.
  const right = seen.to < left + width ? `calc(100% - ${seen.to - left}px)` : '0';
  const clip = seen.from === left && right === '0' ? '' : `inset(0 ${right} 0 ${seen.from - left}px)`;
  if (field.style.clipPath !== clip) field.style.clipPath = clip;
  const covered = String(seen.from >= seen.to);
  if (cell.dataset['covered'] !== covered) cell.dataset['covered'] = covered;
}

function activeStyle(layout: GridLayout, column: number, pin: 'start' | 'end' | null): CSSProperties {
  const marginLeft = layout.offsets[column] ?? 0;
  const width = layout.widths[column] ?? 0;
  const place = { marginLeft, width, height: ROW_PX };
  if (pin === 'start') return { ...place, left: marginLeft };
  return pin === 'end' ? { ...place, right: layout.totalPx - marginLeft - width } : place;
}

function fieldHandlers(controller: GridController) {
  const onCopyOrCut = (event: ClipboardEvent, text: string | null): void => {
    if (text === null) return;
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
  };
  return {
    onKeyDown(event: KeyboardEvent) {
      // 229 is how a key reaches us that an input method has taken for itself.
      if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
      const ours = controller.key({ key: event.key, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey });
      if (ours) event.preventDefault();
    },
    onInput: (event: { readonly nativeEvent: Event }) => controller.input((event.nativeEvent as InputEvent).isComposing),
    onCompositionStart: () => controller.input(true),
    onCompositionEnd: () => controller.input(false),
    onCopy: (event: ClipboardEvent) => onCopyOrCut(event, controller.copy()),
    onCut: (event: ClipboardEvent) => onCopyOrCut(event, controller.cut()),
    onPaste(event: ClipboardEvent) {
      if (controller.paste(event.clipboardData.getData('text/plain'))) event.preventDefault();
    },
    onBlur: () => controller.commit(),
  };
}

function SelectedBlock<R>({ controller, layout, model, lineOf, scroll, state }: ActiveLayerProps<R> & { readonly state: GridState }): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  useSideways(scroll, (scrollLeft) => {
    const shown = element.current;
    const block = shown ? controller.block() : null;
    if (!shown || !block) return;
    const { from, to } = seenPart(layout, block.left, block.right, scrollLeft);
    Object.assign(shown.style, { left: `${from}px`, width: `${to - from}px`, display: from >= to ? 'none' : '' });
  });
  if (state.anchor === state.active || !state.anchor || !state.active) return null;
  const block = controller.block();
  if (!block) return null;
  const ids = [state.anchor.rowId, state.active.rowId];
  const lines = ids.map((id) => lineOf.get(id) ?? 0);
  const first = Math.min(...lines);
  const last = Math.max(...lines);
  const style = { top: HEADER_PX + first * ROW_PX, height: (last - first + 1) * ROW_PX };
  return <div ref={element} className="grid-block" style={style} data-writable={model.writable()} />;
}

type BelowProps<R> = ActiveLayerProps<R> & { readonly state: GridState; readonly reason: Problem | null; readonly top: number };

/** Under the active cell: the choices while choosing, else the reason why its text is not taken. */
function Below<R>({ controller, columns, state, reason, top, scroll, explain }: BelowProps<R>): ReactNode {
  const { active, editing } = state;
  const column = active ? columns[active.column] : undefined;
  const choices = editing?.choices ?? [];
  const lines = choices.length > 0 ? choices.length : reason ? 2 : 0;
  const above = useIsLow(scroll, top, lines * 30 + 12);
  if (!column || lines === 0) return null;
  const className = above ? 'grid-below is-above' : 'grid-below';
  if (choices.length === 0) return reason ? <Reason key={editing ? 'typing' : 'entered'} className={className} typing={editing !== null} text={explain(reason, column.key)} /> : null;
  return (
    <ul className={`${className} grid-choices`} role="listbox" aria-label={column.title}>
      {choices.map((choice, at) => (
        <li
          key={choice.value}
          role="option"
          aria-selected={at === editing?.highlighted}
          onMouseDown={(event) => {
            event.preventDefault();
            event.stopPropagation();
            controller.pick(at);
          }}
        >
          <kbd>{(column.choices ?? []).indexOf(choice) + 1}</kbd>
          <span>{choice.shown}</span>
          <small>{choice.initials}</small>
        </li>
      ))}
    </ul>
  );
}

/** A number half typed is not a mistake yet: while typing the reason waits for a pause. */
const PAUSE_MS = 700;

/** By a timer: a CSS delay is a running animation, and every key would wait for its next frame. */
function Reason({ className, typing, text }: { readonly className: string; readonly typing: boolean; readonly text: string }): ReactNode {
  const [paused, setPaused] = useState(!typing);
  useEffect(() => {
    if (!typing) return undefined;
    const timer = setTimeout(() => setPaused(true), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typing, text]);
  return paused ? <p className={`${className} grid-reason`} role="status">{text}</p> : null;
}

/** Is there no room below the cell for `neededPx`? */
function useIsLow(scroll: RefObject<HTMLElement | null>, top: number, neededPx: number): boolean {
  const [low, setLow] = useState(false);
  const last = useRef(low);
  useEffect(() => {
    const view = scroll.current;
    if (!view || neededPx === 12) return;
    const next = top + ROW_PX + neededPx > view.scrollTop + view.clientHeight && top - neededPx > view.scrollTop + HEADER_PX;
    if (next !== last.current) setLow((last.current = next));
  }, [scroll, top, neededPx]);
  return low;
}
