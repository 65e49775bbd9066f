import { useTranslation } from 'react-i18next';
import type { RoomColumn } from '#shared/domain/room-check/columns.ts';

type WalkKeysProps = {
  readonly column: RoomColumn;
  readonly current: string;
  readonly disabled: boolean;
  readonly onKey: (sign: string) => void;
  readonly onPick: (label: string) => void;
  readonly onEnter: () => void;
};

const numberKeys = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '.', '0', 'back'] as const;

/** Keys large enough for a thumb: digits for a number, the choices themselves for a choice. */
export function WalkKeys({ column, current, disabled, onKey, onPick, onEnter }: WalkKeysProps) {
  const { t } = useTranslation('room-check');
  if (column.choices.length > 0) {
    return (
      <div className="walk-choices">
        {column.choices.map((choice, at) => (
          <button key={choice.value} type="button" className="walk-choice" aria-pressed={choice.zh === current} disabled={disabled} onClick={() => onPick(choice.zh)}>
            <kbd>{at + 1}</kbd>
            {t(`choice.${column.id}.${choice.value}`, { defaultValue: choice.zh })}
          </button>
        ))}
        <button type="button" className="walk-choice is-next" onClick={onEnter}>{t('walk.skip')}</button>
      </div>
    );
  }
  return (
    <div className="walk-numbers">
      {numberKeys.map((sign) => (
        <button key={sign} type="button" className="walk-key" disabled={disabled} aria-label={sign === 'back' ? t('walk.back') : sign} onMouseDown={(event) => event.preventDefault()} onClick={() => onKey(sign)}>
          {sign === 'back' ? '⌫' : sign}
        </button>
      ))}
      <button type="button" className="walk-key is-enter" onMouseDown={(event) => event.preventDefault()} onClick={onEnter}>{t('walk.enter')}</button>
    </div>
  );
}
