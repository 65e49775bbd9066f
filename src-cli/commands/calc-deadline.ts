import * as z from 'zod';
import { deadline, MAX_DEADLINE_DAYS } from '#shared/domain/calendar/deadline.ts';
import { shippedHolidays } from '#shared/domain/calendar/holiday-data.ts';
import { BadInput, readInput } from '../bad-input.ts';
import type { JsonNumberValue } from '../command.ts';

const DeadlineInput = z.strictObject({
  start: z.string(),
  amount: z.number().int('must be a whole number').min(1, 'must be at least 1').max(MAX_DEADLINE_DAYS, `must be at most ${MAX_DEADLINE_DAYS}`),
  unit: z.enum(['workday', 'day']),
});

/** The last day of a limit; `provisional` when it depends on a year whose holidays are not known. */
export function calcDeadline(text: string): JsonNumberValue {
  const outcome = deadline(readInput(DeadlineInput, text), shippedHolidays);
  if (outcome.ok) return { due: outcome.value.due, provisional: outcome.value.provisional };
  const { code, detail } = outcome.problem;
  const range = code === 'out-of-range' ? ` (from ${detail?.['min'] ?? ''} to ${detail?.['max'] ?? ''})` : ' (YYYY-MM-DD)';
  throw new BadInput(`${detail?.['field'] ?? 'input'}: ${code}: ${detail?.['given'] ?? ''}${range}`);
}
