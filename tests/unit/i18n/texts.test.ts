import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { problemCodes } from '#shared/kit/problem.ts';

type Texts = { readonly [key: string]: string | Texts };

const folder = path.resolve(import.meta.dirname, '../../../src-renderer/i18n');
const names = readdirSync(folder).filter((file) => /\.(zh-CN|en)\.ts$/.test(file));
const namespaces = [...new Set(names.map((file) => file.replace(/\.(zh-CN|en)\.ts$/, '')))];

async function textsOf(namespace: string, language: 'zh-CN' | 'en'): Promise<ReadonlyMap<string, string>> {
  const { texts } = (await import(path.join(folder, `${namespace}.${language}.ts`))) as { texts: Texts };
  return new Map(flat(texts));
}

function flat(texts: Texts, before = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) => (typeof value === 'string' ? [[`${before}${key}`, value] as [string, string]] : flat(value, `${before}${key}.`)));
}

/** English may tell one from many; both forms stand for the one Chinese key. */
const withoutPlural = (keys: Iterable<string>): string[] => [...new Set([...keys].map((key) => key.replace(/_(one|other)$/, '')))].sort();
const placeholders = (text: string): string[] => [...text.matchAll(/\{\{(\w+)[^}]*\}\}/g)].map((found) => found[1] ?? '').sort();

describe.each(namespaces)('the texts of %s', (namespace) => {
  test('say the same in both languages', async () => {
    const chinese = await textsOf(namespace, 'zh-CN');
    const english = await textsOf(namespace, 'en');
    expect(withoutPlural(english.keys())).toEqual(withoutPlural(chinese.keys()));
  });

  test('name the same values in both languages', async () => {
    const chinese = await textsOf(namespace, 'zh-CN');
    const english = await textsOf(namespace, 'en');
    const differing = [...chinese].filter(([key, text]) => {
      const other = english.get(key) ?? english.get(`${key}_other`) ?? '';
      return String(placeholders(text)) !== String(placeholders(other));
    });
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  test('are written, in a quiet voice', async () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const loud = [...(await textsOf(namespace, language))].filter(([, text]) => /[!！]|unknown error|未知错误/i.test(text));
      expect(loud, `${namespace}.${language}`).toEqual([]);
    }
  });
});

test('every expected failure has a sentence that says what happened and what to do next', async () => {
  for (const language of ['zh-CN', 'en'] as const) {
    const texts = await textsOf('problems', language);
    for (const code of problemCodes) {
      const parts = (texts.get(code) ?? '').split(/[；;.]\s*/).filter((part) => part !== '');
      expect({ code, saysBoth: parts.length > 1 }).toEqual({ code, saysBoth: true });
    }
  }
});

test('no sentence about a failure needs a value that its code does not carry', async () => {
  const alwaysGiven: Readonly<Record<string, readonly string[]>> = { 'not-a-number': ['given'], 'not-a-date': ['given'] };
  const texts = await textsOf('problems', 'zh-CN');
  const asking = problemCodes.filter((code) => placeholders(texts.get(code) ?? '').some((name) => !(alwaysGiven[code] ?? []).includes(name)));
  expect(asking).toEqual([]);
});

test('every key that a screen asks for by name is there', async () => {
  const features = path.resolve(folder, '..');
  const files = readdirSync(features, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file) && !file.startsWith('i18n'));
  const missing: string[] = [];
  for (const file of files) {
    const source = readFileSync(path.join(features, file), 'utf8');
    const used = [...source.matchAll(/useTranslation\('([\w-]+)'\)/g)].map((found) => found[1] ?? '');
    if (new Set(used).size !== 1) continue;
    const known = withoutPlural((await textsOf(used[0] ?? '', 'zh-CN')).keys());
    const ask = new RegExp(String.raw`\bt\('([\w.-]+)'`, 'g');
    for (const [, key = ''] of source.matchAll(ask)) if (!known.includes(key)) missing.push(`${file}: ${key}`);
  }
  expect(missing).toEqual([]);
});
