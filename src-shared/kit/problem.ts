import * as z from 'zod';

/**
 * Every expected failure in the product, once. One table in the renderer turns a code into a sentence for people
 * (what happened, what is safe, what to do next); one table in the server turns it into an HTTP status.
 */
export const problemCodes = [
  // input
  'invalid-input', 'field-too-long', 'not-a-number', 'out-of-range', 'not-a-date', 'wrong-encoding', 'unreadable-file',
  'bad-rows', 'duplicate', 'not-found', 'newer-version',
  // law and workflow
  'not-allowed', 'wrong-step', 'locked', 'incomplete', 'certificate-invalid', 'two-officers-needed', 'same-person',
  'not-own-level', 'bases-not-approved', 'number-taken',
  // storage on the laptop
  'disk-full', 'storage-failed', 'journal-damaged', 'read-only', 'evidence-missing', 'evidence-damaged', 'not-signed-in',
  'wrong-passphrase', 'already-open', 'profile-damaged',
  // printing
  'printer-not-found', 'print-failed', 'print-timeout',
  // network and server
  'offline', 'server-unreachable', 'not-our-server', 'half-reply', 'server-error', 'insecure-server', 'unauthorized',
  'revoked', 'code-invalid', 'code-used', 'fork', 'chain-mismatch', 'gap', 'bad-signature', 'too-large', 'please-update',
  'cursor-invalid', 'demo-only', 'rate-limited',
  // exchange packages
  'package-refused',
] as const;

export const ProblemCode = z.enum(problemCodes);
export type ProblemCode = z.infer<typeof ProblemCode>;

/** `detail` holds plain values for the sentence ({field}, {line}, {limit} …), never text for people. */
export const Problem = z.strictObject({
  code: ProblemCode,
  detail: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type Problem = Readonly<z.infer<typeof Problem>>;

export function problem(code: ProblemCode, detail?: Readonly<Record<string, string | number>>): Problem {
  return detail === undefined ? { code } : { code, detail };
}
