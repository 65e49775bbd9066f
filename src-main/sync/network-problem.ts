import { problem, type Problem } from '#shared/kit/problem.ts';

const noNetwork = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL']);
const certificate = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_)/;
const notHttp = /^(HPE_|EPROTO$|ERR_SSL_)/;

/**
 * What a failed connection means to a person: no network (`offline`), nobody there (`server-unreachable`), somebody
 * whose certificate we do not trust (`insecure-server`), or somebody who does not speak our language (`not-our-server`).
 */
export function problemOfNetworkError(error: unknown): Problem {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
  if (noNetwork.has(code)) return problem('offline', { reason: code });
  if (certificate.test(code)) return problem('insecure-server', { reason: code });
  if (notHttp.test(code)) return problem('not-our-server', { reason: code });
  return problem('server-unreachable', { reason: code });
}
