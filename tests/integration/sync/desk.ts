import { mkdtempSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BridgeEvent, BridgeEventName, SyncStatus } from '../../../src-shared/bridge/calls.ts';
import type { AppliedChange, NewChange } from '../../../src-shared/journal/change.ts';
import type { Outcome } from '../../../src-shared/kit/outcome.ts';
import { syncCalls, type SyncCalls } from '../../../src-main/bridge/sync-calls.ts';
import { bootClock, type BootClock } from '../../../src-main/journal/boot-clock.ts';
import { nodeDisk } from '../../../src-main/journal/node-disk.ts';
import { usualSizes } from '../../../src-main/journal/open-journal.ts';
import { enrol } from '../../../src-main/keys/enrol.ts';
import type { OpenSession } from '../../../src-main/keys/open-session.ts';
import { sessionHolder } from '../../../src-main/keys/sessions.ts';
import { enrolAtServer } from '../../../src-main/sync/enrol.ts';
import type { PageItem } from '../../../src-shared/sync/wire.ts';

const passphrase = '一间一间地查 26 度';
/** Real derivation is meant to be slow; what a test waits for is the exchange. */
const quickCost = async () => ({ memoryKiB: 64, iterations: 1, parallelism: 1 });

/** Everything of the main process between the window and the network, on a profile folder of its own. */
export type Desk = {
  readonly profileDir: string;
  readonly chainId: string;
  signIn(): Promise<OpenSession>;
  session(): OpenSession;
  append(...changes: readonly NewChange[]): Promise<readonly AppliedChange[]>;
  readonly calls: SyncCalls;
  status(): Promise<SyncStatus>;
  /** Pulled changes of others, as the working copy would read them. */
  pulled(): Promise<readonly PageItem[]>;
  /** Resolves with the first status that fits, the present one included. */
  until(fits: (status: SyncStatus) => boolean): Promise<SyncStatus>;
  /** Resolves when pages up to `cursor` arrived. */
  untilArrived(cursor: number): Promise<void>;
  /** Resolves when the session was closed, by whomever. */
  untilEnded(): Promise<void>;
  readonly endedBy: readonly string[];
  signOut(): Promise<void>;
  /** Signs out and deletes the profile. */
  discard(): Promise<void>;
};

export type FirstAccount = { readonly name: string; readonly loginName: string; readonly officeName: string };

/** Enrols a new laptop by a code and opens nothing yet. */
export async function enrolledDesk(serverUrl: string, code: string, firstAccount: FirstAccount | null = null, caPem: string | null = null): Promise<Desk> {
  const profileDir = mkdtempSync(path.join(tmpdir(), 'xuncha-desk-'));
  const parts = { disk: nodeDisk, profileDir, enrolAt: enrolAtServer(() => caPem), demoServer: null, cost: quickCost };
  const entry = await enrol(parts, { serverUrl, code, passphrase, deviceName: `laptop ${profileDir.slice(-6)}`, firstAccount });
  if (!entry.ok) rmSync(profileDir, { recursive: true, force: true });
  return deskIn(profileDir, valueOf(entry).chainId, caPem);
}

/** A new process on an existing profile. */
export function deskIn(profileDir: string, chainId: string, caPem: string | null = null, clock: BootClock = bootClock()): Desk {
  const holder = sessionHolder({ disk: nodeDisk, profileDir, clock, sizes: { ...usualSizes, reserveBytes: 64 * 1024 }, now: () => new Date() });
  const statuses: SyncStatus[] = [];
  const endedBy: string[] = [];
  let arrivedCursor = 0;
  const watchers = new Set<() => void>();
  const send = <N extends BridgeEventName>(name: N, payload: BridgeEvent<N>): void => {
    if (name === 'sync.status') statuses.push(payload as SyncStatus);
    if (name === 'pages.arrived') arrivedCursor = (payload as BridgeEvent<'pages.arrived'>).cursor;
    for (const watcher of watchers) watcher();
  };
  holder.onClosed((reason) => endedBy.push(reason));
  const calls = syncCalls(holder, () => caPem, send);
  const session = (): OpenSession => {
    const current = holder.current();
    if (!current) throw new Error('nobody is signed in');
    return current;
  };
  const until = <T>(look: () => T | null): Promise<T> => new Promise((resolve) => {
    const check = (): void => {
      const found = look();
      if (found === null) return;
      watchers.delete(check);
      resolve(found);
    };
    watchers.add(check);
    check();
  });
  return {
    profileDir, chainId, session, calls, endedBy,
    signIn: async () => valueOf(await holder.open(chainId, passphrase)),
    append: async (...changes) => valueOf(await session().journal.append(changes)).changes,
    status: async () => await calls.handlers['sync.status']({}),
    async pulled() {
      const items: PageItem[] = [];
      for (let after = 0; ;) {
        const page = await session().journal.pages(after, 5000);
        items.push(...page.items);
        if (!page.more) return items;
        after = page.cursor;
      }
    },
    async until(fits) {
      const now = await calls.handlers['sync.status']({});
      return fits(now) ? now : await until(() => { const last = statuses.at(-1); return last && fits(last) ? last : null; });
    },
    untilArrived: async (cursor) => void (await until(() => (arrivedCursor >= cursor || session().journal.cursor() >= cursor ? true : null))),
    untilEnded: async () => void (await until(() => (holder.current() === null ? true : null))),
    signOut: () => holder.close('person'),
    async discard() {
      await holder.close('quit');
      rmSync(profileDir, { recursive: true, force: true });
    },
  };
}

export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`expected to succeed: ${JSON.stringify(outcome.problem)}`);
  return outcome.value;
}

/** A new room check of an inspection, as the grid commits it. */
export function roomCheck(inspectionId: string, number: number, remarks = ''): NewChange {
  const set = (to: string | number | null): { was: null; to: string | number | null } => ({ was: null, to });
  return {
    recordType: 'roomCheck', recordId: uuid(), kind: 'create',
    patch: {
      inspectionId: set(inspectionId), order: set(number), room: set(`3-${String(number).padStart(4, '0')}`), floor: set('3'), use: set('办公室'), areaM2: set('24.5'),
      outcome: set('checked'), conditionerKind: set('split'), conditionerControl: set('room'), mode: set('cooling'), setTemperatureC: set('24.0'), setReadBy: set('panel'), remarks: set(remarks),
    },
  };
}

/** Version 7 in form; its time part is never read. */
export function uuid(): string {
  return `${randomUUID().slice(0, 14)}7${randomUUID().slice(15)}`;
}
