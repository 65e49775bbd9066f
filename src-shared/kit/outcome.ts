import * as z from 'zod';
import { Problem, problem, type ProblemCode } from './problem.ts';

/** An expected success or failure. `throw` is reserved for bugs. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function failed(code: ProblemCode, detail?: Readonly<Record<string, string | number>>): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: problem(code, detail) };
}

/** The zod schema of an Outcome around `value`, for replies that cross a process border. */
export function outcomeOf<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value }),
    z.strictObject({ ok: z.literal(false), problem: Problem }),
  ]);
}
