import { failed } from '#shared/kit/outcome.ts';
import { ownApplied, pulledApplied } from '../journal/applied.ts';
import type { Journal } from '../journal/journal.ts';
import type { SessionHolder } from '../keys/open-session.ts';
import type { BridgeHandlers } from './answer.ts';
import { stagedAppendCalls } from './staged-append.ts';

/** Writing to the signed-in officer's journal, and reading it back for the working copy. Signed out, there is nothing. */
export function journalCalls(holder: SessionHolder): Pick<BridgeHandlers, 'journal.append' | 'journal.stage' | 'journal.append-staged' | 'journal.read' | 'journal.changes-of' | 'pages.read'> {
  const journal = (): Journal | null => holder.current()?.journal ?? null;
  return {
    'journal.append': async ({ changes }) => (await journal()?.append(changes)) ?? failed('not-signed-in'),
    ...stagedAppendCalls(holder),
    'journal.read': async ({ fromSeq, limit }) => {
      const open = journal();
      if (!open) return { changes: [], next: null };
      const own = await open.own(fromSeq, limit);
      const last = own.at(-1);
      // What is appended from now on comes with its own receipt.
      const next = last && own.length === limit && last.seq < open.head().seq ? last.seq + 1 : null;
      return { changes: own.map((change) => ownApplied(change, open.chain)), next };
    },
    'journal.changes-of': async ({ recordIds }) => [...((await journal()?.changesOf(new Set(recordIds))) ?? [])],
    'pages.read': async ({ after, limit }) => {
      const open = journal();
      if (!open) return { changes: [], cursor: after, more: false, generationId: null };
      const { generationId } = open;
      const { items, cursor, more } = await open.pages(after, limit);
      return { changes: items.map((item) => pulledApplied(item, open.chain.officeId)), cursor, more, generationId };
    },
  };
}
