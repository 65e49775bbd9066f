import type { OpenApi } from './open-api.ts';

/** The contract to read in a browser: one plain page, no script, no style, nothing from elsewhere. */
export function docsPage({ info, paths }: OpenApi): string {
  const sections = Object.entries(paths).flatMap(([path, operations]) => Object.entries(operations).map(([method, operation]) => [
    `<h2><code>${method.toUpperCase()} ${escaped(path)}</code></h2>`,
    `<p>${escaped(operation.summary)}${operation.security ? ' — needs a session' : ''}</p>`,
    ...(operation.requestBody ? [details('Request', operation.requestBody)] : []),
    details('Reply', Object.values(operation.responses)[0]),
  ].join('\n')));
  return [
    '<!doctype html>', '<html lang="en">', '<meta charset="utf-8">', `<title>${escaped(info.title)}</title>`, `<h1>${escaped(info.title)}</h1>`,
    `<p>${escaped(info.description)}</p>`, '<p>The same for programs: <a href="/openapi.json">openapi.json</a></p>', ...sections, '</html>',
  ].join('\n');
}

function details(title: string, value: unknown): string {
  return `<details><summary>${title}</summary><pre>${escaped(JSON.stringify(value, null, 2))}</pre></details>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
