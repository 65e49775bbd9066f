import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const about = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
const page = readFileSync(path.join(root, 'docs/dependencies.md'), 'utf8');
const listed = [...page.matchAll(/^\| ([^|]+) \|/gm)].flatMap((row) => (row[1] ?? '').split(',').map((name) => name.trim())).filter((name) => name !== 'package' && !name.startsWith('---'));

test('docs/dependencies.md gives a reason for every package, and for no other', () => {
  expect(listed.toSorted()).toEqual(Object.keys({ ...about.dependencies, ...about.devDependencies }).toSorted());
});

test('every version is exact, so that two machines build the same', () => {
  const loose = Object.entries({ ...about.dependencies, ...about.devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
  expect(loose).toEqual([]);
});
