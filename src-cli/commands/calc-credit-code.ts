import * as z from 'zod';
import { checkCreditCode } from '#shared/domain/institutions/credit-code.ts';
import { readInput } from '../bad-input.ts';
import type { JsonNumberValue } from '../command.ts';

const CreditCodeInput = z.strictObject({ code: z.string().max(1000) });

/** `reason` says why a code is invalid, or, beside `valid: true`, that its inner check digit is odd (a warning). */
export function calcCreditCode(text: string): JsonNumberValue {
  const { code } = readInput(CreditCodeInput, text);
  const { error, warning } = checkCreditCode(code);
  if (error !== null) return { valid: false, reason: error };
  return warning === null ? { valid: true } : { valid: true, reason: warning };
}
