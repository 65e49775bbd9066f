import { randomUUID } from 'node:crypto';
import type { DemoRecord } from '#shared/domain/demo/demo-record.ts';
import { demoRecords } from '#shared/domain/demo/demo-records.ts';
import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { issueFirstAccountCode, issuePersonCode } from '../accounts/codes.ts';
import { foldedLoginName, officersOf } from '../accounts/officers.ts';
import { addRoutes, httpApp } from '../app.ts';
import type { Services } from '../services.ts';
import { holdOffice } from '../store/counters.ts';
import { migrate } from '../store/migrate.ts';
import { allOffices, type Office } from '../store/offices.ts';
import { openPostgres } from '../store/postgres.ts';
import { openSqlite } from '../store/sqlite.ts';
import type { Desk, Store } from '../store/sql.ts';
import { judgeAgain } from '../sync/judge-again.ts';
import { newsHub } from '../sync/news.ts';
import { sharedNews, type SharedNews } from '../sync/news-wire.ts';
import type { Rules } from '../sync/rules.ts';
import { openDataDir, type DataDir } from './data-dir.ts';
import { seedDemo } from './demo-office.ts';
import { jumpAfterRestore } from './jump-after-restore.ts';
import { openOriginals } from './media-options.ts';
import type { StartOptions } from './options.ts';
import { ownKey } from './server-identity.ts';
import { readSettings } from './settings.ts';
import { UnusableData } from './unusable-data.ts';

/** How long a stop waits for requests under way. */
const CLOSE_PATIENCE_MS = 3000;

/** What a start says on the console; codes are said once and kept only as hashes. */
export type Announcement = { readonly firstAccountCode: string } | { readonly enrolmentCode: string; readonly loginName: string } | { readonly listening: string };

export type RunningServer = {
  readonly url: string;
  /** Finishes what is under way, then lets go of the folder. */
  close(): Promise<void>;
};

export type Surroundings = {
  readonly announce: (said: Announcement) => void;
  readonly logTo: { write(line: string): void };
  readonly now?: () => number;
  /** What a new demo office is filled with; the usual records unless given. */
  readonly demoRecords?: readonly DemoRecord[];
  /** By which laptops' changes are judged; those of this program unless given. */
  readonly rules?: Rules;
  readonly requestTimeoutMs?: number;
  readonly heartbeatMs?: number;
};

/**
 * Opens the data folder, brings the database up to date, says the codes that were asked for and listens.
 * Throws UnusableData, with nothing changed and nothing left locked, when the folder must not be used this way.
 */
export async function openServer(options: StartOptions, around: Surroundings): Promise<RunningServer> {
  const dataDir = openDataDir(options.dataDir, options.database ? 'postgres' : 'sqlite');
  const { requestTimeoutMs = 120_000, heartbeatMs = 15_000, now = Date.now } = around;
  let store: Store | null = null;
  try {
    const app = httpApp({ tls: options.tls, logTo: around.logTo, logLevel: options.logLevel, requestTimeoutMs, heartbeatMs, trustedProxies: options.trustedProxies ?? [] });
    store = await openStore(options, dataDir, app);
    const opened = store;
    // Of several processes that start at once one does all this; the others wait and find it done.
    const services = await opened.alone((desk) => prepared(opened, desk, dataDir, app, options, { ...around, now }));
    addRoutes(app, services, heartbeatMs, await openOriginals(options.media, services.evidenceDir));
    return await listen(app, services, dataDir, options, around.announce);
  } catch (error) {
    await store?.close();
    dataDir.release();
    throw error;
  }
}

function openStore({ database }: StartOptions, { databaseFile }: DataDir, { log }: FastifyInstance): Promise<Store> | Store {
  return database ? openPostgres({ ...database, onTrouble: (error) => log.warn({ err: error }, 'a connection to the database broke') }) : openSqlite(databaseFile);
}

async function prepared(store: Store, desk: Desk, dataDir: DataDir, app: FastifyInstance, options: StartOptions, around: Surroundings & { readonly now: () => number }): Promise<Services & { readonly news: SharedNews }> {
  await migrate(desk, around.now);
  const offices = await rightOffices(desk, options);
  const key = await ownKey(desk, dataDir.path, offices.length > 0);
  const news = store.wire ? await sharedNews(newsHub(), store.wire, app.log) : { ...newsHub(), leave: () => undefined };
  const services = {
    store, news, log: app.log, settings: readSettings(dataDir.path, options.demo), evidenceDir: dataDir.evidenceDir, now: around.now, key: () => key,
    mono: () => Math.floor(performance.now()), bootId: randomUUID(), ...(around.rules ? { rules: around.rules } : {}),
  };
  if (options.restored) await jumpAfterRestore(services);
  if (options.demo && offices.length === 0) await seedDemo(services, around.demoRecords ?? demoRecords());
  await judgeAgain(services);
  await announceCodes(services, options, around.announce);
  return services;
}

/** A demo runs on demo data only, and demo data never anywhere else. */
async function rightOffices(store: Desk, { demo, addOffice }: StartOptions): Promise<readonly Office[]> {
  const offices = await allOffices(store.sql);
  if (demo && offices.some((office) => !office.demo)) throw new UnusableData('demo-only: this folder holds a real office, start without --demo');
  if (!demo && offices.some((office) => office.demo)) throw new UnusableData('demo-only: this folder holds demo data, start with --demo');
  if (demo && addOffice) throw new UnusableData('demo-only: a demo has one office');
  return offices;
}

async function announceCodes({ store, now }: Services, { demo, addOffice, codeFor }: StartOptions, announce: (said: Announcement) => void): Promise<void> {
  const offices = await allOffices(store.sql);
  if (!demo && (offices.length === 0 || addOffice)) announce({ firstAccountCode: await store.write((sql) => issueFirstAccountCode(sql, now())) });
  if (codeFor === null) return;
  let found = false;
  for (const { officeId } of offices) {
    const officer = (await officersOf(store.sql, officeId)).find(({ loginName, active }) => active && foldedLoginName(loginName) === foldedLoginName(codeFor));
    if (!officer) continue;
    found = true;
    const { code } = await store.write(async (sql) => {
      await holdOffice(sql, officeId);
      return await issuePersonCode(sql, officeId, officer.officerId, now());
    });
    announce({ enrolmentCode: code, loginName: officer.loginName });
  }
  if (!found) throw new UnusableData(`--code-for ${codeFor}: no active person has this login name`);
}

async function listen(app: FastifyInstance, { store, news, log }: Services & { readonly news: SharedNews }, dataDir: DataDir, options: StartOptions, announce: (said: Announcement) => void): Promise<RunningServer> {
  try {
    await app.listen({ host: options.host, port: options.port });
  } catch (error) {
    throw new UnusableData(`can not listen on ${options.host}:${options.port}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { port } = app.server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  const url = `${options.tls ? 'https' : 'http'}://${host}:${port}`;
  log.info({ url, demo: options.demo, dataDir: dataDir.path, engine: store.engine }, 'listening');
  announce({ listening: url });
  return {
    url,
    async close() {
      news.endAll();
      await closeHttp(app);
      news.leave();
      await store.close();
      dataDir.release();
      log.info('closed');
    },
  };
}

/** Lets requests under way finish, for a while; connections that are merely kept open are not waited for. */
async function closeHttp(app: FastifyInstance): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), 50);
  const patience = setTimeout(() => app.server.closeAllConnections(), CLOSE_PATIENCE_MS);
  await app.close();
  clearInterval(idle);
  clearTimeout(patience);
}
