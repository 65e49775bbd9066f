/**
 * The one content security policy, printed in docs/window-security.md. Sent as a header with every answer of `app://main/`.
 *
 * `nonce` is new for every answer: Emotion's style elements carry it, nothing else may. There is no `wasm-unsafe-eval`
 * and no remote `connect-src`: hashing and all networking belong to the main process.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'none'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}
