import { createHash } from 'node:crypto';
import { changeId, coreOf } from '../../../src-shared/journal/change-id.ts';
import { GENESIS } from '../../../src-shared/journal/change.ts';
import { done, failed, type Outcome } from '../../../src-shared/kit/outcome.ts';
import type { Problem } from '../../../src-shared/kit/problem.ts';
import type { ExchangeReply, ExchangeRequest, PageItem, PushedChange, Refusal } from '../../../src-shared/sync/wire.ts';
import type { ChainIdentity } from '../../../src-main/journal/journal.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
export const officeId = '01890000-0000-7000-8000-000000000001';

export function uuid(number: number): string {
  return `01890000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

export function chainOf(number: number): ChainIdentity {
  const deviceId = uuid(100 + number);
  const officerId = uuid(200 + number);
  return { officeId, deviceId, officerId, chainCode: `A${number}`, chainId: `${deviceId}.${officerId}` };
}

export function remark(text: string, recordNumber = 1): PushedChange {
  return {
    recordType: 'roomCheck', recordId: uuid(1000 + recordNumber), kind: 'edit', wall: '2026-08-12T06:00:00.000Z', mono: 1, bootId: 'boot',
    salt: '0'.repeat(32), patch: { remarks: { was: null, to: text } },
  };
}

export function idAt(chain: ChainIdentity, seq: number, prev: string, body: PushedChange): string {
  return changeId(coreOf(body, { officeId, deviceId: chain.deviceId, officerId: chain.officerId, seq, prev }, sha256), sha256);
}

/** The office server's rules in forty lines: one feed, idempotent push, receipts. What a real one keeps on disk is an array. */
export function officeModel(serverNow: () => number = () => Date.parse('2026-08-12T06:00:00.000Z')) {
  const chains = new Map<string, { id: string; receivedAt: string }[]>();
  const refused = new Map<string, Refusal[]>();
  const feed: PageItem[] = [];
  let refuse: (body: PushedChange) => Problem | null = () => null;
  const take = (chain: ChainIdentity, fromSeq: number, bodies: readonly PushedChange[]): Outcome<void> => {
    const held = chains.get(chain.chainId) ?? [];
    chains.set(chain.chainId, held);
    if (fromSeq > held.length + 1) return failed('gap', { expected: held.length + 1 });
    for (const [index, body] of bodies.entries()) {
      const seq = fromSeq + index;
      const id = idAt(chain, seq, held[seq - 2]?.id ?? GENESIS, body);
      const known = held[seq - 1];
      if (known && known.id !== id) return failed('fork', { seq });
      if (known) continue;
      const receivedAt = new Date(serverNow()).toISOString();
      held.push({ id, receivedAt });
      const problem = refuse(body);
      if (problem) refused.set(chain.chainId, [...(refused.get(chain.chainId) ?? []), { seq, id, problem }]);
      else feed.push({ ...body, cursor: feed.length + 1, id, deviceId: chain.deviceId, officerId: chain.officerId, seq, receivedAt });
    }
    return done(undefined);
  };
  return {
    feed,
    heldOf: (chain: ChainIdentity) => chains.get(chain.chainId) ?? [],
    refuseWhen(rule: (body: PushedChange) => Problem | null) { refuse = rule; },
    /** An old backup is put back: the last `changes` of this chain are forgotten, with their place in the feed. */
    forgetLast(chain: ChainIdentity, changes: number) {
      chains.get(chain.chainId)?.splice(-changes);
      feed.splice(-changes);
    },
    exchange(chain: ChainIdentity, request: ExchangeRequest): Outcome<ExchangeReply> {
      if (request.cursor > feed.length) return failed('cursor-invalid');
      const taken = request.push ? take(chain, request.push.fromSeq, request.push.changes) : done(undefined);
      if (!taken.ok) return taken;
      const held = chains.get(chain.chainId) ?? [];
      const last = held.at(-1);
      const page = feed.slice(request.cursor, request.cursor + request.pageLimit);
      const next = request.cursor + page.length;
      return done({
        v: 1, receipt: last ? { seq: held.length, ...last } : null, refused: refused.get(chain.chainId) ?? [],
        page, next, more: next < feed.length, serverTime: new Date(serverNow()).toISOString(),
      });
    },
  };
}

export type OfficeModel = ReturnType<typeof officeModel>;
