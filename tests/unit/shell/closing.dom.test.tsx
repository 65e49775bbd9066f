import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WindowClosing } from '../../../src-renderer/app/window-closing.tsx';
import type { Desk } from '../../../src-renderer/store/desk.ts';
import { openDesk } from '../../../src-renderer/store/open-desk.ts';
import { forgetUnstored, noteUnstored } from '../../../src-renderer/ui/unstored.ts';
import { fakeMain, myChain } from '../../helpers/fake-bridge.ts';
import { acting, click, eventually, pageText, render, unmountAll } from './render.tsx';

const room = { recordType: 'roomCheck', recordId: '0190c5a0-0000-7000-8000-0000000000b1', values: { inspectionId: '0190c5a0-0000-7000-8000-0000000000a1', room: '0301' } } as const;

let main: ReturnType<typeof fakeMain>;
let desk: Desk;
let closing: () => void;
let ready: number;
let stays: number;

beforeEach(async () => {
  main = fakeMain();
  ready = 0;
  stays = 0;
  const { call, on } = main.bridge;
  Object.assign(window, {
    bridge: {
      call: async (name: string, request: unknown) => {
        if (name === 'window.ready-to-close') ready += 1;
        else if (name === 'window.stay-open') stays += 1;
        else return call(name, request);
        return {};
      },
      on: (name: string, listener: (payload: unknown) => void) => {
        if (name === 'window.closing') closing = () => listener({});
        return on(name, listener);
      },
    },
  });
  desk = await openDesk(main.session());
  await render(<WindowClosing desk={desk} />);
});

afterEach(async () => {
  await unmountAll();
  forgetUnstored();
  await desk.close();
  await Dexie.delete(`xuncha-${myChain}`);
});

test('what was typed a moment before closing is in the journal before the window goes', async () => {
  desk.draft(room);
  await acting(() => closing());
  await eventually(() => expect(ready).toBe(1));
  expect(main.own.map((change) => change.recordId)).toEqual([room.recordId]);
});

test('with a full disk the window stays and says what is at stake; only the person lets it go', async () => {
  main.refuseWith('disk-full');
  desk.draft(room);
  await acting(() => closing());
  await eventually(() => expect(pageText()).toContain('磁盘已满'));
  expect([ready, stays]).toEqual([0, 1]);
  await click('仍然关闭');
  await eventually(() => expect(ready).toBe(1));
});

test('text that fits no record is named before the window goes', async () => {
  noteUnstored('a/备注', '备注', '长'.repeat(5000));
  await acting(() => closing());
  await eventually(() => expect(pageText()).toContain('“备注”里的内容不符合要求，没有保存。'));
  expect(ready).toBe(0);
});
