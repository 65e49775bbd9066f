import { createHash } from 'node:crypto';
import { changeId, coreOf, type HashText } from '#shared/journal/change-id.ts';
import { chainIdOf, GENESIS } from '#shared/journal/change.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { PageItem } from '#shared/sync/wire.ts';

/** The last change of each chain that came by the feed. */
export type ChainHeads = Map<string, { readonly seq: number; readonly id: string }>;

/** How the changes of a page were believed: recomputed from the one before, or taken on the server's word. */
export type PageTrust = { readonly proven: number; readonly trusted: number };

const sha256: HashText = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * Holds a page against what is known before a byte of it is kept: positions rise within (after, next], and every change
 * whose predecessor is known hashes to its id. A change whose predecessor never came by the feed (it was refused there)
 * is taken on the server's word and counted. Fails with `chain-mismatch`; `heads` is only moved on when all is well.
 */
export function checkPage(items: readonly PageItem[], after: number, next: number, officeId: string, heads: ChainHeads): Outcome<PageTrust> {
  const moved: ChainHeads = new Map();
  let position = after;
  let proven = 0;
  for (const item of items) {
    if (item.cursor <= position || item.cursor > next) return failed('chain-mismatch', { where: 'page', cursor: item.cursor });
    position = item.cursor;
    const chainId = chainIdOf(item.deviceId, item.officerId);
    const head = moved.get(chainId) ?? heads.get(chainId) ?? { seq: 0, id: GENESIS };
    if (item.seq === head.seq && item.id !== head.id) return failed('chain-mismatch', { where: 'page', cursor: item.cursor });
    if (item.seq === head.seq + 1) {
      if (idOf(item, head.id, officeId) !== item.id) return failed('chain-mismatch', { where: 'page', cursor: item.cursor });
      proven += 1;
    }
    if (item.seq > head.seq) moved.set(chainId, { seq: item.seq, id: item.id });
  }
  if (next < after) return failed('chain-mismatch', { where: 'page', cursor: next });
  for (const [chainId, head] of moved) heads.set(chainId, head);
  return done({ proven, trusted: items.length - proven });
}

/** Notes changes that are on disk already, in the order of the feed. */
export function noteHeads(items: readonly PageItem[], heads: ChainHeads): void {
  for (const item of items) {
    const chainId = chainIdOf(item.deviceId, item.officerId);
    if (item.seq > (heads.get(chainId)?.seq ?? 0)) heads.set(chainId, { seq: item.seq, id: item.id });
  }
}

function idOf(item: PageItem, prev: string, officeId: string): string {
  const place = { officeId, deviceId: item.deviceId, officerId: item.officerId, seq: item.seq, prev };
  return changeId(coreOf(item, place, sha256), sha256);
}
