import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Log } from '../services.ts';
import type { Wire } from '../store/sql.ts';
import type { News } from './news.ts';

/** What processes tell each other; `from` names the teller, who has heard it already. */
const Told = z.discriminatedUnion('kind', [
  z.strictObject({ from: z.string(), kind: z.literal('news'), officeId: z.string(), cursor: z.number().int().min(0) }),
  z.strictObject({ from: z.string(), kind: z.literal('end-chain'), chainId: z.string() }),
  z.strictObject({ from: z.string(), kind: z.literal('end-officer'), officeId: z.string(), officerId: z.string() }),
]);
type Told = z.infer<typeof Told>;
type Telling = Told extends infer Each ? (Each extends Told ? Omit<Each, 'from'> : never) : never;

export type SharedNews = News & { leave(): void };

/**
 * The hub of this process, joined to those of all others on the same database. Listeners here hear at once, those elsewhere
 * by the wire; of several positions of one office that wait to be sent only the last goes. What was missed while the wire
 * was cut nobody knows: then every stream here ends, and whoever asks again hears how far the feed is.
 */
export async function sharedNews(local: News, wire: Wire, log: Log): Promise<SharedNews> {
  const from = randomUUID();
  const positions = new Map<string, number>();
  let sending = false;

  const send = async (telling: Telling): Promise<void> => {
    try {
      await wire.send(JSON.stringify({ from, ...telling }));
    } catch (error) {
      log.warn({ err: error, telling: telling.kind }, 'the other processes could not be told');
    }
  };
  const sendPositions = async (): Promise<void> => {
    if (sending) return;
    sending = true;
    for (let [next] = positions; next; [next] = positions) {
      const [officeId, cursor] = next;
      positions.delete(officeId);
      await send({ kind: 'news', officeId, cursor });
    }
    sending = false;
  };
  const leave = await wire.listen((text) => hear(local, from, text, log), () => {
    log.warn('the wire between the processes was cut: listeners have to ask again');
    local.endAll();
  });
  return {
    listen: local.listen,
    tell(officeId, cursor) {
      local.tell(officeId, cursor);
      positions.set(officeId, Math.max(cursor, positions.get(officeId) ?? 0));
      void sendPositions();
    },
    endChain(chainId) {
      local.endChain(chainId);
      void send({ kind: 'end-chain', chainId });
    },
    endOfficer(officeId, officerId) {
      local.endOfficer(officeId, officerId);
      void send({ kind: 'end-officer', officeId, officerId });
    },
    endAll: local.endAll,
    leave,
  };
}

function hear(local: News, self: string, text: string, log: Log): void {
  const told = toldIn(text);
  if (!told) {
    log.warn({ length: text.length }, 'somebody says on the wire what nobody of us would');
    return;
  }
  if (told.from === self) return;
  switch (told.kind) {
    case 'news': return local.tell(told.officeId, told.cursor);
    case 'end-chain': return local.endChain(told.chainId);
    case 'end-officer': return local.endOfficer(told.officeId, told.officerId);
    default: told satisfies never;
  }
}

function toldIn(text: string): Told | null {
  try {
    return Told.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
