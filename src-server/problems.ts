import type { Problem, ProblemCode } from '#shared/kit/problem.ts';

/** The one place where a problem becomes an HTTP status. */
const statusOfCode = {
  'invalid-input': 400, 'field-too-long': 400, 'not-a-number': 400, 'out-of-range': 400, 'not-a-date': 400, 'wrong-encoding': 400,
  'unreadable-file': 400, 'bad-rows': 400, duplicate: 409, 'not-found': 404, 'newer-version': 426,
  'not-allowed': 403, 'wrong-step': 409, locked: 409, incomplete: 400, 'certificate-invalid': 409, 'two-officers-needed': 409, 'same-person': 403,
  'not-own-level': 409, 'bases-not-approved': 409, 'number-taken': 409,
  'disk-full': 507, 'storage-failed': 500, 'journal-damaged': 500, 'read-only': 409, 'evidence-missing': 404, 'evidence-damaged': 422,
  'not-signed-in': 401, 'wrong-passphrase': 403, 'already-open': 409, 'profile-damaged': 500,
  'printer-not-found': 404, 'print-failed': 500, 'print-timeout': 504,
  offline: 503, 'server-unreachable': 503, 'not-our-server': 502, 'half-reply': 502, 'server-error': 500, 'insecure-server': 403, unauthorized: 401,
  revoked: 403, 'code-invalid': 403, 'code-used': 409, fork: 409, 'chain-mismatch': 409, gap: 409, 'bad-signature': 400, 'too-large': 413,
  'please-update': 426, 'cursor-invalid': 400, 'demo-only': 403, 'rate-limited': 429, 'package-refused': 422,
} as const satisfies Record<ProblemCode, number>;

export function httpStatus({ code, detail }: Problem): number {
  // A body in a language we do not read has a status of its own; what is wrong is the header, not a field.
  if (code === 'invalid-input' && (detail?.['header'] === 'content-type' || detail?.['header'] === 'content-encoding')) return 415;
  // What clients of the upload protocol know by its status: speak 1.0.0; look where it stands; come back later; send this piece again.
  if (code === 'invalid-input' && detail?.['header'] === 'tus-resumable') return 412;
  if (code === 'invalid-input' && detail?.['header'] === 'upload-offset' && detail['standing'] !== undefined) return 409;
  if (code === 'rate-limited' && detail?.['reason'] === 'upload-under-way') return 423;
  if (code === 'evidence-damaged' && detail?.['offset'] !== undefined) return 460;
  return statusOfCode[code];
}
