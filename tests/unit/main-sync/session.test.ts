import { describe, expect, test } from 'vitest';
import { done, failed } from '../../../src-shared/kit/outcome.ts';
import { newsReader, type ServerEvent } from '../../../src-main/sync/event-stream.ts';
import type { ServerClient } from '../../../src-main/sync/server-client.ts';
import { signedIn } from '../../../src-main/sync/session.ts';

describe('a session with the server', () => {
  const signed: string[] = [];
  let opened = 0;
  const server = {
    challenge: async () => done({ v: 1 as const, challenge: 'c'.repeat(40) }),
    openSession: async () => {
      opened += 1;
      return done({ v: 1 as const, token: `${opened}`.padStart(40, '0'), expiresAt: '2026-08-12T07:00:00.000Z' });
    },
  } as unknown as ServerClient;
  const sign = (bytes: Uint8Array): string => {
    signed.push(Buffer.from(bytes).toString('utf8'));
    return 's'.repeat(88);
  };

  test('is opened once by a signed challenge, whoever asks at the same time', async () => {
    opened = 0;
    const session = signedIn(server, 'chain', sign);
    const tokens = await Promise.all([1, 2, 3].map(() => session.withToken(async (token) => done(token))));
    expect(new Set(tokens.map((each) => each.ok && each.value)).size).toBe(1);
    expect(opened).toBe(1);
    expect(signed.at(-1)).toBe(`xuncha-session-v1:${'c'.repeat(40)}`);
  });

  test('is renewed once when the server has forgotten it, and not for ever', async () => {
    opened = 0;
    const session = signedIn(server, 'chain', sign);
    let calls = 0;
    expect(await session.withToken(async (token) => { calls += 1; return calls === 1 ? failed('unauthorized') : done(token); })).toMatchObject({ ok: true });
    expect(opened).toBe(2);
    calls = 0;
    expect(await session.withToken(async () => { calls += 1; return failed('unauthorized'); })).toEqual(failed('unauthorized'));
    expect(calls).toBe(2);
  });

  test('that could not be opened is tried again by the next call', async () => {
    let answers = 0;
    const flaky = { ...server, challenge: async () => { answers += 1; return answers === 1 ? failed('offline') : done({ v: 1 as const, challenge: 'd'.repeat(40) }); } } as unknown as ServerClient;
    const session = signedIn(flaky, 'chain', sign);
    expect(await session.withToken(async (token) => done(token))).toEqual(failed('offline'));
    expect(await session.withToken(async (token) => done(token))).toMatchObject({ ok: true });
  });
});

describe('hints from the server', () => {
  test('are read whatever pieces they come in, and never believed beyond their number', () => {
    const text = ': hello\n\nevent: news\ndata: {"cursor":7}\n\nevent: news\r\ndata: {"cursor":"x"}\r\n\r\nevent: other\ndata: {"cursor":9}\n\nevent: news\ndata: not json\n\n';
    for (const size of [1, 3, 1000]) {
      const events: ServerEvent[] = [];
      const read = newsReader((event) => events.push(event));
      for (let at = 0; at < text.length; at += size) read(text.slice(at, at + size));
      expect(events.filter((event) => event.kind === 'news')).toEqual([{ kind: 'news', cursor: 7 }]);
      expect(events).toHaveLength(5);
    }
  });
});
