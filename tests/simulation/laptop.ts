import type { BridgeEvent, BridgeEventName, Session } from '#shared/bridge/calls.ts';
import type { AppliedChange, NewChange } from '#shared/journal/change.ts';
import { failed, type Outcome } from '#shared/kit/outcome.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import type { OfficeCallName } from '#shared/sync/office-calls.ts';
import { MAX_PUSH, WIRE_VERSION, type ExchangeReply } from '#shared/sync/wire.ts';
import { journalCalls } from '../../src-main/bridge/journal-calls.ts';
import { createJournal } from '../../src-main/journal/create-journal.ts';
import type { Disk } from '../../src-main/journal/disk.ts';
import type { Journal } from '../../src-main/journal/journal.ts';
import { openJournal } from '../../src-main/journal/open-journal.ts';
import type { SessionHolder } from '../../src-main/keys/open-session.ts';
import { serverAddress } from '../../src-main/sync/server-address.ts';
import { serverClient } from '../../src-main/sync/server-client.ts';
import type { Exchange } from '../../src-main/sync/exchange-round.ts';
import { signedIn } from '../../src-main/sync/session.ts';
import { syncEngine, type SyncEngine } from '../../src-main/sync/sync-engine.ts';
import type { DeskBridge } from '../../src-renderer/bridge/bridge.ts';
import type { Desk } from '../../src-renderer/store/desk.ts';
import { openDesk } from '../../src-renderer/store/open-desk.ts';
import { ForgetfulDisk } from '../unit/journal/forgetful-disk.ts';
import type { Dice } from './dice.ts';
import type { Faults } from './faults.ts';
import { lineTo } from './line.ts';
import { copyDatabase, dieAtCommit, giveDatabase, takeBack, type WindowLife } from './memory-dexie.ts';
import type { OfficeServer } from './office.ts';
import type { Place } from './people.ts';
import { world } from './take-over.ts';

export const folder = '/chain';
const sizes = { segmentBytes: 24_000, growBytes: 1500, reserveBytes: 1024, checkpointEvery: 6, verifyAfterMs: 5000 };
const never = new Promise<never>(() => undefined);

/** One run of the program on a laptop, from its start to its end, however that comes. */
type Life = {
  over: boolean;
  readonly disk: ForgetfulDisk;
  journal: Journal | null;
  engine: SyncEngine | null;
  exchange: Exchange | null;
  office: ((name: OfficeCallName, input: JsonValue) => Promise<Outcome<JsonValue>>) | null;
  window: { readonly life: WindowLife; desk: Desk | null; readonly listeners: Set<(name: string, event: unknown) => void> } | null;
};

export type LaptopParts = {
  readonly name: string;
  readonly place: Place;
  readonly office: OfficeServer;
  readonly dice: Dice;
  readonly faults: Faults;
  readonly trace: (line: string) => void;
  readonly broken: (invariant: string, what: string) => void;
  /** Between the journal and its disk: where planted bugs of the disk go. */
  readonly disk: (disk: ForgetfulDisk) => Disk;
};

export type Laptop = ReturnType<typeof laptop>;

/** What the person at the laptop was told is saved, in order, and everything that was ever tried. */
export type Ledger = { readonly saved: AppliedChange[]; readonly tried: (readonly NewChange[])[] };

/** A laptop with the product's own journal, exchange and desk. It ends and starts again like a real one. */
export function laptop(parts: LaptopParts, from?: { readonly disk: ForgetfulDisk; readonly ledger: Ledger; readonly database: string }) {
  const { name, place, office, dice, faults, trace, broken } = parts;
  const { chain, key, person } = place;
  const database = `xuncha-${chain.chainId} ${name}`;
  const ledger: Ledger = { saved: [...(from?.ledger.saved ?? [])], tried: [...(from?.ledger.tried ?? [])] };
  const clock = { offsetMs: 0, stuckAt: null as number | null };
  const is = { online: true, revoked: false, busy: false };
  let disk = from?.disk ?? new ForgetfulDisk();
  let life: Life | null = null;
  let bootAt = world.now();
  if (from) copyDatabase(from.database, database);

  const wallMs = (): number => clock.stuckAt ?? world.now() + clock.offsetMs;

  async function make(): Promise<void> {
    await createJournal(disk, folder, chain, key, dice.uuid());
    disk = disk.afterKill();
  }

  async function start(): Promise<void> {
    if (life && !life.over) return;
    const mine: Life = { over: false, disk, journal: null, engine: null, exchange: null, office: null, window: null };
    life = mine;
    void disk.powerCut.then(() => crash(dice.chance(0.5) ? 'power' : 'kill', mine));
    const bootClock = { bootId: `boot-${bootAt}`, wall: () => new Date(wallMs()).toISOString(), mono: () => Math.max(0, world.now() - bootAt) };
    const lock = { self: { pid: 1, bootId: 'b', startedAt: String(world.now()) }, isAlive: () => false };
    const opened = await openJournal({ disk: parts.disk(disk), folder, chain, key, clock: bootClock, lock, sizes });
    if (mine.over) return;
    if (!opened.ok) {
      trace(`${name} does not open: ${opened.problem.code}`);
      if (opened.problem.code !== 'disk-full') broken('I1', `${name}: the journal does not open: ${JSON.stringify(opened.problem)}`);
      mine.over = true;
      return;
    }
    mine.journal = opened.value;
    await checkOwn(opened.value);
    beginExchange(mine, opened.value);
    await openWindow(mine, opened.value);
  }

  /** I1: what was acknowledged is there, in order and whole, and nothing that nobody wrote. */
  async function checkOwn(journal: Journal): Promise<void> {
    const damage = journal.readOnly();
    if (damage) broken('I1', `${name}: the journal is damaged: ${JSON.stringify(damage)}`);
    const own = await journal.own(1, 1_000_000);
    for (const change of ledger.saved) {
      if (own[change.seq - 1]?.id !== change.id) broken('I1', `${name}: saved change ${change.seq} (${change.recordType} ${change.kind}) is not in the journal`);
    }
    const batches = new Map<string, number>();
    for (const { batchId } of own) batches.set(batchId, (batches.get(batchId) ?? 0) + 1);
    const tried = new Set(ledger.tried.map((batch) => batch.length === 0 ? '' : textOf(batch)));
    for (const [batchId] of batches) {
      const changes = own.filter((change) => change.batchId === batchId).map(({ body }) => body);
      if (!tried.has(textOf(changes))) broken('I1', `${name}: the journal holds half of an append, or one that nobody made (${changes.length} changes)`);
    }
  }

  function beginExchange(mine: Life, journal: Journal): void {
    const address = serverAddress('http://127.0.0.1:1', null);
    if (!address.ok) throw new Error('no address');
    const transport = lineTo({ office, dice, faults, isOnline: () => is.online, isOver: () => mine.over });
    const client = serverClient(address.value, { idleMs: 20_000, totalMs: 120_000, hintSilenceMs: 70_000 }, transport);
    const { withToken } = signedIn(client, chain.chainId, (bytes) => key.sign(bytes));
    mine.office = (call, input) => withToken((token) => client.office(token, call, input));
    const exchange: Exchange = (request) => withToken((token) => client.exchange(token, request));
    mine.exchange = exchange;
    mine.engine = syncEngine({
      journal,
      exchange,
      now: wallMs,
      after: (ms, run) => world.after(ms, () => void (mine.over || run())),
      random: dice.next,
      evidencePending: () => ({ files: 0, bytes: 0 }),
      onStatus: () => undefined,
      onPages: (cursor) => tell(mine, 'pages.arrived', { cursor }),
      onContact: () => undefined,
      onRevoked: () => {
        is.revoked = true;
        trace(`${name} hears that it is revoked`);
        void end();
      },
    });
    mine.engine.start();
  }

  function tell<N extends BridgeEventName>(mine: Life, event: N, payload: BridgeEvent<N>): void {
    for (const listener of mine.window?.listeners ?? []) queueMicrotask(() => listener(event, payload));
  }

  async function openWindow(mine: Life, journal: Journal): Promise<void> {
    const windowLife: WindowLife = { over: false };
    const window = { life: windowLife, desk: null as Desk | null, listeners: new Set<(name: string, event: unknown) => void>() };
    mine.window = window;
    giveDatabase(database, windowLife, () => {
      trace(`${name}: the window dies`);
      if (mine.window === window) mine.window = null;
      world.after(500 + dice.below(4000), () => void (mine.over || mine.window || openWindow(mine, journal)));
    });
    try {
      const desk = await openDesk(sessionOf(journal), undefined, bridgeOf(mine, windowLife, journal, window.listeners));
      if (windowLife.over || mine.over) return;
      window.desk = desk;
    } catch (error) {
      trace(`${name}: the desk does not open: ${error instanceof Error ? error.message : String(error)}`);
      windowLife.over = true;
      if (mine.window === window) mine.window = null;
    }
  }

  function sessionOf(journal: Journal): Session {
    return {
      chainId: database.slice('xuncha-'.length), officeId: chain.officeId, officeName: '', officerId: person.officerId, officerName: person.name, loginName: person.loginName,
      chainCode: chain.chainCode, serverUrl: '', demo: false, deviceId: chain.deviceId, generationId: journal.generationId,
      ownSeq: journal.head().seq, cursor: journal.cursor(), readOnly: journal.readOnly(),
    };
  }

  function bridgeOf(mine: Life, window: WindowLife, journal: Journal, listeners: Set<(name: string, event: unknown) => void>): DeskBridge {
    const handlers = journalCalls({ current: () => ({ journal }) } as unknown as SessionHolder) as Readonly<Record<string, (request: never) => Promise<unknown>>>;
    const alive = async <T>(answer: Promise<T>): Promise<T> => {
      const value = await answer;
      return mine.over || window.over ? never : value;
    };
    const call = async (calledName: string, request: unknown): Promise<unknown> => {
      if (mine.over || window.over) return never;
      if (calledName === 'journal.append') return alive(append(mine, (request as { changes: readonly NewChange[] }).changes, () => handlers[calledName]?.(request as never) as Promise<Outcome<{ changes: readonly AppliedChange[] }>>));
      const handler = handlers[calledName];
      return handler ? alive(handler(request as never)) : failed('not-found');
    };
    return {
      ask: call as DeskBridge['ask'],
      listen: ((event: string, listener: (payload: unknown) => void) => {
        const heard = (told: string, payload: unknown): void => void (told === event && !window.over && listener(payload));
        listeners.add(heard);
        return () => void listeners.delete(heard);
      }) as DeskBridge['listen'],
    };
  }

  /** Everything that goes to the journal is noted: what was tried, and what was acknowledged. */
  async function append<T extends Outcome<{ changes: readonly AppliedChange[] }>>(mine: Life, changes: readonly NewChange[], run: () => Promise<T>): Promise<T> {
    ledger.tried.push(changes);
    const outcome = await run();
    if (mine.over) return never;
    if (outcome.ok) ledger.saved.push(...outcome.value.changes);
    return outcome;
  }

  function crash(how: 'kill' | 'power', mine: Life | null = life): void {
    if (!mine || mine.over || mine !== life) return;
    trace(`${name}: ${how === 'power' ? 'the power goes' : 'the program is killed'}`);
    mine.over = true;
    if (mine.window) mine.window.life.over = true;
    mine.disk.cutAtCall = 0;
    disk = how === 'power' ? mine.disk.afterPowerCut(dice.next) : mine.disk.handedOver();
    disk.capacity = mine.disk.capacity;
    if (how === 'power') {
      bootAt = world.now();
      takeBack(database, dice.chance(0.15) ? 'all' : dice.below(4));
    }
  }

  /** The person closes the program. */
  async function end(): Promise<void> {
    const mine = life;
    if (!mine || mine.over || !mine.journal) return;
    await mine.window?.desk?.close();
    if (mine.over) return;
    await mine.engine?.stop();
    if (mine.over) return;
    await mine.journal.close();
    if (mine.over) return;
    mine.over = true;
    if (mine.window) mine.window.life.over = true;
    disk = mine.disk.handedOver();
    disk.capacity = mine.disk.capacity;
    trace(`${name}: closed`);
  }

  return {
    name, place, ledger, clock, is, database, make, start, crash, end,
    isOpen: () => life !== null && !life.over && life.journal !== null,
    journal: () => (life && !life.over ? life.journal : null),
    engine: () => (life && !life.over ? life.engine : null),
    desk: () => (life && !life.over && life.window && !life.window.life.over ? life.window.desk : null),
    office: (call: OfficeCallName, input: JsonValue) => (life && !life.over && life.office ? life.office(call, input) : Promise.resolve(failed('offline'))),
    disk: () => (life && !life.over ? life.disk : disk),
    setCapacity(bytes: number) {
      disk.capacity = bytes;
      if (life) life.disk.capacity = bytes;
    },
    /** The disk as somebody copies it, while the program runs or not. */
    copyOfDisk: () => (life && !life.over ? life.disk : disk).afterKill(),
    /** The program ends at a disk call not far from now. */
    crashSoon: (calls: number) => { if (life && !life.over) life.disk.cutAtCall = life.disk.calls + calls; },
    windowDiesSoon: (commits: number) => dieAtCommit(database, commits),
    /** Writes past the desk's own checks, as a faulty version would. */
    async appendRaw(changes: readonly NewChange[]): Promise<void> {
      const mine = life;
      if (!mine?.journal || mine.over) return;
      const { journal } = mine;
      await append(mine, changes, () => journal.append(changes));
      // The desk was passed by: its window is loaded anew and finds the change in the journal.
      if (mine.window) mine.window.life.over = true;
      await openWindow(mine, journal);
    },
    /** Sends everything once more from the first change on, as an old copy of the traffic would. */
    async sendAllAgain(): Promise<Outcome<ExchangeReply> | null> {
      const mine = life;
      const all = mine?.journal && !mine.over ? await mine.journal.outgoing(1, MAX_PUSH, 8_000_000) : null;
      if (!mine?.exchange || !all) return null;
      return mine.exchange({ v: WIRE_VERSION, cursor: 0, pageLimit: 0, push: { fromSeq: 1, changes: [...all.changes], signature: all.signature } });
    },
    /** The working copy is gone, as after a damaged IndexedDB: the desk is made anew from the files. */
    async loseWorkingCopy(): Promise<void> {
      const mine = life;
      if (!mine?.journal || mine.over || !mine.window) return;
      mine.window.life.over = true;
      mine.window = null;
      takeBack(database, 'all');
      await openWindow(mine, mine.journal);
    },
    async reopenWindow(): Promise<void> {
      if (life && !life.over && life.journal && !life.window) await openWindow(life, life.journal);
    },
  };
}

/** What a batch says, whoever chained it: without the numbers that main gives to papers. */
function textOf(changes: readonly Pick<NewChange, 'recordType' | 'recordId' | 'kind' | 'patch'>[]): string {
  return JSON.stringify(changes.map(({ recordType, recordId, kind, patch }) => {
    const { fieldNumber: _given, ...rest } = patch;
    return [recordType, recordId, kind, Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))];
  }));
}
