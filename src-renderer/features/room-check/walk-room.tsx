import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCell } from '#shared/domain/room-check/cell-input.ts';
import type { Problem } from '#shared/kit/problem.ts';
import { useProblemText } from '../../ui/problem-text.ts';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { useRoomRow } from './use-room-row.ts';
import type { RoomsModel } from './rooms-model.ts';
import { SteadinessPanel } from './steadiness-panel.tsx';
import { verdictWord, type RoomsT } from './verdict-words.ts';
import { cellText, nextField, previousField, startText, walkColumn, walkFields } from './walk-fields.ts';
import { WalkKeys } from './walk-keys.tsx';
import { WalkPhotos } from './walk-photos.tsx';

type WalkRoomProps = { readonly model: RoomsModel; readonly rowId: string; readonly onNext: () => boolean; readonly onPrevious: () => boolean };

/** The fields of one room beside a keypad; Enter goes to the next field and from the last one to the next room. */
export function WalkRoom({ model, rowId, onNext, onPrevious }: WalkRoomProps) {
  const { t } = useTranslation('room-check');
  const sentence = useProblemText();
  const row = useRoomRow(model, rowId);
  const field = useRef<HTMLInputElement>(null);
  const [at, setAt] = useState(0);
  const entry = useFieldEntry(model, rowId, at);
  useEffect(() => field.current?.focus({ preventScroll: true }), [at]);
  if (!row) return null;
  const column = walkColumn(at);
  const writable = model.writable();

  const enter = (): void => {
    if (!entry.finish()) return;
    if (column.id === 'readings' && entry.typed !== '') return entry.restart();
    const next = nextField(at, model.row(rowId)?.room ?? row.room);
    if (next !== null) setAt(next);
    else onNext();
  };
  const leaveTo = (next: number | null): void => {
    entry.finish();
    if (next !== null) setAt(next);
  };
  const pick = (label: string): void => {
    entry.type(label);
    model.commit(rowId, column.id, label);
    entry.restart();
    const next = nextField(at, model.row(rowId)?.room ?? row.room);
    if (next !== null) setAt(next);
    else onNext();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    const choice = column.choices[Number(event.key) - 1];
    if (event.key === 'Enter') enter();
    else if (choice && writable) pick(choice.zh);
    else if (event.key === 'ArrowDown') leaveTo(nextField(at, row.room));
    else if (event.key === 'ArrowUp') leaveTo(previousField(at, row.room));
    else if (event.key === 'Escape') entry.cancel();
    else if (event.key === 'PageDown' || event.key === 'PageUp') {
      entry.finish();
      if (event.key === 'PageDown') onNext();
      else onPrevious();
    } else return;
    event.preventDefault();
  };
  return (
    <div className="walk-room-body">
      <div className="walk-fields" role="list">
        {walkFields.map((id, index) => (
          <button key={id} type="button" role="listitem" className="walk-field" aria-current={index === at ? 'step' : undefined} onClick={() => leaveTo(index)}>
            <span className="walk-field-name">{t(`column.${id}`)}</span>
            <span className="walk-field-value">{shownValue(t, id, formatCell(id, row.room), row.room[walkColumn(index).field])}</span>
          </button>
        ))}
        <div className="walk-verdicts">
          <span>{t('column.verdictSetting')}</span><VerdictMark verdict={row.setting.kind} text={verdictWord(t, row.setting)} />
          <span>{t('column.verdictMeasured')}</span><VerdictMark verdict={row.measured.kind} text={verdictWord(t, row.measured)} />
        </div>
      </div>
      <div className="walk-pad">
        <div className="walk-entry">
          <label htmlFor="walk-entry">{t(`column.${column.id}`)}</label>
          <input
            id="walk-entry"
            ref={field}
            className="walk-entry-field"
            inputMode="decimal"
            autoComplete="off"
            spellCheck={false}
            readOnly={!writable || column.choices.length > 0}
            aria-invalid={entry.problem ? true : undefined}
            value={column.choices.length > 0 ? shownValue(t, column.id, formatCell(column.id, row.room), row.room[column.field]) : entry.typed}
            onChange={(event) => entry.type(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <p className="walk-entry-reason" role="status">{entry.problem ? sentence(entry.problem, t(`column.${column.id}`)) : ''}</p>
        </div>
        <WalkKeys
          column={column}
          current={formatCell(column.id, row.room)}
          disabled={!writable}
          onKey={(sign) => {
            entry.press(sign);
            field.current?.focus();
          }}
          onPick={pick}
          onEnter={enter}
        />
      </div>
      <div className="walk-side">
        <SteadinessPanel room={row.room} />
        <WalkPhotos model={model} row={row} disabled={!writable} />
      </div>
    </div>
  );
}

/** A choice in the language of the screen; other values as they are written. */
function shownValue(t: RoomsT, column: string, text: string, value: unknown): string {
  const key = typeof value === 'boolean' ? (value ? 'yes' : 'no') : typeof value === 'string' ? value : '';
  return text === '' ? '' : t(`choice.${column}.${key}`, { defaultValue: text });
}

type FieldEntry = {
  readonly typed: string;
  readonly problem: Problem | null;
  readonly type: (text: string) => void;
  /** A key of the pad; `back` takes the last sign away. The first key of a field replaces what stands there. */
  readonly press: (sign: string) => void;
  /** True when the text was taken or there was nothing to take. */
  readonly finish: () => boolean;
  readonly cancel: () => void;
  readonly restart: () => void;
};

/** The typing in one field of the walk, through the same cells as the grid. */
function useFieldEntry(model: RoomsModel, rowId: string, at: number): FieldEntry {
  const id = walkColumn(at).id;
  const begin = () => {
    const room = model.row(rowId)?.room;
    return { at, typed: room ? startText(id, room) : '', readBefore: room ? formatCell('readings', room) : '', fresh: true, problem: null as Problem | null };
  };
  const [held, setHeld] = useState(begin);
  const state = held.at === at ? held : begin();
  const type = (text: string): void => {
    const problem = model.preview(rowId, id, cellText(id, text, state.readBefore));
    setHeld({ ...state, at, typed: text, fresh: false, problem });
  };
  return {
    typed: state.typed,
    problem: state.problem,
    type,
    press: (sign) => type(sign === 'back' ? state.typed.slice(0, -1) : state.fresh ? sign : state.typed + sign),
    finish() {
      if (state.fresh || walkColumn(at).choices.length > 0) return true;
      if (state.problem) return false;
      model.commit(rowId, id, cellText(id, state.typed, state.readBefore));
      setHeld({ ...state, at, fresh: true });
      return true;
    },
    cancel() {
      model.cancel();
      setHeld(begin());
    },
    restart: () => setHeld(begin()),
  };
}
