import { beforeEach, describe, expect, test } from 'vitest';
import { failed } from '../../../src-shared/kit/outcome.ts';
import type { ServerEvent } from '../../../src-main/sync/event-stream.ts';
import { hintListener, type HintListener } from '../../../src-main/sync/hint-listener.ts';
import type { OfficeConnection } from '../../../src-main/sync/office-connection.ts';
import type { ServerClient } from '../../../src-main/sync/server-client.ts';

type Stream = { hear(event: ServerEvent): void; breakOff(): Promise<void> };

describe('listening to the server’s hints', () => {
  let streams: Stream[];
  let news: number[];
  let broken: number;
  let clock: number;
  let listener: HintListener;

  beforeEach(() => {
    [streams, news, broken, clock] = [[], [], 0, 0];
    const hints: ServerClient['hints'] = (_token, onEvent) => {
      let end = (): void => undefined;
      const ended = new Promise<ReturnType<typeof failed>>((resolve) => { end = () => resolve(failed('server-unreachable')); });
      streams.push({
        hear: onEvent,
        async breakOff() {
          end();
          await new Promise<void>((resolve) => { setImmediate(resolve); });
        },
      });
      return { ended, stop: end };
    };
    const ask: OfficeConnection['ask'] = (call) => call({ hints } as unknown as ServerClient, 'token');
    listener = hintListener({
      ask, now: () => clock, onNews: (cursor) => news.push(cursor),
      // As in the service: a break leads to an exchange, and its success to another try.
      onBroken: () => {
        broken += 1;
        listener.ensure();
      },
    });
  });

  test('one stream is open at a time, and what it says is passed on', () => {
    listener.ensure();
    listener.ensure();
    streams[0]?.hear({ kind: 'news', cursor: 5 });
    expect(streams).toHaveLength(1);
    expect(news).toEqual([5]);
  });

  test('a stream that breaks after a while is a reason to look at once', async () => {
    listener.ensure();
    streams[0]?.hear({ kind: 'open' });
    clock = 60_000;
    await streams[0]?.breakOff();
    expect(broken).toBe(1);
    expect(streams).toHaveLength(2);
  });

  test('a proxy that cuts every stream at once makes no circle of it', async () => {
    listener.ensure();
    for (let turn = 0; turn < 10; turn += 1) {
      streams.at(-1)?.hear({ kind: 'news', cursor: 5 });
      await streams.at(-1)?.breakOff();
    }
    expect(broken).toBe(1);
    expect(streams).toHaveLength(2);
  });

  test('after signing out nothing is passed on', async () => {
    listener.ensure();
    listener.stop();
    streams[0]?.hear({ kind: 'news', cursor: 5 });
    await streams[0]?.breakOff();
    listener.ensure();
    expect(news).toEqual([]);
    expect(broken).toBe(0);
    expect(streams).toHaveLength(1);
  });
});
