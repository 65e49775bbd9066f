import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import type { SystemFonts } from '../fonts/system-fonts.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { mediaTypeOf, servedPath } from './served-path.ts';

/** The origin for ever: another scheme or host would be another, empty IndexedDB. */
export const appOrigin = 'app://main';

/** Where the window starts, and the only page it may be on. */
export const appPage = `${appOrigin}/`;

const noncePlaceholder = '__CSP_NONCE__';

/** Makes `app:` a secure origin with storage. Must run before Electron is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

/** Serves the built renderer at `app://main/`, and nothing outside `rendererDir` but the typefaces that `fonts` answers. */
export function serveRenderer(rendererDir: string, fonts: SystemFonts): void {
  protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    // `URL.origin` is the string 'null' for a scheme that Node does not know, so scheme and host are compared apart.
    if (url.protocol !== 'app:' || url.host !== 'main' || request.method !== 'GET') return refused(404);
    const font = await fonts(url.pathname);
    if (font !== null) return new Response(font.bytes, { headers: protectedHeaders(font.mediaType, newNonce()) });
    const file = servedPath(rendererDir, url.pathname);
    return file === null ? refused(404) : fileAnswer(file);
  });
}

async function fileAnswer(file: string): Promise<Response> {
  const mediaType = mediaTypeOf(file);
  try {
    const bytes = await readFile(file);
    const nonce = newNonce();
    const body = mediaType.startsWith('text/html') ? bytes.toString('utf8').replaceAll(noncePlaceholder, nonce) : bytes;
    return new Response(body, { headers: protectedHeaders(mediaType, nonce) });
  } catch {
    // Missing, a folder, or unreadable: for the page it is the same missing file.
    return refused(404);
  }
}

function refused(status: number): Response {
  return new Response('', { status, headers: protectedHeaders('text/plain; charset=utf-8', newNonce()) });
}

function newNonce(): string {
  return randomBytes(16).toString('base64');
}

function protectedHeaders(mediaType: string, nonce: string): Record<string, string> {
  return {
    'content-type': mediaType,
    'content-security-policy': contentSecurityPolicy(nonce),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
}
