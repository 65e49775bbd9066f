import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { caseEvent } from '#shared/domain/casework/case-opening.ts';
import { caseStanding } from '#shared/domain/casework/case-state.ts';
import type { Role } from '#shared/domain/people/people.ts';
import type { RecordTypeName } from '#shared/domain/records.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { CaseScreen } from '../../../src-renderer/features/casework/case-screen.tsx';
import { OpinionScreen } from '../../../src-renderer/features/casework/opinion-screen.tsx';
import { DeskProvider } from '../../../src-renderer/store/desk-context.tsx';
import type { Desk } from '../../../src-renderer/store/desk.ts';
import { openDesk } from '../../../src-renderer/store/open-desk.ts';
import { forgetKept } from '../../../src-renderer/ui/kept.ts';
import { fakeMain, myChain, myOfficer } from '../../helpers/fake-bridge.ts';
import { acting, click, eventually, field, pageText, render, type, unmountAll } from '../shell/render.tsx';

const id = (n: number): string => `0190c5a0-0000-7000-8000-${String(n).padStart(12, '0')}`;
const server = `${id(901)}.${id(902)}`;
const [caseId, opinionId, institutionId, bureau, colleague] = [id(1), id(2), id(3), id(4), id(5)];
const text = { facts: '3-0214 设定 22 ℃。', demand: '调至 26 ℃ 以上。', replyBy: '2026-12-30', jointOrganId: null, contact: '' };

let main: ReturnType<typeof fakeMain>;
let desk: Desk;
let seq = 0;
/** Every request that reached the server; none is answered before `answer`. */
let asked: { name: string; input: Record<string, unknown> }[] = [];
let waiting: (() => void)[] = [];

/** The server's word arrives through the feed. */
function arrive(recordType: RecordTypeName, recordId: string, values: Record<string, JsonValue>, over: Record<string, string> = {}): string {
  seq += 1;
  return main.arrive({ recordType, recordId, kind: 'create', patch: Object.fromEntries(Object.entries(values).map(([path, to]) => [path, { was: over[path] ?? null, to }])) }, server, seq).id;
}

beforeEach(async () => {
  [asked, waiting, seq] = [[], [], 0];
  main = fakeMain();
  const call = async (name: string, request: unknown): Promise<unknown> => {
    if (name !== 'office.call') return main.bridge.call(name, request);
    asked.push(structuredClone(request) as (typeof asked)[number]);
    await new Promise<void>((resolve) => waiting.push(resolve));
    return { ok: true, value: (request as { name: string }).name === 'opinion.act' ? { officialNumber: null } : { opinionId } };
  };
  // Fonts are no part of this desk.
  Object.assign(window, { bridge: { ...main.bridge, call }, requestIdleCallback: () => 0 });
  desk = await openDesk(main.session());
});

afterEach(async () => {
  await unmountAll();
  forgetKept();
  await desk.close();
  await Dexie.delete(`xuncha-${myChain}`);
});

const answer = (): Promise<void> => acting(() => waiting.splice(0).forEach((resolve) => resolve()));

function iAm(...roles: readonly Role[]): void {
  arrive('organ', bureau, { name: '示例市机关事务管理局', kind: 'bureau', level: 'municipal' });
  arrive('person', myOfficer, { name: '示例检查员', organId: bureau, roles: [...roles], active: true });
}

function opinionAt(nextStep: string, more: Record<string, JsonValue> = {}): string {
  arrive('institution', institutionId, { name: '示例市档案局', level: 'municipal', authority: '示例市机关事务管理局' });
  return arrive('opinion', opinionId, { form: 'opinion', caseId, institutionId, institutionName: '示例市档案局', text, nextStep, officialNumber: null, original: null, ...more });
}

const act = (step: string, by = colleague, decision = 'done'): JsonValue => ({ step, decision, by, at: '2026-11-20T01:00:00.000Z', comment: '' });
const showOpinion = (): Promise<unknown> => render(<DeskProvider desk={desk}><OpinionScreen opinionId={opinionId} /></DeskProvider>);
const showCase = (): Promise<unknown> => render(<DeskProvider desk={desk}><CaseScreen caseId={caseId} /></DeskProvider>);
const buttons = (): readonly string[] => [...document.querySelectorAll('button')].map((each) => each.textContent ?? '');

function aCase(): void {
  arrive('case', caseId, {
    institutionId, institutionName: '示例市档案局', inspectionId: id(9),
    'findings/f1': { roomCheckId: id(7), room: '0301', use: '办公', mode: 'cooling', setTemperatureC: '24', limitC: '26', adjustedToC: null },
    'events/e1': caseEvent({ type: 'opened', by: colleague, at: '2026-11-19T01:00:00.000Z' }),
  });
}

describe('what a case offers', () => {
  test('to an assistant: recording the unit’s reply, and who does the rest', async () => {
    iAm('assistant');
    aCase();
    await showCase();
    await eventually(() => expect(buttons()).toContain('记反馈'));
    expect(buttons()).not.toContain('记复查');
    expect(buttons()).not.toContain('请单位反馈');
    expect(buttons()).not.toContain('草拟意见书');
    expect(pageText()).toContain('复查、销号和重新打开由执法人员办理');
  });

  test('to an inspector: every next step', async () => {
    iAm('inspector');
    aCase();
    await showCase();
    await eventually(() => expect(buttons()).toContain('记复查'));
    expect(buttons()).toEqual(expect.arrayContaining(['记反馈', '请单位反馈']));
    expect(pageText()).not.toContain('由执法人员办理');
  });
});

describe('a step of a case', () => {
  test('that was begun is still there after a look at another screen, and is recorded once however often it is pressed', async () => {
    iAm('inspector');
    aCase();
    await showCase();
    await eventually(() => expect(buttons()).toContain('记反馈'));
    await click('记反馈');
    await type('情况说明', '已调至 26℃');
    await unmountAll();
    await showCase();
    await eventually(() => expect(buttons()).toContain('记反馈'));
    await click('记反馈');
    expect(field('情况说明').value).toBe('已调至 26℃');
    const save = [...document.querySelectorAll('button')].find((each) => each.textContent === '记入台账');
    await acting(() => {
      save?.click();
      save?.click();
    });
    await eventually(() => expect(main.own).toHaveLength(1));
    // The journal has it first, the working copy a moment later.
    await eventually(() => expect(buttons()).toContain('记复查'));
    const record = await desk.get(caseId);
    expect(record && caseStanding(record).findings[0]).toMatchObject({ state: 'replied', forked: false });
    expect(main.own).toHaveLength(1);
  });

  test('that was called off leaves nothing behind', async () => {
    iAm('inspector');
    aCase();
    await showCase();
    await eventually(() => expect(buttons()).toContain('记反馈'));
    await click('记反馈');
    await type('情况说明', '写错了');
    await click('取消');
    await unmountAll();
    await showCase();
    await eventually(() => expect(buttons()).toContain('记反馈'));
    await click('记反馈');
    expect(field('情况说明').value).toBe('');
  });
});

describe('a step of an opinion', () => {
  test('reaches the server once, also when its button is pressed twice before anything is drawn', async () => {
    iAm('section-head');
    opinionAt('section-review', { 'acts/a': act('draft') });
    await showOpinion();
    await eventually(() => expect(buttons()).toContain('同意'));
    const agree = [...document.querySelectorAll('button')].find((each) => each.textContent === '同意');
    await acting(() => {
      agree?.click();
      agree?.click();
    });
    expect(agree?.disabled).toBe(true);
    expect(asked).toHaveLength(1);
    await answer();
    await eventually(() => expect(agree?.disabled).toBe(false));
    expect(asked).toHaveLength(1);
  });

  test('on an own draft is only sending it back, and says why', async () => {
    iAm('section-head');
    opinionAt('section-review', { 'acts/a': act('draft', myOfficer) });
    await showOpinion();
    await eventually(() => expect(pageText()).toContain('这份文书是您起草的'));
    expect(buttons()).toContain('退回修改');
    expect(buttons()).not.toContain('同意');
  });

  test('of somebody else’s role is waited for', async () => {
    iAm('assistant');
    opinionAt('serve', { 'acts/a': act('draft') });
    await showOpinion();
    await eventually(() => expect(pageText()).toContain('等待：送达'));
    expect(buttons()).not.toContain('记录送达');
  });

  test('of a letter to a district’s bureau is never said to be countersigned, nor its text an opinion', async () => {
    iAm('assistant');
    opinionAt('finished', { form: 'district-letter' });
    await showOpinion();
    await eventually(() => expect(pageText()).toContain('函告事项'));
    expect(pageText()).not.toContain('会签');
    expect(pageText()).not.toContain('整改意见');
  });
});

describe('送达', () => {
  test('names what is missing by method, and sends what belongs to the method, to the minute', async () => {
    iAm('office');
    opinionAt('serve', { 'acts/a': act('draft'), 'acts/b': act('seal') });
    await showOpinion();
    await eventually(() => expect(pageText()).toContain('还缺：送达方式、送达时间'));
    expect(field('受送达单位').value).toBe('示例市档案局');
    await choose('送达方式', 'direct');
    expect(pageText()).toContain('还缺：受送达人姓名、受送达人职务、送达时间、送达地点');
    await type('送达地点', '一楼大厅');
    await choose('送达方式', 'document-exchange');
    await type('受送达人姓名', '方晓岚');
    await type('受送达人职务', '办公室主任');
    await type('送达时间', '2026-11-24');
    expect(pageText(), 'a date is no time yet').toContain('还缺：送达时间');
    await typeInto(document.querySelector<HTMLInputElement>('input.is-time'), '14:03');
    await type('备注', '随机要交换');
    await eventually(() => expect(pageText()).not.toContain('还缺'));
    await click('记录送达');
    const statement = {
      method: 'document-exchange', recipient: { name: '方晓岚', post: '办公室主任', unit: '示例市档案局' }, servedAt: '2026-11-24T06:03:00.000Z', place: '', reference: '', refusal: null, consent: null, note: '随机要交换',
    };
    expect(asked.map(({ name, input }) => [name, input['step'], input['service']])).toEqual([['opinion.act', 'serve', { statement, receipt: null }]]);
    await answer();
  });

  test('stays as it was filled in while another screen is looked at', async () => {
    iAm('office');
    opinionAt('serve', { 'acts/a': act('draft') });
    await showOpinion();
    await eventually(() => expect(field('受送达人姓名')).toBeDefined());
    await type('受送达人姓名', '方晓岚');
    await unmountAll();
    await showOpinion();
    await eventually(() => expect(field('受送达人姓名').value).toBe('方晓岚'));
  });

  test('on record says whether the 回证 is back; one of an earlier version shows its act alone', async () => {
    iAm('inspector');
    const served = opinionAt('finished', {
      'acts/s': act('serve'),
      'services/s': { method: 'refused', recipient: { name: '', post: '', unit: '示例市档案局' }, servedAt: '2026-11-20T06:03:00.000Z', place: '门卫处', reference: '', refusal: { reason: '称领导不在', route: 'witness', witness: { name: '吴海', unit: '示例社区' }, films: [] }, consent: null, note: '', paper: null, by: colleague, at: '2026-11-20T07:00:00.000Z' },
    });
    await showOpinion();
    await eventually(() => expect(pageText()).toContain('回证未收'));
    for (const words of ['拒收（留置）', '2026-11-20 14:03', '称领导不在', '请见证人到场 吴海 示例社区', '门卫处']) expect(pageText()).toContain(words);
    await eventually(() => expect(buttons()).toContain('记回证已收'));
    arrive('opinion', opinionId, { 'services/s': null }, { 'services/s': served });
    await eventually(() => expect(pageText()).not.toContain('送达情况'));
    expect(pageText()).toContain('已办结');
  });
});

describe('the text of a draft', () => {
  test('that somebody else kept meanwhile takes the place of nothing typed here; a person chooses', async () => {
    iAm('inspector');
    const first = opinionAt('draft');
    await showOpinion();
    await eventually(() => expect(field('查明的情况').value).toBe(text.facts));
    await type('查明的情况', '我写的');
    expect(pageText()).toContain('有改动还没有存');
    const second = arrive('opinion', opinionId, { text: { ...text, facts: '别人存的' } }, { text: first });
    await eventually(() => expect(pageText()).toContain('别人存了另一份草稿'));
    expect(field('查明的情况').value).toBe('我写的');
    expect(document.querySelector<HTMLButtonElement>('button.MuiButton-contained')?.disabled).toBe(true);
    await click('以我写的为准');
    await click('存草稿');
    expect(asked).toMatchObject([{ name: 'opinion.draft', input: { keep: true, over: second, text: { facts: '我写的' } } }]);
    await answer();
  });

  test('goes on being typed while its kept part comes back from the server', async () => {
    iAm('inspector');
    const first = opinionAt('draft');
    await showOpinion();
    await eventually(() => expect(field('查明的情况').value).toBe(text.facts));
    await type('查明的情况', '写到一半');
    await click('存草稿');
    await type('查明的情况', '写到一半，接着写');
    arrive('opinion', opinionId, { text: { ...text, facts: '写到一半' } }, { text: first });
    await answer();
    await eventually(() => expect(buttons()).toContain('存草稿'));
    expect(field('查明的情况').value).toBe('写到一半，接着写');
    expect(pageText()).not.toContain('别人存了另一份草稿');
    expect(pageText()).toContain('有改动还没有存');
  });
});

async function typeInto(control: HTMLInputElement | null, text: string): Promise<void> {
  await acting(() => {
    control?.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(control, text);
    control?.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

async function choose(label: string, value: string): Promise<void> {
  const select = field(label);
  await acting(() => {
    Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')?.set?.call(select, value);
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
}
