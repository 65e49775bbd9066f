import { useId, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { roomKey } from './floor-of-room.ts';
import type { RoomRow } from './room-row.ts';
import type { RoomsModel } from './rooms-model.ts';
import type { RoomsT } from './verdict-words.ts';

type JumpBoxProps = {
  readonly model: RoomsModel;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onGo: (rowId: string) => void;
  readonly onLeave: () => void;
};

const SHOWN = 8;

/** Type a room number, Enter: to that room, or a new room when there is none of that number. */
export function JumpBox({ model, field, onGo, onLeave }: JumpBoxProps) {
  const { t } = useTranslation('room-check');
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(-1);
  const [focused, setFocused] = useState(false);
  const exact = typed.trim() === '' ? null : model.findRoom(typed);
  const alike = focused ? roomsLike(model.rooms(), typed) : [];
  const picked = alike[chosen];
  const makes = typed.trim() !== '' && !exact && !picked && model.writable() && typed.trim().length <= 40;

  const finish = (rowId: string): void => {
    setTyped('');
    setChosen(-1);
    onGo(rowId);
  };
  const enter = (): void => {
    const target = picked ?? exact;
    if (target) finish(target.id);
    else if (makes) finish(model.addRoom(typed.normalize('NFKC')));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    if (event.key === 'Enter') enter();
    else if (event.key === 'ArrowDown') setChosen((at) => Math.min(at + 1, alike.length - 1));
    else if (event.key === 'ArrowUp') setChosen((at) => Math.max(at - 1, -1));
    else if (event.key === 'Escape') {
      setTyped('');
      onLeave();
    } else return;
    event.preventDefault();
  };
  return (
    <div className="rooms-jump">
      <input
        ref={field}
        className="rooms-jump-field"
        role="combobox"
        aria-expanded={alike.length > 0}
        aria-controls={listId}
        aria-activedescendant={picked ? `${listId}-${chosen}` : undefined}
        aria-label={t('jump.label')}
        placeholder={t('jump.placeholder')}
        value={typed}
        maxLength={60}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(-1);
        }}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onKeyDown={onKeyDown}
      />
      {focused && typed.trim() !== '' ? (
        <div className="rooms-jump-list">
          <p className="rooms-jump-what" role="status">{jumpHint(t, exact, makes, typed.trim())}</p>
          <ul id={listId} role="listbox" aria-label={t('jump.label')}>
            {alike.map((row, at) => (
              <li
                key={row.id}
                id={`${listId}-${at}`}
                role="option"
                aria-selected={at === chosen}
                onMouseDown={(event) => {
                  event.preventDefault();
                  finish(row.id);
                }}
              >
                <span>{row.room.room}</span>
                <small>{row.room.use}</small>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}

function jumpHint(t: RoomsT, exact: RoomRow | null, makes: boolean, room: string): string {
  if (exact) return t('jump.goes', { room: exact.room.room });
  return makes ? t('jump.makes', { room }) : t('jump.none', { room });
}

/** Rooms whose number holds what is typed, those that begin with it first. */
function roomsLike(rows: readonly RoomRow[], typed: string): readonly RoomRow[] {
  const key = roomKey(typed);
  if (key === '') return [];
  const fitting = rows.map((row) => ({ row, at: roomKey(row.room.room).indexOf(key) })).filter(({ at }) => at >= 0);
  return fitting.sort((a, b) => a.at - b.at).slice(0, SHOWN).map(({ row }) => row);
}
