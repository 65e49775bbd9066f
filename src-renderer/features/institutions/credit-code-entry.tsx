import { useTranslation } from 'react-i18next';
import { checkCreditCode, normaliseCreditCode } from '#shared/domain/institutions/credit-code.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { ReadEntry } from '../../ui/fields.tsx';

/** Typed text → a code whose outer check digit is right; empty → null. Fails with `invalid-input`, reason credit-code-…. */
export function readCreditCode(text: string): Outcome<string | null> {
  const code = normaliseCreditCode(text);
  if (code === '') return done(null);
  const { error } = checkCreditCode(code);
  return error === null ? done(code) : failed('invalid-input', { reason: `credit-code-${error}`, given: text.slice(0, 40), length: code.length });
}

/** Checked as it is typed: a wrong outer check digit is refused, a wrong inner one is only said. */
export function CreditCodeEntry({ value, disabled, onValue, onLeave }: { readonly value: string | null; readonly disabled?: boolean; readonly onValue: (value: string | null) => void; readonly onLeave?: () => void }) {
  const { t } = useTranslation('institutions');
  const warning = value !== null && checkCreditCode(value).warning ? t('innerCheckDigit') : null;
  return (
    <ReadEntry<string | null>
      label={t('creditCode')} value={value} read={readCreditCode} onValue={onValue} warning={warning} hint={t('creditCodeHint')}
      {...(disabled ? { disabled } : {})} {...(onLeave ? { onLeave } : {})}
    />
  );
}
