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

type Detail = NonNullable<Problem['detail']>;

/** What clients know by its status rather than by our code, with the detail that tells it. */
const statusOfDetail: readonly { readonly code: ProblemCode; readonly status: number; readonly told: string; fits(detail: Detail): boolean }[] = [
  // A body in a language we do not read has a status of its own; what is wrong is the header, not a field.
  { code: 'invalid-input', status: 415, told: 'header=content-type or content-encoding', fits: ({ header }) => header === 'content-type' || header === 'content-encoding' },
  // The upload protocol: speak 1.0.0; look where it stands; come back later; send this piece again.
  { code: 'invalid-input', status: 412, told: 'header=tus-resumable', fits: ({ header }) => header === 'tus-resumable' },
  { code: 'invalid-input', status: 409, told: 'header=upload-offset standing=elsewhere', fits: ({ header, standing }) => header === 'upload-offset' && standing !== undefined },
  { code: 'rate-limited', status: 423, told: 'reason=upload-under-way', fits: ({ reason }) => reason === 'upload-under-way' },
  { code: 'evidence-damaged', status: 460, told: 'offset', fits: ({ offset }) => offset !== undefined },
];

export function httpStatus({ code, detail = {} }: Problem): number {
  return statusOfDetail.find((each) => each.code === code && each.fits(detail))?.status ?? statusOfCode[code];
}

/** Every status that a problem can have, in words for the published contract. */
export function statusesInWords(): string {
  const byCode = Object.entries(statusOfCode).map(([code, status]) => `${code} ${status}`);
  const byDetail = statusOfDetail.map(({ code, status, told }) => `${code} {${told}} ${status}`);
  return [...byCode, ...byDetail, 'a request that is no HTTP 400, too slow 408, with too long headers 431'].join(', ');
}
