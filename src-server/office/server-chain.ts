import { randomBytes } from 'node:crypto';
import type { RecordTypeName } from '#shared/domain/records.ts';
import { chainBodies, chainStart } from '#shared/journal/chain.ts';
import { chainIdOf, type NewChange } from '#shared/journal/change.ts';
import type { JsonValue } from '#shared/kit/values.ts';
import { patchOver } from '#shared/sync/record-state.ts';
import { SERVER_OFFICER_ID } from '#shared/sync/server-officer.ts';
import { sha256 } from '../ids.ts';
import type { Services } from '../services.ts';
import { chainById, insertChain, type Chain } from '../store/chains.ts';
import { insertSignature } from '../store/changes.ts';
import type { Office } from '../store/offices.ts';
import { recordShelf } from '../store/record-shelf.ts';
import type { Sql } from '../store/sql.ts';
import { appendChanges } from '../sync/append-changes.ts';
import { contentProblem } from '../sync/content-problem.ts';

/** New values for some fields of one record, written by the server. */
export type ServerEdit = {
  readonly recordType: RecordTypeName;
  readonly recordId: string;
  readonly kind: string;
  readonly values: Readonly<Record<string, JsonValue>>;
};

/** Makes the chain in which the server writes for an office. */
export async function openServerChain(sql: Sql, office: Office, services: Pick<Services, 'key' | 'now'>): Promise<void> {
  const at = services.now();
  await insertChain(sql, {
    chainId: serverChainId(office), officeId: office.officeId, deviceId: office.serverDeviceId, officerId: SERVER_OFFICER_ID, chainCode: 'SRV', deviceName: 'server',
    publicKey: services.key().publicKey, enrolledAt: at, lastContactAt: null, revokedAt: null, head: chainStart, headReceivedAt: at,
  });
}

export function serverChainId(office: Office): string {
  return chainIdOf(office.serverDeviceId, SERVER_OFFICER_ID);
}

/** Writes the server's own changes, signed, by the same path as everybody's. Returns the feed's end. Inside a transaction that holds the office. */
export async function writeAsServer(sql: Sql, office: Office, services: Pick<Services, 'key' | 'now' | 'mono' | 'bootId'>, edits: readonly ServerEdit[]): Promise<number> {
  const chain = await ownChain(sql, office);
  const shelf = recordShelf(sql, office.officeId);
  const changes: NewChange[] = [];
  for (const { recordType, recordId, kind, values } of edits) {
    const change = { recordType, recordId, kind, patch: patchOver((await shelf.get(recordId))?.state ?? null, values) };
    const flaw = contentProblem(change);
    if (flaw) throw new Error(`the server wrote what it would refuse: ${JSON.stringify(flaw)}`);
    changes.push(change);
  }
  const at = services.now();
  const bodies = changes.map((change) => ({
    ...change, wall: new Date(at).toISOString(), mono: services.mono(), bootId: services.bootId, salt: randomBytes(16).toString('hex'),
  }));
  const chained = chainBodies(bodies, chain, chain.head, sha256);
  const end = await appendChanges(sql, shelf, chain, chained, null, at);
  const last = chained.at(-1);
  if (last) await insertSignature(sql, chain, last.seq, services.key().sign(Buffer.from(last.id, 'hex')));
  return end;
}

async function ownChain(sql: Sql, office: Office): Promise<Chain> {
  const chain = await chainById(sql, office.officeId, serverChainId(office));
  if (!chain) throw new Error(`office ${office.officeId} has no server chain`);
  return chain;
}
