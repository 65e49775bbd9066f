import { chainIdOf, type AppliedChange } from '#shared/journal/change.ts';
import type { PageItem } from '#shared/sync/wire.ts';
import type { ChainIdentity, OwnChange } from './journal.ts';

/** An own change as the fold sees it. */
export function ownApplied(change: Pick<OwnChange, 'id' | 'seq' | 'body' | 'receivedAt'>, chain: ChainIdentity): AppliedChange {
  const { recordType, recordId, kind, patch, wall } = change.body;
  return {
    id: change.id, chainId: chain.chainId, seq: change.seq, officeId: chain.officeId, officerId: chain.officerId,
    recordType, recordId, kind, patch, wall, receivedAt: change.receivedAt,
  };
}

/** A pulled change as the fold sees it. The feed carries one office only: ours. */
export function pulledApplied(item: PageItem, officeId: string): AppliedChange {
  const { id, seq, officerId, recordType, recordId, kind, patch, wall, receivedAt } = item;
  return { id, chainId: chainIdOf(item.deviceId, officerId), seq, officeId, officerId, recordType, recordId, kind, patch, wall, receivedAt };
}
