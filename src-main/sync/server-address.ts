import { done, failed, type Outcome } from '#shared/kit/outcome.ts';

/** Where the office server is, and whom we believe to be it. */
export type ServerAddress = {
  /** `https://host[:port]`, or `http://` on this machine only; no path. */
  readonly origin: string;
  /** The office's own certificate authority as PEM; null: the authorities Node knows. */
  readonly caPem: string | null;
};

/**
 * Reads what a person typed as the server's address.
 * Fails with `invalid-input` (detail.field `serverUrl`), or `insecure-server` for http beyond loopback: passphrases never
 * travel, but records and photos would, in clear.
 */
export function serverAddress(text: string, caPem: string | null): Outcome<ServerAddress> {
  const url = parsedUrl(text.trim());
  if (!url) return failed('invalid-input', { field: 'serverUrl' });
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return failed('insecure-server', { host: url.hostname });
  return done({ origin: url.origin, caPem });
}

function parsedUrl(text: string): URL | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return null;
  return url.pathname === '/' && url.hostname !== '' ? url : null;
}

/** True for names that can only mean this machine. The URL parser has already written IPv4 in its dotted form. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}
