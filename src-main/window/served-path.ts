import path from 'node:path';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.ttf': 'font/ttf',
  '.otf': 'font/otf',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.pdf': 'application/pdf',
  '.bcmap': 'application/octet-stream',
};

/** Media type by the ending of the name; a name we do not serve is opaque bytes, never something that runs. */
export function mediaTypeOf(file: string): string {
  return mediaTypes[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
}

/**
 * The file that a URL path of `app://main/` names inside `rootDir`, or null when the path is malformed or leads out.
 * `/` is the page itself. No folder listing, no fallback page: an unknown path is an unknown file.
 */
export function servedPath(rootDir: string, urlPath: string): string | null {
  const decoded = decodedPath(urlPath);
  if (decoded === null) return null;
  const file = path.resolve(rootDir, decoded === '/' ? 'index.html' : `.${decoded}`);
  const relative = path.relative(rootDir, file);
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? null : file;
}

function decodedPath(urlPath: string): string | null {
  try {
    const decoded = decodeURIComponent(urlPath);
    // A decoded backslash, NUL or colon would mean something else to Windows than to the URL parser.
    return decoded.startsWith('/') && !/[\\\0:]/.test(decoded) ? decoded : null;
  } catch {
    return null;
  }
}
