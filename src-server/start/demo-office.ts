import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { demoOffice, demoOrgans, demoPeople } from '#shared/domain/demo/demo-people.ts';
import type { DemoRecord } from '#shared/domain/demo/demo-record.ts';
import { chainBodies, chainStart } from '#shared/journal/chain.ts';
import { chainIdOf } from '#shared/journal/change.ts';
import { patchOver } from '#shared/sync/record-state.ts';
import { sha256 } from '../ids.ts';
import { rawPublicKey } from '../keys.ts';
import { openServerChain, writeAsServer, type ServerEdit } from '../office/server-chain.ts';
import type { Services } from '../services.ts';
import { insertChain, type Chain } from '../store/chains.ts';
import { refusalsOfChain } from '../store/changes.ts';
import { insertOffice, type Office } from '../store/offices.ts';
import type { Sql } from '../store/sql.ts';
import { takePush } from '../sync/take-push.ts';

/** Fills an empty folder with the demo office: its people, and the inspections that they are in the middle of (`records`). */
export async function seedDemo(services: Services, records: readonly DemoRecord[]): Promise<void> {
  const { officeId, officeName, serverDeviceId } = demoOffice;
  const office = { officeId, name: officeName, serverDeviceId, demo: true };
  await services.store.write(async (sql) => {
    await insertOffice(sql, office, services.now());
    await openServerChain(sql, office, services);
    await writeAsServer(sql, office, services, [...organs(), ...people()]);
    await inspectOnPaper(sql, office, services, records);
  });
  services.log.info({ officeId }, 'demo office made');
}

function organs(): readonly ServerEdit[] {
  return Object.values(demoOrgans).map(({ organId, ...values }) => ({ recordType: 'organ', recordId: organId, kind: 'create', values }));
}

function people(): readonly ServerEdit[] {
  return Object.values(demoPeople).map(({ officerId, code: _code, roles, ...values }) => ({
    recordType: 'person', recordId: officerId, kind: 'create', values: { ...values, roles: [...roles], active: true },
  }));
}

/** A laptop that nobody has: its changes go the way of every push, by the same rules, and its key is thrown away. */
const paperLaptop = '0190d3c0-0000-7000-8000-000000000003';

async function inspectOnPaper(sql: Sql, office: Office, services: Services, records: readonly DemoRecord[]): Promise<void> {
  const { officerId, name, organId, roles } = demoPeople.inspector;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const at = services.now();
  const chain: Chain = {
    chainId: chainIdOf(paperLaptop, officerId), officeId: office.officeId, deviceId: paperLaptop, officerId, chainCode: 'DEMO', deviceName: '演示数据',
    publicKey: rawPublicKey(publicKey), enrolledAt: at, lastContactAt: null, revokedAt: null, head: chainStart, headReceivedAt: at,
  };
  await insertChain(sql, chain);
  const changes = records.map(({ recordType, recordId, kind, values }) => ({
    recordType, recordId, kind, patch: patchOver(null, values), wall: new Date(at).toISOString(), mono: 0, bootId: 'demo', salt: randomBytes(16).toString('hex'),
  }));
  const head = chainBodies(changes, chain, chainStart, sha256).at(-1);
  if (!head) return;
  const signature = sign(null, Buffer.from(head.id, 'hex'), privateKey).toString('base64');
  const taken = await takePush(sql, { chain, office, officer: { officerId, name, organId, roles } }, { fromSeq: 1, changes, signature }, at);
  const refused = await refusalsOfChain(sql, chain);
  if (!taken.ok || refused.length > 0) throw new Error(`the demo records break our own rules: ${JSON.stringify(taken.ok ? refused[0] : taken.problem)}`);
}
