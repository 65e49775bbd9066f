import pg from 'pg';
import type { Client } from 'pg';
import { connectionTo, prepareSession } from './postgres-session.ts';
import type { Wire } from './sql.ts';

const CHANNEL = 'xuncha';
/** How often a silent line is tried, and how long the wait between attempts to reconnect grows, in ms. */
const TRY_LINE_MS = 20_000;
const MOST_WAIT_MS = 5_000;

type Listening = { readonly onText: (text: string) => void; readonly onGap: () => void };

/**
 * LISTEN/NOTIFY on one connection of its own, made anew whenever it breaks. Sent outside of transactions on purpose:
 * inside one, NOTIFY makes all commits of the whole cluster wait for one another.
 */
export function postgresWire(url: string, run: (text: string, values: string[]) => Promise<void>, onTrouble: (error: unknown) => void): Wire & { close(): Promise<void> } {
  const listeners = new Set<Listening>();
  let line: Client | null = null;
  let opening: Promise<void> | null = null;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;
  let beat: NodeJS.Timeout | undefined;

  const open = async (): Promise<void> => {
    const client = new pg.Client({ ...connectionTo(url), query_timeout: TRY_LINE_MS });
    client.on('error', onTrouble);
    client.on('notification', ({ payload }) => {
      for (const { onText } of listeners) onText(payload ?? '');
    });
    try {
      await client.connect();
      await prepareSession(client, { statementMs: TRY_LINE_MS, lockMs: 0, idleInTransactionMs: 0 });
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    line = client;
    client.once('end', () => lost(client));
    if (closed) await client.end();
  };
  const lost = (client: Client): void => {
    if (line !== client) return;
    line = null;
    if (!closed) reopen(100);
  };
  const reopen = (waitMs: number): void => {
    retry = setTimeout(() => {
      opening = open().then(
        () => listeners.forEach(({ onGap }) => onGap()),
        (error: unknown) => {
          onTrouble(error);
          if (!closed) reopen(Math.min(2 * waitMs, MOST_WAIT_MS));
        },
      );
    }, waitMs);
  };
  // A line that is dead without saying so is noticed by asking.
  const tryLine = (): void => {
    const tried = line;
    tried?.query('SELECT 1').catch((error: unknown) => {
      onTrouble(error);
      // The dead line's own goodbye may never come.
      lost(tried);
      void tried.end().catch(() => undefined);
    });
  };
  return {
    send: async (text) => await run('SELECT pg_notify($1, $2)', [CHANNEL, text]),
    async listen(onText, onGap) {
      const listening = { onText, onGap };
      listeners.add(listening);
      await (opening ??= open());
      beat ??= setInterval(tryLine, TRY_LINE_MS).unref();
      return () => void listeners.delete(listening);
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      clearInterval(beat);
      await opening?.catch(() => undefined);
      await line?.end().catch(() => undefined);
    },
  };
}
