import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { changeId, coreOf } from '../../../src-shared/journal/change-id.ts';
import { chainStart } from '../../../src-shared/journal/chain.ts';
import { failed, type Outcome } from '../../../src-shared/kit/outcome.ts';
import { ExchangeReply, ExchangeRequest, MAX_BODY_BYTES, type PageItem, type PushedChange } from '../../../src-shared/sync/wire.ts';
import type { ChainIdentity } from '../../../src-main/journal/journal.ts';
import { rawPublicKey } from '../../../src-server/keys.ts';
import type { Caller, Services } from '../../../src-server/services.ts';
import { insertChain, type Chain } from '../../../src-server/store/chains.ts';
import { feedAfter } from '../../../src-server/store/changes.ts';
import { migrate } from '../../../src-server/store/migrate.ts';
import { insertOffice } from '../../../src-server/store/offices.ts';
import { openSqlite } from '../../../src-server/store/sqlite.ts';
import type { Store } from '../../../src-server/store/sql.ts';
import { exchange } from '../../../src-server/sync/exchange.ts';

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

/** One that no server publishes: it is longer than remarks may be. */
export function poison(): PushedChange {
  return remark('毒'.repeat(2001));
}

export function idAt(chain: ChainIdentity, seq: number, prev: string, body: PushedChange): string {
  return changeId(coreOf(body, { officeId, deviceId: chain.deviceId, officerId: chain.officerId, seq, prev }, sha256), sha256);
}

const keys = new Map<string, KeyObject>();

function keyOf(chainId: string): KeyObject {
  const key = keys.get(chainId) ?? generateKeyPairSync('ed25519').privateKey;
  keys.set(chainId, key);
  return key;
}

/** With the chain's own key, as the vault does it. */
export function signedBy(chain: ChainIdentity, id: string): string {
  return sign(null, Buffer.from(id, 'hex'), keyOf(chain.chainId)).toString('base64');
}

/**
 * The office server behind its door: its own code on a database of its own, without HTTP and without sessions. Requests and
 * replies are parsed as on the wire, and who pushes for the first time is enrolled.
 */
export async function realOffice(serverNow: () => number = () => Date.parse('2026-08-12T06:00:00.000Z')) {
  const folder = mkdtempSync(path.join(tmpdir(), 'xuncha-office-model-'));
  const [file, copy] = [path.join(folder, 'office.db'), path.join(folder, 'backup.db')];
  const office = { officeId, name: '示例市机关事务管理局', demo: false, serverDeviceId: uuid(1) };
  let store: Store = openSqlite(file);
  const enrolled = new Set<string>();
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await migrate(store, serverNow);
  await store.write((sql) => insertOffice(sql, office, serverNow()));

  const callerOn = async ({ chainId, deviceId, officerId, chainCode }: ChainIdentity): Promise<Caller> => {
    const at = serverNow();
    const chain: Chain = {
      chainId, officeId, deviceId, officerId, chainCode, deviceName: chainCode, publicKey: rawPublicKey(keyOf(chainId)), enrolledAt: at, lastContactAt: null,
      revokedAt: null, head: chainStart, headReceivedAt: at,
    };
    if (!enrolled.has(chainId)) await store.write((sql) => insertChain(sql, chain));
    enrolled.add(chainId);
    return { chain, office, officer: { officerId, name: chainCode, organId: null, roles: ['inspector'] } };
  };
  const services = (): Services => ({
    store, now: serverNow, news: { tell: () => undefined }, log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  }) as unknown as Services;

  return {
    feed: async (): Promise<readonly PageItem[]> => (await feedAfter(store.sql, officeId, 0, 1_000_000)).map(({ text }) => JSON.parse(text) as PageItem),
    /** seq, id and moment of arrival of every change that is held of this chain. */
    heldOf: (chain: ChainIdentity) => store.sql.all('SELECT seq, id, received_at FROM changes WHERE chain_id = ? ORDER BY seq', [chain.chainId]),
    async backUp(): Promise<void> {
      await store.close();
      cpSync(file, copy);
      store = openSqlite(file);
    },
    /** The backup takes the place of all that came later. */
    async putBack(): Promise<void> {
      await store.close();
      cpSync(copy, file);
      store = openSqlite(file);
    },
    async exchange(chain: ChainIdentity, request: ExchangeRequest): Promise<Outcome<ExchangeReply>> {
      if (Buffer.byteLength(JSON.stringify(request)) > MAX_BODY_BYTES) return failed('too-large');
      const caller = await callerOn(chain);
      const answer = await exchange(services(), caller, ExchangeRequest.parse(request));
      return answer.ok ? { ok: true, value: ExchangeReply.parse(answer.value) } : answer;
    },
  };
}

export type RealOffice = Awaited<ReturnType<typeof realOffice>>;
