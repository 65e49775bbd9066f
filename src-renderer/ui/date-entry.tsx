import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { readDateInput, readTimeInput } from '#shared/kit/calendar-date.ts';
import { instantInShanghai, shanghaiDate, shanghaiTimeOfDay } from '#shared/kit/shanghai-time.ts';
import { Field, type FieldProps } from './fields.tsx';
import { nowInstant, todayInShanghai } from './now.ts';
import { useProblemText } from './problem-text.ts';
import { useTypedText, type TypedText } from './use-typed-text.ts';

/** `2026-11-2` may become `2026-11-24`: only what can not go on is taken at once, the rest when the field is left. */
const isUnfinished = (text: string): boolean => text.trim() !== '' && !/^\s*(\d{4}-\d{2}-\d{2}|\d{8})\s*$/.test(text.normalize('NFKC'));
const isUnfinishedTime = (text: string): boolean => text.trim() !== '' && !/^\s*(\d{2}[:.]\d{2}|\d{4})\s*$/.test(text.normalize('NFKC'));
const readDate = (text: string) => readDateInput(text, todayInShanghai());

/**
 * A calendar date, always shown as `2026-11-24` and typed in any usual way (src-shared/kit/calendar-date.ts), or picked from
 * the calendar. A text that is no date stays in the field with its reason.
 */
export function DateEntry(props: FieldProps & {
  readonly value: string | null;
  readonly onValue: (value: string | null) => void;
  readonly onLeave?: () => void;
  readonly warning?: string | null;
  /** For a dialog that acts on the value: null while the text is no date, so that nobody confirms what is no longer written. */
  readonly onlyAsWritten?: boolean;
}) {
  const { label, value, disabled, onValue, onLeave, onlyAsWritten } = props;
  const id = useId();
  const sentence = useProblemText();
  const typed = useTypedText(label, value, readDate, onValue, { isUnfinished, ...(onlyAsWritten ? { onUnread: () => onValue(null) } : {}) });
  return (
    <Field {...props} forId={id} problem={typed.problem ? sentence(typed.problem, label) : null}>
      <DateBox id={id} typed={typed} value={value} disabled={disabled} onLeave={onLeave} />
    </Field>
  );
}

/** A moment in Shanghai time as date and minute, with a button for now. */
export function MomentEntry(props: FieldProps & { readonly value: string | null; readonly onValue: (value: string | null) => void; readonly onLeave?: () => void }) {
  const { label, value, disabled, onValue, onLeave } = props;
  const { t } = useTranslation('app');
  const id = useId();
  const sentence = useProblemText();
  const date = value ? shanghaiDate(value) : null;
  const time = value ? shanghaiTimeOfDay(value) : null;
  const setDate = (next: string | null): void => onValue(next === null ? null : instantInShanghai(next, time ?? '00:00'));
  const setTime = (next: string | null): void => (date === null ? undefined : onValue(instantInShanghai(date, next ?? '00:00')));
  const typedDate = useTypedText(label, date, readDate, setDate, { isUnfinished });
  const timeLabel = `${label} ${t('time')}`;
  const typedTime = useTypedText(timeLabel, time, readTimeInput, setTime, { isUnfinished: isUnfinishedTime });
  const problem = typedDate.problem ?? typedTime.problem;
  const setNow = (): void => {
    const now = nowInstant();
    // Takes the place of a text that could not be read, too.
    if (typedDate.problem) typedDate.onType(shanghaiDate(now));
    if (typedTime.problem) typedTime.onType(shanghaiTimeOfDay(now));
    onValue(now);
  };
  return (
    <Field {...props} forId={id} problem={problem ? sentence(problem, label) : null}>
      <span className="ui-input-line">
        <DateBox id={id} typed={typedDate} value={date} disabled={disabled} onLeave={onLeave} />
        <TextBox className="is-time" label={timeLabel} placeholder={t('timeForm')} typed={typedTime} disabled={disabled === true || date === null} onLeave={onLeave} />
        <button type="button" className="ui-small-button" disabled={disabled} onClick={setNow}>{t('now')}</button>
      </span>
    </Field>
  );
}

/** The text and, behind a button, the system's own calendar. */
function DateBox(props: { readonly id: string; readonly typed: TypedText; readonly value: string | null; readonly disabled?: boolean | undefined; readonly onLeave?: (() => void) | undefined }) {
  const { id, typed, value, disabled, onLeave } = props;
  const { t } = useTranslation('app');
  const calendar = useRef<HTMLInputElement>(null);
  return (
    <span className="ui-date">
      <TextBox id={id} className="is-date" placeholder={t('dateForm')} typed={typed} disabled={disabled} onLeave={onLeave} />
      <button type="button" className="ui-date-button" aria-label={t('calendar')} title={t('calendar')} disabled={disabled} onClick={() => calendar.current?.showPicker()}>
        <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M4 5h12v11H4zM4 8.5h12M7 3v3.5M13 3v3.5" /></svg>
      </button>
      <input ref={calendar} className="ui-date-calendar" type="date" min="2000-01-01" max="2099-12-31" tabIndex={-1} aria-hidden="true" disabled={disabled} value={value ?? ''} onChange={(event) => event.target.value !== '' && typed.onType(event.target.value)} onBlur={onLeave} />
    </span>
  );
}

function TextBox(props: { readonly id?: string; readonly className: string; readonly label?: string; readonly placeholder: string; readonly typed: TypedText; readonly disabled?: boolean | undefined; readonly onLeave?: (() => void) | undefined }) {
  const { id, className, label, placeholder, typed, disabled, onLeave } = props;
  return (
    <input
      id={id} className={`ui-input ${className}`} type="text" inputMode="numeric" autoComplete="off" spellCheck={false} maxLength={40} aria-label={label} placeholder={placeholder}
      disabled={disabled} aria-invalid={typed.problem ? true : undefined} value={typed.text} onChange={(event) => typed.onType(event.target.value)} onFocus={typed.onFocus}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
        typed.onLeave();
        typed.onFocus();
      }}
      onBlur={() => {
        typed.onLeave();
        onLeave?.();
      }}
    />
  );
}
