import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { mediaTypeOf, servedPath } from '../../../src-main/window/served-path.ts';

const root = path.resolve('/app/dist/renderer');

describe('a path of the application origin', () => {
  test('names the page, or a file below the built pages', () => {
    expect(servedPath(root, '/')).toBe(path.join(root, 'index.html'));
    expect(servedPath(root, '/app/index-1.js')).toBe(path.join(root, 'app/index-1.js'));
    expect(servedPath(root, '/assets/%E8%A1%A8.json')).toBe(path.join(root, 'assets/表.json'));
  });

  test.each(['/../main/main.cjs', '/..%2fmain/main.cjs', '/%2e%2e/main/main.cjs', '/a/../../main.cjs', '/..', '/..%5cmain.cjs', '/c:/windows', '/%00', '/%', '/%E8', 'no-slash', ''])(
    'never leads out or means two things: %s',
    (urlPath) => {
      expect(servedPath(root, urlPath)).toBeNull();
    },
  );
});

test('fonts, modules and WebAssembly have their media type, an unknown ending is opaque', () => {
  expect(mediaTypeOf('a.ttf')).toBe('font/ttf');
  expect(mediaTypeOf('a.mjs')).toBe('text/javascript; charset=utf-8');
  expect(mediaTypeOf('a.wasm')).toBe('application/wasm');
  expect(mediaTypeOf('a.exe')).toBe('application/octet-stream');
});
