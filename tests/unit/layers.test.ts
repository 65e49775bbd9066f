import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

// What the compiler and the lint zones can not say: relations between folders of one layer.

const root = path.resolve(import.meta.dirname, '../..');

type Import = Readonly<{ file: string; from: string; line: string }>;

function importsOf(layer: string): Import[] {
  return readdirSync(path.join(root, layer), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .flatMap((entry) => {
      const file = path.relative(root, path.join(entry.parentPath, entry.name));
      const text = readFileSync(path.join(root, file), 'utf8');
      return [...text.matchAll(/^(?:import|export)\b[^;]*?from '([^']+)'|\bimport\('([^']+)'\)/gm)].map((found) => ({
        file,
        from: found[1] ?? found[2] ?? '',
        line: found[0],
      }));
    });
}

/** Where an import leads, as a path from the root; null for a package. */
function target({ file, from }: Import): string | null {
  if (from.startsWith('#shared/')) return path.join('src-shared', from.slice('#shared/'.length));
  return from.startsWith('.') ? path.join(path.dirname(file), from) : null;
}

const layers = ['src-shared', 'src-main', 'src-renderer', 'src-server', 'src-cli'];
const imports = layers.flatMap(importsOf);
const named = (found: readonly Import[]): string[] => found.map(({ file, from }) => `${file} imports ${from}`);

describe('who may import whom', () => {
  test('a feature never imports another feature', () => {
    const feature = (file: string | null): string | undefined => (file === null ? undefined : /^src-renderer\/features\/([^/]+)\//.exec(file)?.[1]);
    const crossing = imports.filter((found) => {
      const to = feature(target(found));
      const from = feature(found.file);
      return from !== undefined && to !== undefined && from !== to;
    });
    expect(named(crossing), 'share through src-shared/domain or src-renderer/ui').toEqual([]);
  });

  test('nothing imports a composition root', () => {
    const roots = new Set(['src-main/main.ts', 'src-main/preload.ts', 'src-renderer/main.tsx', 'src-server/server.ts', 'src-cli/xuncha.ts']);
    expect(named(imports.filter((found) => roots.has(target(found) ?? '')))).toEqual([]);
  });

  test('zod is imported as a namespace, because the named object brings all of it into every bundle', () => {
    const whole = imports.filter(({ from, line }) => from === 'zod' && !/^import (type |\* as z from)/.test(line));
    expect(named(whole)).toEqual([]);
  });

  test('imports name the file with its ending', () => {
    const bare = imports.filter((found) => target(found) !== null && !/\.(ts|tsx|json|css)(\?.*)?$/.test(found.from));
    expect(named(bare)).toEqual([]);
  });
});
