import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SetupScreen } from '../../../src-renderer/features/inspection/setup-screen.tsx';
import { DeskProvider } from '../../../src-renderer/store/desk-context.tsx';
import type { Desk } from '../../../src-renderer/store/desk.ts';
import { openDesk } from '../../../src-renderer/store/open-desk.ts';
import { forgetUnstored, unstored } from '../../../src-renderer/ui/unstored.ts';
import { fakeMain, myChain, myOfficer } from '../../helpers/fake-bridge.ts';
import { acting, click, eventually, field, leave, pageText, render, type, unmountAll } from './render.tsx';

const institution = '0190c5a0-0000-7000-8000-0000000000d1';
const inspection = '0190c5a0-0000-7000-8000-0000000000a1';
const colleague = '0190c5a0-0000-7000-8000-0000000000c1.0190c5a0-0000-7000-8000-0000000000c2';

let main: ReturnType<typeof fakeMain>;
let desk: Desk;

beforeEach(async () => {
  main = fakeMain();
  Object.assign(window, { bridge: main.bridge });
  desk = await openDesk(main.session());
  main.arrive({ recordType: 'person', recordId: myOfficer, kind: 'create', patch: { name: { was: null, to: '示例检查员' }, roles: { was: null, to: ['inspector'] }, active: { was: null, to: true } } }, colleague, 1);
  await desk.edit([{ recordType: 'inspection', recordId: inspection, values: { institutionId: institution, institutionName: '示例市档案局', title: '夏季检查', leadOfficerId: myOfficer, officerIds: [myOfficer] } }]);
});

afterEach(async () => {
  await unmountAll();
  forgetUnstored();
  await desk.close();
  await Dexie.delete(`xuncha-${myChain}`);
});

async function open(): Promise<void> {
  await render(<DeskProvider desk={desk}><SetupScreen inspectionId={inspection} /></DeskProvider>);
  await eventually(() => expect(field('任务来源').disabled).toBe(false));
}

const stored = async () => (await desk.get(inspection))?.fields ?? {};

test('parts of one value typed quickly one after the other are all kept', async () => {
  await open();
  await type('单位陪同人员', '王某');
  await type('职务', '科长');
  await type('电话', '0571-0000');
  await acting(() => desk.flush());
  expect((await stored())['accompanying']).toEqual({ name: '王某', post: '科长', telephone: '0571-0000' });
});

test('a temperature written with a Chinese full stop is read, one in Chinese numerals is explained and not stored', async () => {
  await open();
  await type('室外温度', '35。5');
  await leave('室外温度');
  await eventually(() => expect(field('室外温度').value).toBe('35.5'));
  await type('室外温度', '二十六');
  await leave('室外温度');
  expect(pageText()).toContain('“二十六”是汉字数字，没有保存');
  expect(field('室外温度').value).toBe('二十六');
  await acting(() => desk.flush());
  expect((await stored())['outdoorTemperatureC']).toBe('35.5');
});

test('10 MB pasted into a text field is named, stays in the field, is stored nowhere and keeps nothing else from being saved', async () => {
  await open();
  const huge = '长'.repeat(10 * 1024 * 1024);
  await type('任务来源', '示机事〔2026〕12号');
  await type('被检查单位意见', huge);
  await leave('被检查单位意见');
  expect(pageText()).toContain('被检查单位意见最多 2,000 个字，现在有 10,485,760 个，没有保存；文字还在输入框里，请缩短。');
  expect(field('被检查单位意见').value).toHaveLength(huge.length);
  expect(await desk.flush()).toEqual({ kind: 'saved' });
  expect(await stored()).toMatchObject({ taskSource: '示机事〔2026〕12号' });
  expect((await stored())['unitOpinion']).toBeUndefined();
  expect(unstored().map(({ label }) => label)).toEqual(['被检查单位意见']);
});

test('text that fits no record is still in its field after looking at another screen, and gone from the count once shortened', async () => {
  await open();
  await type('任务来源', '文'.repeat(300));
  await unmountAll();
  await open();
  expect(field('任务来源').value).toHaveLength(300);
  expect(pageText()).toContain('任务来源最多 200 个字');
  await type('任务来源', '短了');
  expect(unstored()).toEqual([]);
  await acting(() => desk.flush());
  expect((await stored())['taskSource']).toBe('短了');
});

test('a colleague’s change appears while nobody types, and two different values are both offered', async () => {
  await open();
  const author = main.own[0]?.id ?? null;
  main.arrive({ recordType: 'inspection', recordId: inspection, kind: 'edit', patch: { title: { was: author, to: '复查' } } }, colleague, 2);
  await eventually(() => expect(field('任务名称').value).toBe('复查'));
  await type('检查地点', '甲写的地点');
  await acting(() => desk.flush());
  main.arrive({ recordType: 'inspection', recordId: inspection, kind: 'edit', patch: { place: { was: null, to: '乙写的地点' } } }, colleague, 3);
  await eventually(() => expect(pageText()).toContain('两人填写了不同的内容'));
  await click('乙写的地点');
  await eventually(() => expect(pageText()).not.toContain('两人填写了不同的内容'));
  expect((await desk.get(inspection))?.conflicts).toEqual({});
  expect((await stored())['place']).toBe('乙写的地点');
});

test('a date typed in any usual way is stored when the field is left and shown as 2026-11-24; what is no date stays with its reason', async () => {
  await open();
  await type('请单位反馈的日期', '２０２６．１１．２');
  await acting(() => desk.flush());
  expect((await stored())['replyBy'], 'it may become the 24th').toBeUndefined();
  expect(unstored().map(({ text }) => text)).toEqual(['２０２６．１１．２']);
  await type('请单位反馈的日期', '２０２６．１１．２４');
  await leave('请单位反馈的日期');
  await acting(() => desk.flush());
  expect((await stored())['replyBy']).toBe('2026-11-24');
  await eventually(() => expect(field('请单位反馈的日期').value).toBe('2026-11-24'));
  await type('请单位反馈的日期', '2026-02-30');
  expect(pageText()).toContain('没有“2026-02-30”这一天，没有保存');
  await leave('请单位反馈的日期');
  await acting(() => desk.flush());
  expect(field('请单位反馈的日期').value).toBe('2026-02-30');
  expect((await stored())['replyBy']).toBe('2026-11-24');
  await type('请单位反馈的日期', '20261125');
  await acting(() => desk.flush());
  expect((await stored())['replyBy'], 'eight digits need nothing more').toBe('2026-11-25');
  expect(unstored()).toEqual([]);
});
