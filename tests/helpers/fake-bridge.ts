import { createHash, randomUUID } from 'node:crypto';
import type { Session } from '#shared/bridge/calls.ts';
import type { AppliedChange, NewChange } from '#shared/journal/change.ts';
import { failed, type Outcome } from '#shared/kit/outcome.ts';

export const office = '0190c5a0-0000-7000-8000-000000000001';
export const myOfficer = '0190c5a0-0000-7000-8000-000000000002';
export const myChain = `0190c5a0-0000-7000-8000-000000000003.${myOfficer}`;

/** A main process in memory: a journal and pages that survive "restarts" of the renderer in one test. */
export function fakeMain() {
  const own: AppliedChange[] = [];
  const pages: { cursor: number; change: AppliedChange }[] = [];
  let generationId = randomUUID();
  let refuse: Outcome<never> | null = null;
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const calls: string[] = [];

  const append = (changes: readonly NewChange[]): unknown => {
    if (refuse) return refuse;
    const made = changes.map((change) => madeChange(change, myChain, myOfficer, own.length + 1, null, own));
    return { ok: true, value: { batchId: randomUUID(), changes: made } };
  };

  let staged: { batchId: string; changes: NewChange[] } | null = null;
  const answers: Record<string, (request: never) => unknown> = {
    'media.status': () => ({ paused: false, files: 0, sentBytes: 0, totalBytes: 0, bytesPerSecond: null, secondsLeft: null, uploading: [], refused: [] }),
    'journal.append': (request: { changes: NewChange[] }) => append(request.changes),
    'journal.stage': (request: { batchId: string; changes: NewChange[] }) => {
      staged = { batchId: request.batchId, changes: [...(staged?.batchId === request.batchId ? staged.changes : []), ...request.changes] };
      return { ok: true, value: { staged: staged.changes.length } };
    },
    'journal.append-staged': (request: { batchId: string; count: number }) => {
      if (staged?.batchId !== request.batchId || staged.changes.length !== request.count) return failed('invalid-input', { field: 'changes' });
      const fromSeq = own.length + 1;
      const written = append(staged.changes) as { ok: boolean };
      return written.ok ? { ok: true, value: { fromSeq, throughSeq: own.length } } : written;
    },
    'journal.read': (request: { fromSeq: number; limit: number }) => ({ changes: own.filter((c) => c.seq >= request.fromSeq).slice(0, request.limit), next: null }),
    'pages.read': (request: { after: number; limit: number }) => {
      const rest = pages.filter((item) => item.cursor > request.after);
      const piece = rest.slice(0, request.limit);
      return {
        changes: piece.filter((item) => item.change.chainId !== myChain).map((item) => item.change),
        cursor: piece.at(-1)?.cursor ?? request.after,
        more: rest.length > piece.length,
        generationId,
      };
    },
    'journal.changes-of': (request: { recordIds: string[] }) => [...own, ...pages.map((item) => item.change)].filter((c) => request.recordIds.includes(c.recordId)),
  };

  return {
    own, pages, calls,
    session(): Session {
      return {
        chainId: myChain, officeId: office, officeName: '示例市机关事务管理局', officerId: myOfficer, officerName: '示例检查员', loginName: 'demo', chainCode: 'A1',
        serverUrl: 'http://127.0.0.1:1', demo: true, deviceId: myChain.slice(0, 36), generationId, ownSeq: own.length, cursor: pages.at(-1)?.cursor ?? 0, readOnly: null,
      };
    },
    newGeneration(): void {
      generationId = randomUUID();
    },
    refuseWith(code: Parameters<typeof failed>[0] | null): void {
      refuse = code ? failed(code) : null;
    },
    /** A colleague's change arrives through the feed. */
    arrive(change: NewChange, chainId: string, seq: number): AppliedChange {
      const made = madeChange(change, chainId, chainId.slice(37), seq, '2026-08-12T06:00:00.000Z', null);
      pages.push({ cursor: pages.length + 1, change: made });
      for (const listener of listeners.get('pages.arrived') ?? []) listener({ cursor: pages.length });
      return made;
    },
    bridge: {
      async call(name: string, request: unknown): Promise<unknown> {
        calls.push(name);
        const answer = answers[name];
        if (!answer) throw new Error(`fake main does not answer ${name}`);
        return structuredClone(await answer(request as never));
      },
      on(name: string, listener: (payload: unknown) => void): () => void {
        const set = listeners.get(name) ?? new Set();
        set.add(listener);
        listeners.set(name, set);
        return () => set.delete(listener);
      },
    },
  };
}

function madeChange(change: NewChange, chainId: string, officerId: string, seq: number, receivedAt: string | null, into: AppliedChange[] | null): AppliedChange {
  const id = createHash('sha256').update(JSON.stringify([chainId, seq, change])).digest('hex');
  const made: AppliedChange = { ...change, id, chainId, seq, officeId: office, officerId, wall: '2026-08-12T06:00:00.000Z', receivedAt };
  into?.push(made);
  return made;
}
