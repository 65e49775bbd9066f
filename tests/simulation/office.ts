import { copyFileSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { unreadNews } from './unread-news.ts';
import { challenges, type Challenges } from '../../src-server/accounts/challenges.ts';
import { insertChain } from '../../src-server/store/chains.ts';
import { insertOffice, type Office } from '../../src-server/store/offices.ts';
import { migrate } from '../../src-server/store/migrate.ts';
import type { Sql, Store } from '../../src-server/store/sql.ts';
import { openSqlite } from '../../src-server/store/sqlite.ts';
import { openServerChain, writeAsServer } from '../../src-server/office/server-chain.ts';
import type { Services } from '../../src-server/services.ts';
import { judgeAgain } from '../../src-server/sync/judge-again.ts';
import { rulesOf } from '../../src-server/sync/rules.ts';
import { jumpAfterRestore } from '../../src-server/start/jump-after-restore.ts';
import { answerTo, type Answer, type Asked } from './office-door.ts';
import type { Dice } from './dice.ts';
import type { Faults } from './faults.ts';
import { newerRecords } from './newer-records.ts';
import { keyFrom, organs, type Person, type Place } from './people.ts';
import { world } from './take-over.ts';

/** Thrown inside the server where its process ends; whatever it was about to say is never heard. */
class Killed extends Error {}

const never = new Promise<never>(() => undefined);
const newerRules = rulesOf(newerRecords);

export type OfficeServer = {
  readonly office: Office;
  /** Resolves to null when the server's process ended before it answered, or nobody listens. */
  ask(asked: Asked): Promise<Answer | null>;
  isUp(): boolean;
  kill(): void;
  start(how?: 'restored'): Promise<void>;
  backUp(): Promise<void>;
  /** The next start is that of a later version, which knows what newer laptops write. */
  update(): void;
  isUpdated(): boolean;
  /** Ends the process and puts the backup back; true when there is one. */
  putBack(how: 'restored' | undefined): Promise<boolean>;
  /** Reads of the simulation itself: no fault touches them. */
  readonly look: Sql;
  /** Errors that the server logged as its own failures. */
  readonly failures: string[];
  onNews(listener: (cursor: number) => void): void;
  end(): Promise<void>;
};

export type OfficeParts = {
  readonly folder: string;
  readonly office: Office;
  readonly people: readonly Person[];
  readonly places: readonly Place[];
  readonly dice: Dice;
  readonly faults: Faults;
  readonly trace: (line: string) => void;
};

/** The office's server: the product's own code over a real SQLite file, ended and started again at any point. */
export async function officeServer(parts: OfficeParts): Promise<OfficeServer> {
  const { folder, dice, faults, trace, office } = parts;
  const file = path.join(folder, 'office.db');
  const backup = path.join(folder, 'backup.db');
  const files = ['', '-wal', '-shm'];
  for (const name of files) rmSync(file + name, { force: true });
  for (const name of files) rmSync(backup + name, { force: true });
  const key = keyFrom(dice);
  const failures: string[] = [];
  const listeners: ((cursor: number) => void)[] = [];
  let life = { killed: false };
  let real: Store | null = null;
  let running: { readonly services: Services; readonly issued: Challenges } | null = null;

  let restart: () => void = () => undefined;
  let isNewer = false;

  const kill = (): void => {
    if (life.killed) return;
    life.killed = true;
    running = null;
    trace('the server is killed');
    restart = world.after(500 + dice.below(20_000), () => void start());
  };
  const failpoint = (mine: { killed: boolean }): void => {
    if (!mine.killed && dice.chance(faults.serverKill)) kill();
    if (mine.killed) throw new Killed();
  };
  const servicesOver = (store: Store): Services => ({
    store: unreliable(store, life, failpoint, { dice, faults }),
    news: unreadNews((cursor) => listeners.forEach((listener) => listener(cursor))),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    ...(isNewer ? { rules: newerRules } : {}),
    settings: { prefixOf: (_office, form) => (form === 'opinion' ? '机事整' : '机事函') },
    evidenceDir: folder, key: () => key, now: world.now, mono: () => Math.floor(world.now() % 1e9), bootId: `server-${world.now()}`,
  });

  const start = async (how?: 'restored'): Promise<void> => {
    restart();
    await real?.close();
    real = openSqlite(file);
    life = { killed: false };
    await migrate(real, world.now);
    const services = servicesOver(real);
    trace(how === 'restored' ? 'the server starts with the backup' : 'the server starts');
    if (how === 'restored') await jumpAfterRestore({ ...services, store: real });
    const mine = life;
    await judgeAgain(services).catch((error: unknown) => {
      if (!(error instanceof Killed) && !(error instanceof Full)) failures.push(String(error));
      kill();
    });
    if (!mine.killed) running = { services, issued: challenges(world.now, key) };
  };
  await start();
  await furnish(real as unknown as Store, (running as unknown as { services: Services }).services, parts);

  return {
    office, failures, kill, start,
    isUp: () => running !== null,
    isUpdated: () => isNewer,
    update() {
      isNewer = true;
      trace('the server is updated');
      kill();
    },
    look: { all: (text, values) => (real as Store).sql.all(text, values), run: (text, values) => (real as Store).sql.run(text, values) },
    onNews: (listener) => void listeners.push(listener),
    async ask(asked) {
      const mine = life;
      if (!running) return null;
      try {
        const answer = await answerTo(running.services, running.issued, asked, (error) => {
          if (!(error instanceof Killed) && !(error instanceof Full)) failures.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
        });
        failpoint(mine);
        return answer;
      } catch (error) {
        if (error instanceof Killed) return null;
        throw error;
      }
    },
    async backUp() {
      await world.settle();
      for (const name of ['', '-wal']) {
        rmSync(backup + name, { force: true });
        if (existsSync(file + name)) copyFileSync(file + name, backup + name);
      }
      trace('a backup is made');
    },
    async putBack(how) {
      if (!existsSync(backup)) return false;
      kill();
      restart();
      await real?.close();
      real = null;
      for (const name of files) rmSync(file + name, { force: true });
      for (const name of ['', '-wal']) if (existsSync(backup + name)) copyFileSync(backup + name, file + name);
      await start(how);
      return true;
    },
    async end() {
      kill();
      restart();
      await real?.close();
    },
  };
}

/** A disk that is full for a moment. */
class Full extends Error {
  readonly code = 'SQLITE_FULL';
}

/** The real store, whose process may end at any statement and whose transactions wait for others in no fixed order. */
function unreliable(store: Store, life: { killed: boolean }, failpoint: (life: { killed: boolean }) => void, { dice, faults }: Pick<OfficeParts, 'dice' | 'faults'>): Store {
  const pass = async (): Promise<void> => {
    if (dice.chance(faults.serverWaits)) await world.delay(1 + dice.below(400));
    failpoint(life);
  };
  const touched = (sql: Sql): Sql => ({
    all: async (text, values) => (await pass(), sql.all(text, values)),
    run: async (text, values) => {
      await pass();
      if (dice.chance(faults.serverFull)) throw new Full('disk is full');
      return sql.run(text, values);
    },
  });
  const reading = touched(store.sql);
  return {
    ...store,
    sql: { all: reading.all, run: reading.run },
    async write(work, keep) {
      // Who asks first is not always served first.
      if (dice.chance(faults.serverWaits * 2)) await world.delay(dice.below(3000));
      await pass();
      const result = await store.write(async (sql) => {
        const made = await work(touched(sql));
        failpoint(life);
        return made;
      }, keep);
      // Committed; whether anybody hears of it is another matter.
      failpoint(life);
      return life.killed ? never : result;
    },
  };
}

/** The office as it is on the first day: its organs, its people, and a chain for every laptop. */
async function furnish(store: Store, services: Services, { office, people, places }: OfficeParts): Promise<void> {
  const at = world.now();
  await store.write(async (sql) => {
    await insertOffice(sql, office, at);
    await openServerChain(sql, office, services);
    await writeAsServer(sql, office, services, [
      ...Object.values(organs).map(({ organId, ...values }) => ({ recordType: 'organ' as const, recordId: organId, kind: 'create', values })),
      ...people.map(({ officerId, roles, ...named }) => ({
        recordType: 'person' as const, recordId: officerId, kind: 'create', values: { ...named, roles: [...roles], certificate: null, telephone: null, active: true },
      })),
    ]);
    for (const { chain, key } of places) {
      await insertChain(sql, {
        ...chain, deviceName: chain.chainCode, publicKey: key.publicKey, enrolledAt: at, lastContactAt: null, revokedAt: null, head: { seq: 0, id: '0'.repeat(64) }, headReceivedAt: at,
      });
    }
  });
}
