import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bridgeCalls } from '#shared/bridge/calls.ts';
import { officeCalls } from '#shared/sync/office-calls.ts';
import { emptyRecord, type RecordState } from '#shared/sync/record-state.ts';
import { OrganDialog } from '../../../src-renderer/features/people/organ-dialog.tsx';
import { PersonDialog } from '../../../src-renderer/features/people/person-dialog.tsx';
import { fakeMain, myChain } from '../../helpers/fake-bridge.ts';
import { click, eventually, render, type, unmountAll } from './render.tsx';

const organId = '0190c5a0-0000-7000-8000-0000000000e1';
const officerId = '0190c5a0-0000-7000-8000-0000000000e2';
const id = (letter: string): string => letter.repeat(64);

const status = { phase: 'idle', unsent: 0, refused: [], lastContactAt: null, lastProblem: null, clockOffsetMs: null, setBack: null, evidencePending: { files: 0, bytes: 0 } };

let asked: { name: string; input: Record<string, unknown> }[];

beforeEach(() => {
  asked = [];
  const main = fakeMain();
  Object.assign(window, { bridge: { on: main.bridge.on, call: async (name: string, request: unknown) => {
    if (name === 'sync.now') return status;
    if (name !== 'office.call') return main.bridge.call(name, request);
    // As main and the server do: the envelope first, then the act's own shape.
    const { name: act, input } = bridgeCalls['office.call'].request.parse(structuredClone(request));
    asked.push({ name: act, input: officeCalls[act as 'person.save'].request.parse(input) });
    return { ok: true, value: act === 'organ.save' ? { organId } : { officerId } };
  } } });
});

afterEach(async () => {
  await unmountAll();
  await Dexie.delete(`xuncha-${myChain}`);
});

const organ: RecordState = { ...emptyRecord({ recordId: organId, recordType: 'organ', officeId: organId, officerId }), fields: { name: '示例市局', kind: 'bureau', level: 'municipal', drawnSignatures: false }, by: { name: id('a'), kind: id('a'), level: id('b'), drawnSignatures: id('c') } };
const person: RecordState = {
  ...emptyRecord({ recordId: officerId, recordType: 'person', officeId: organId, officerId }),
  fields: { name: '林知夏', loginName: 'lin', organId, roles: ['inspector'], certificate: null, telephone: '0571-1', active: true },
  by: { name: id('a'), loginName: id('a'), organId: id('a'), roles: id('b'), certificate: id('a'), telephone: id('c'), active: id('a') },
};

test('a new organ and a new person are sent as what the bridge and the office take', async () => {
  await render(<OrganDialog organ={null} onClose={() => undefined} />);
  await type('机关名称', '示例市能源监察中心');
  await click('保存');
  await eventually(() => expect(asked[0]?.input).toEqual({ organId: null, name: '示例市能源监察中心', kind: 'joint', level: 'municipal', drawnSignatures: false }));
  await unmountAll();
  await render(<PersonDialog person={null} organs={[organ]} onClose={() => undefined} />);
  await type('姓名', '何予安');
  await type('登录名', 'he');
  await click('保存');
  await eventually(() => expect(asked[1]?.input).toMatchObject({ officerId: null, name: '何予安', loginName: 'he', organId }));
});

test('of a known one the dialog names what was changed and over which state', async () => {
  await render(<OrganDialog organ={organ} onClose={() => undefined} />);
  await type('机关名称', '示例市机关事务局');
  await click('保存');
  await eventually(() => expect(asked[0]?.input['over']).toEqual({ name: id('a') }));
  await unmountAll();
  await render(<PersonDialog person={person} organs={[organ]} onClose={() => undefined} />);
  await type('电话', '0571-2');
  await click('保存');
  await eventually(() => expect(asked[1]?.input['over']).toEqual({ telephone: id('c') }));
});
