import { useId, type ReactNode } from 'react';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { useProblemText } from './problem-text.ts';
import { useTypedText } from './use-typed-text.ts';
import './fields.css';

export type FieldProps = {
  readonly label: string;
  readonly hint?: ReactNode;
  /** Needed for what comes next: marked, never forced. */
  readonly needed?: boolean;
  readonly disabled?: boolean;
  /** Takes the whole row of a form. */
  readonly wide?: boolean;
  readonly className?: string;
  /** Path of the record's field, so that a gap elsewhere can lead here. */
  readonly field?: string;
};

/** Label above, control, then why it can not be stored, a warning, or a hint. */
export function Field(props: FieldProps & { readonly problem?: string | null; readonly warning?: string | null; readonly forId?: string; readonly children: ReactNode }) {
  const { label, hint, needed, wide, className, field, problem, warning, forId, children } = props;
  return (
    <div className={['ui-field', wide ? 'is-wide' : '', className ?? ''].join(' ')} data-field={field}>
      <label className={`ui-field-label ${needed ? 'is-needed' : ''}`} htmlFor={forId}>{label}</label>
      {children}
      {problem ? <p className="ui-field-problem" role="alert">{problem}</p> : warning ? <p className="ui-field-warning">{warning}</p> : hint ? <p className="ui-field-hint">{hint}</p> : null}
    </div>
  );
}

export type TextEntryProps = FieldProps & {
  readonly value: string;
  readonly maxLength: number;
  readonly onValue: (value: string) => void;
  readonly onLeave?: () => void;
  readonly rows?: number;
  readonly secret?: boolean;
  readonly placeholder?: string;
  readonly warning?: string | null;
  readonly problem?: string | null;
  readonly autoFocus?: boolean;
};

/** Text. What is longer than the record holds is named, stays in the field and is stored nowhere. */
export function TextEntry(props: TextEntryProps) {
  const { maxLength, onValue, value } = props;
  const read = (text: string): Outcome<string> => (text.length > maxLength ? failed('field-too-long', { limit: maxLength, length: text.length }) : done(text));
  return <ReadEntry<string> {...props} value={value} read={read} onValue={onValue} />;
}

/** Text that means something else: a number, a temperature. `read` says what it is or why not. */
export function ReadEntry<T extends string | null>(props: Omit<TextEntryProps, 'value' | 'maxLength' | 'onValue'> & {
  readonly value: T;
  readonly read: (text: string) => Outcome<T>;
  readonly onValue: (value: T) => void;
  readonly unit?: string;
}) {
  const { label, value, read, onValue, onLeave, rows, secret, placeholder, disabled, unit, autoFocus } = props;
  const id = useId();
  const sentence = useProblemText();
  const typed = useTypedText(label, value, read, onValue);
  const problem = typed.problem ? sentence(typed.problem, label) : props.problem;
  const control = {
    id, disabled, placeholder, value: typed.text, autoFocus, spellCheck: false, autoComplete: 'off',
    'aria-invalid': problem ? true : undefined,
    onChange: (event: { target: { value: string } }) => typed.onType(event.target.value),
    onFocus: typed.onFocus,
    onBlur: () => {
      typed.onLeave();
      onLeave?.();
    },
  };
  return (
    <Field {...props} forId={id} problem={problem ?? null}>
      {rows ? <textarea className="ui-input is-text" rows={rows} {...control} /> : (
        <span className="ui-input-line">
          <input className="ui-input" type={secret ? 'password' : 'text'} {...control} />
          {unit && <span className="ui-input-unit">{unit}</span>}
        </span>
      )}
    </Field>
  );
}

/** One of a few. `empty` names the absent choice where there may be none. */
export function ChoiceEntry<T extends string>(props: FieldProps & {
  readonly value: T | null;
  readonly choices: readonly (readonly [T, string])[];
  readonly empty?: string;
  readonly onValue: (value: T | null) => void;
}) {
  const { value, choices, empty, disabled, onValue } = props;
  const id = useId();
  const known = value === null || choices.some(([choice]) => choice === value);
  return (
    <Field {...props} forId={id}>
      <select id={id} className="ui-input is-choice" disabled={disabled} value={value ?? ''} onChange={(event) => onValue(event.target.value === '' ? null : (event.target.value as T))}>
        {(empty !== undefined || value === null) && <option value="">{empty ?? ''}</option>}
        {!known && <option value={value ?? ''}>{value}</option>}
        {choices.map(([choice, text]) => <option key={choice} value={choice}>{text}</option>)}
      </select>
    </Field>
  );
}

/** Yes or no, with the label beside its box. */
export function CheckEntry({ label, checked, disabled, hint, wide, field, onValue }: FieldProps & { readonly checked: boolean; readonly onValue: (checked: boolean) => void }) {
  return (
    <div className={`ui-field ${wide ? 'is-wide' : ''}`} data-field={field}>
      <label className="ui-check">
        <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onValue(event.target.checked)} />
        <span>{label}</span>
      </label>
      {hint && <p className="ui-field-hint">{hint}</p>}
    </div>
  );
}

/** Several of many, each with its own box. */
export function ManyEntry<T extends string>(props: FieldProps & { readonly values: readonly T[]; readonly choices: readonly (readonly [T, ReactNode])[]; readonly none?: string; readonly lines?: boolean; readonly onValues: (values: T[]) => void }) {
  const { label, values, choices, disabled, none, lines, onValues } = props;
  return (
    <Field {...props}>
      <div className={`ui-many ${lines ? 'is-lines' : ''}`} role="group" aria-label={label}>
        {choices.length === 0 && none && <span className="ui-field-hint">{none}</span>}
        {choices.map(([choice, text]) => (
          <label key={choice} className="ui-check">
            <input
              type="checkbox" checked={values.includes(choice)} disabled={disabled}
              onChange={(event) => onValues(event.target.checked ? [...values, choice] : values.filter((each) => each !== choice))}
            />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </Field>
  );
}
