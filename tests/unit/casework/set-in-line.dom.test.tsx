import { afterEach, expect, test } from 'vitest';
import { SetInLine } from '../../../src-renderer/features/casework/set-in-line.tsx';
import type { SetIn } from '../../../src-renderer/pdf/pdf-calls.ts';
import { render, unmountAll } from '../shell/render.tsx';

afterEach(unmountAll);

async function shown(setIn: SetIn | null, missingGlyphs: readonly string[] = []): Promise<string> {
  return (await render(<SetInLine made={{ setIn, missingGlyphs }} />)).textContent ?? '';
}

test('a draft says which typefaces of this laptop it is set in, and what they borrowed', async () => {
  const said = await shown({ title: { kind: 'system', family: '方正小标宋简体' }, body: { kind: 'system', family: '仿宋_GB2312' }, borrowed: ['䶮', '㑇'] });
  expect(said).toContain('标题字体：方正小标宋简体。');
  expect(said).toContain('正文字体：仿宋_GB2312。');
  expect(said).toContain('䶮 㑇');
});

test('a draft says why it is not in 仿宋 and 小标宋', async () => {
  const said = await shown({ title: { kind: 'own', why: 'not-embeddable', family: '方正小标宋简体' }, body: { kind: 'own', why: 'absent' }, borrowed: [] });
  expect(said).toContain('本机的“方正小标宋简体”许可不允许嵌入 PDF');
  expect(said).toContain('本机没有仿宋');
  expect(said).not.toContain('补上');
});

test('a character that no typeface has is named before anybody prints', async () => {
  const place = await render(<SetInLine made={{ setIn: null, missingGlyphs: ['𠮷'] }} />);
  expect(place.querySelector('[role=alert]')?.textContent).toContain('本机字体都没有这些字：𠮷');
});
