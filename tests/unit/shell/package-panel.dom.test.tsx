import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ExportedPackage, ImportedPackage } from '#shared/bridge/calls.ts';
import type { Outcome } from '#shared/kit/outcome.ts';
import { PackagePanel } from '../../../src-renderer/features/sync/package-panel.tsx';
import { DeskProvider } from '../../../src-renderer/store/desk-context.tsx';
import type { Desk } from '../../../src-renderer/store/desk.ts';
import { openDesk } from '../../../src-renderer/store/open-desk.ts';
import { fakeMain, myChain } from '../../helpers/fake-bridge.ts';
import { click, eventually, pageText, render, unmountAll } from './render.tsx';

let desk: Desk;
let exported: Outcome<ExportedPackage | null>;
let imported: Outcome<ImportedPackage | null>;

beforeEach(async () => {
  const main = fakeMain();
  const { call, on } = main.bridge;
  Object.assign(window, {
    bridge: { on, call: async (name: string, request: unknown) => (name === 'package.export' ? exported : name === 'package.import' ? imported : call(name, request)) },
  });
  desk = await openDesk(main.session());
  await render(<DeskProvider desk={desk}><PackagePanel /></DeskProvider>);
});

afterEach(async () => {
  await unmountAll();
  await desk.close();
  await Dexie.delete(`xuncha-${myChain}`);
});

test('an export says what is in the file and that nothing counts as sent by it', async () => {
  exported = { ok: true, value: { path: '/media/usb/交换包-A1.xcpkg', changes: 12, originals: 3, originalsLeft: 1 } };
  await click('导出交换包');
  await eventually(() => expect(pageText()).toContain('已导出 12 条记录和 3 个照片或文件到 /media/usb/交换包-A1.xcpkg'));
  expect(pageText()).toContain('取得回执以前，它们仍算没有同步');
  expect(pageText()).toContain('另有 1 个照片或文件没有放进去');
});

test('an import says what the server holds, what it refused, and that a receipt was not saved', async () => {
  imported = { ok: true, value: { kind: 'changes', chainCode: 'A1', heldThrough: 12, refused: 2, originals: 3, originalsMissing: 1, receiptPath: null } };
  await click('导入交换包');
  await eventually(() => expect(pageText()).toContain('服务器已收到电脑 A1 的内容，到第 12 条为止'));
  expect(pageText()).toContain('被服务器拒收的有 2 条');
  expect(pageText()).toContain('还有 1 个照片或文件没有到服务器');
  expect(pageText()).toContain('没有保存回执包');
});

test('a receipt says what it newly confirms, and one that is known already that nothing changed', async () => {
  imported = { ok: true, value: { kind: 'receipt', confirmed: 12, originals: 3, refused: 0 } };
  await click('导入交换包');
  await eventually(() => expect(pageText()).toContain('新确认送达 12 条记录、3 个照片或文件'));
  imported = { ok: true, value: { kind: 'receipt', confirmed: 0, originals: 0, refused: 0 } };
  await click('导入交换包');
  await eventually(() => expect(pageText()).toContain('没有新的内容，本机没有变化'));
});

test('a damaged package is named with what is wrong, and a cancelled dialog says nothing', async () => {
  imported = { ok: false, problem: { code: 'package-refused', detail: { reason: 'content', name: 'changes/000001.json' } } };
  await click('导入交换包');
  await eventually(() => expect(pageText()).toContain('交换包中的“changes/000001.json”与清单的校验值不符，什么都没有导入'));
  imported = { ok: true, value: null };
  await click('导入交换包');
  await eventually(() => expect(pageText()).not.toContain('什么都没有导入'));
});
