import { describe, expect, test } from 'vitest';
import { bridgeCalls, type BridgeCallName } from '#shared/bridge/calls.ts';
import { failed } from '#shared/kit/outcome.ts';
import { answerWith, sendWith, type Asker, type BridgeHandlers } from '../../../src-main/bridge/answer.ts';

const ours: Asker = { isTopFrame: true, origin: 'app://main' };

function gate(handlers: Partial<BridgeHandlers> = {}) {
  const reports: string[] = [];
  const called: string[] = [];
  const all = Object.fromEntries(Object.keys(bridgeCalls).map((name) => [name, () => {
    called.push(name);
    throw new Error(`secret path /home/li/${name}`);
  }]));
  const answer = answerWith({ handlers: { ...all, ...handlers } as BridgeHandlers, origin: 'app://main', checkReplies: true, report: (what) => reports.push(what) });
  return { answer, reports, called };
}

describe('who may ask', () => {
  test.each<[string, Asker]>([
    ['a frame inside the page', { isTopFrame: false, origin: 'app://main' }],
    ['another origin', { isTopFrame: true, origin: 'https://example.com' }],
    ['an origin that only begins like ours', { isTopFrame: true, origin: 'app://main.example.com' }],
    ['a file', { isTopFrame: true, origin: 'file://' }],
    ['a frame that is gone', { isTopFrame: false, origin: '' }],
  ])('not %s: no call of the contract gets through', async (_who, asker) => {
    const { answer, called, reports } = gate();
    for (const name of Object.keys(bridgeCalls)) await expect(answer(asker, name, {})).rejects.toThrow(/^not-allowed$/);
    expect(called).toEqual([]);
    expect(reports).toHaveLength(Object.keys(bridgeCalls).length);
  });

  test.each([['constructor'], ['__proto__'], ['toString'], ['journal.delete'], [''], [null], [{}], [['app.info']]])('not for %j, which is no call', async (name) => {
    await expect(gate().answer(ours, name, {})).rejects.toThrow(/^not-allowed$/);
  });
});

describe('what may be asked', () => {
  test('parse once at each border, bridge to main: every call refuses rubbish without being reached', async () => {
    const { answer, called } = gate();
    for (const name of Object.keys(bridgeCalls) as BridgeCallName[]) {
      for (const rubbish of [null, undefined, 7, 'text', [], { extra: 1, __proto__: { x: 1 } }]) {
        const reply = await answer(ours, name, rubbish).catch((error: Error) => error.message);
        expect(reply === 'invalid-input' || (reply as { problem?: { code: string } }).problem?.code === 'invalid-input', `${name} ${JSON.stringify(rubbish)}`).toBe(true);
      }
    }
    expect(called).toEqual([]);
  });

  test('the field that is wrong is named', async () => {
    const { answer } = gate();
    const change = { recordType: 'roomCheck', recordId: 'not-an-id', kind: 'edit', patch: {} };
    expect(await answer(ours, 'journal.append', { changes: [change] })).toEqual(failed('invalid-input', { field: 'changes.0.recordId' }));
  });

  test('values nested without end are an invalid input, not the end of the process', async () => {
    const { answer, called } = gate();
    let to: unknown = 1;
    for (let depth = 0; depth < 100_000; depth += 1) to = [to];
    const change = { recordType: 'roomCheck', recordId: '0198a000-0000-7000-8000-000000000001', kind: 'edit', patch: { remarks: { was: null, to } } };
    expect(await answer(ours, 'journal.append', { changes: [change] })).toMatchObject({ ok: false, problem: { code: 'invalid-input' } });
    expect(called).toEqual([]);
  });

  test('more than 500 changes at once are refused', async () => {
    const change = { recordType: 'roomCheck', recordId: '0198a000-0000-7000-8000-000000000001', kind: 'edit', patch: {} };
    const { answer } = gate();
    expect(await answer(ours, 'journal.append', { changes: Array.from({ length: 501 }, () => change) })).toMatchObject({ problem: { code: 'invalid-input' } });
  });
});

describe('what comes back', () => {
  test('is the handler’s reply', async () => {
    const { answer } = gate({ 'session.current': () => null, 'session.close': async () => ({}) });
    expect(await answer(ours, 'session.current', {})).toBeNull();
    expect(await answer(ours, 'session.close', {})).toEqual({});
  });

  test('a failure nobody foresaw is a code, without path, stack or text of a library', async () => {
    const { answer, reports } = gate();
    expect(await answer(ours, 'evidence.read', { sha256: 'a'.repeat(64) })).toEqual(failed('storage-failed'));
    const error = await answer(ours, 'profile.list', {}).catch((thrown: Error) => thrown);
    expect((error as Error).message).toBe('storage-failed');
    expect(reports).toEqual(['bridge call evidence.read', 'bridge call profile.list']);
  });

  test('a disk that fails while reading is named as such', async () => {
    const full = Object.assign(new Error('x'), { code: 'EROFS' });
    const { answer } = gate({ 'evidence.read': () => Promise.reject(full) });
    expect(await answer(ours, 'evidence.read', { sha256: 'a'.repeat(64) })).toEqual(failed('read-only', { cause: 'EROFS' }));
  });

  test('parse once at each border, main to window: a reply that is not of the contract does not leave main', async () => {
    const { answer } = gate({ 'session.close': (() => ({ secret: 1 })) as never });
    await expect(answer(ours, 'session.close', {})).rejects.toThrow(/^storage-failed$/);
  });

  test('events of another shape are not sent', () => {
    const sent: unknown[] = [];
    const send = sendWith((name, payload) => sent.push([name, payload]));
    send('pages.arrived', { cursor: 3 });
    expect(() => send('pages.arrived', { cursor: 'x' } as never)).toThrow(/cursor/);
    expect(sent).toEqual([['pages.arrived', { cursor: 3 }]]);
  });
});
