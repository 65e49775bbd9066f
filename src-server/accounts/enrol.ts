import { chainStart } from '#shared/journal/chain.ts';
import { chainIdOf } from '#shared/journal/change.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { WIRE_VERSION, type EnrolReply, type EnrolRequest } from '#shared/sync/wire.ts';
import { chainCode, newUuid } from '../ids.ts';
import { publicKeyFrom } from '../keys.ts';
import { openServerChain, serverChainId, writeAsServer } from '../office/server-chain.ts';
import type { Services } from '../services.ts';
import { chainAnywhere, chainById, insertChain } from '../store/chains.ts';
import { count, counted, feed, holdOffice } from '../store/counters.ts';
import { holdCode, spendCode, type EnrolmentCode } from '../store/enrolment-codes.ts';
import { allOffices, insertOffice, officeById, type Office } from '../store/offices.ts';
import type { Sql } from '../store/sql.ts';
import { demoOfficerOf, findCode } from './codes.ts';
import { officerById } from './officers.ts';

type Place = { readonly office: Office; readonly officerId: string };
type Enrolled = { readonly reply: EnrolReply; readonly feedEnd: number };

/**
 * Makes a chain for a laptop and the person whose code it was given. A first-account code also makes the office and its
 * first person. Asked again by the same laptop with the same key, it gives the same answer: the first may have been lost.
 * Fails with code-invalid, code-used, demo-only, incomplete, duplicate, revoked or invalid-input.
 */
export async function enrol(services: Services, request: EnrolRequest): Promise<Outcome<EnrolReply>> {
  const enrolled = await services.store.write((sql) => enrolIn(sql, services, request), (outcome) => outcome.ok);
  if (!enrolled.ok) return enrolled;
  const { reply, feedEnd } = enrolled.value;
  services.log.info({ officeId: reply.officeId, officerId: reply.officerId, deviceId: request.deviceId, chainCode: reply.chainCode }, 'laptop enrolled');
  services.news.tell(reply.officeId, feedEnd);
  return done(reply);
}

async function enrolIn(sql: Sql, services: Services, request: EnrolRequest): Promise<Outcome<Enrolled>> {
  if (!publicKeyFrom(request.publicKey)) return failed('invalid-input', { field: 'publicKey' });
  const demoOfficer = demoOfficerOf(request.code);
  if (demoOfficer !== null) return await enrolInDemo(sql, services, request, demoOfficer);
  const code = await heldCode(sql, request.code);
  if (!code) return failed('code-invalid');
  if (code.usedAt !== null) return await enrolAgain(sql, request, code);
  if (code.expiresAt !== null && code.expiresAt <= services.now()) return failed('code-invalid', { reason: 'expired' });
  const place = code.purpose === 'first-account' ? await firstPlace(sql, services, request) : await placeOf(sql, request, code);
  if (!place.ok) return place;
  const enrolled = await chainAt(sql, services, request, place.value);
  if (enrolled.ok) await spendCode(sql, code.codeHash, chainIdOf(request.deviceId, place.value.officerId), services.now());
  return enrolled;
}

/** The code as it is once nobody else can use it any more: two laptops with one code, at two processes, are one after the other. */
async function heldCode(sql: Sql, typed: string): Promise<EnrolmentCode | null> {
  const found = await findCode(sql, typed);
  if (!found) return null;
  if (found.officeId !== null) await holdOffice(sql, found.officeId);
  await holdCode(sql, found.codeHash);
  return await findCode(sql, typed);
}

async function enrolInDemo(sql: Sql, services: Services, request: EnrolRequest, officerId: string): Promise<Outcome<Enrolled>> {
  const office = (await allOffices(sql)).find(({ demo }) => demo);
  if (!office) return failed('demo-only');
  await holdOffice(sql, office.officeId);
  const held = await chainById(sql, office.officeId, chainIdOf(request.deviceId, officerId));
  if (held && held.publicKey === request.publicKey && held.revokedAt === null) return done(await enrolledAs(sql, { office, officerId }, held.chainCode));
  return await chainAt(sql, services, request, { office, officerId });
}

/** The same laptop with the same key asks once more: its answer got lost on the way. */
async function enrolAgain(sql: Sql, request: EnrolRequest, code: EnrolmentCode): Promise<Outcome<Enrolled>> {
  const chain = code.usedBy === null ? null : await chainAnywhere(sql, code.usedBy);
  if (!chain || chain.deviceId !== request.deviceId || chain.publicKey !== request.publicKey || chain.revokedAt !== null) return failed('code-used');
  return done(await enrolledAs(sql, { office: await officeById(sql, chain.officeId), officerId: chain.officerId }, chain.chainCode));
}

async function placeOf(sql: Sql, request: EnrolRequest, code: EnrolmentCode): Promise<Outcome<Place>> {
  if (request.firstAccount) return failed('invalid-input', { field: 'firstAccount' });
  if (code.officeId === null || code.officerId === null) throw new Error('a person code without its person');
  return done({ office: await officeById(sql, code.officeId), officerId: code.officerId });
}

/** An office, its organ and its first person, who may let the others in and leads the section until somebody else does. */
async function firstPlace(sql: Sql, services: Services, { firstAccount }: EnrolRequest): Promise<Outcome<Place>> {
  if (!firstAccount) return failed('incomplete', { field: 'firstAccount' });
  if ((await allOffices(sql)).some(({ demo }) => demo)) return failed('demo-only');
  const names = { name: firstAccount.name.trim(), loginName: firstAccount.loginName.trim(), officeName: firstAccount.officeName.trim() };
  const empty = Object.entries(names).find(([, value]) => value === '');
  if (empty) return failed('incomplete', { field: empty[0] });
  const now = services.now();
  const office: Office = { officeId: newUuid(now), name: names.officeName, demo: false, serverDeviceId: newUuid(now) };
  const [organId, officerId] = [newUuid(now), newUuid(now)];
  await insertOffice(sql, office, now);
  await openServerChain(sql, office, services);
  await writeAsServer(sql, office, services, [
    { recordType: 'organ', recordId: organId, kind: 'create', values: { name: names.officeName, kind: 'bureau', level: 'municipal' } },
    {
      recordType: 'person', recordId: officerId, kind: 'create',
      values: { name: names.name, loginName: names.loginName, organId, roles: ['system-administrator', 'section-head'], certificate: null, telephone: null, active: true },
    },
  ]);
  return done({ office, officerId });
}

async function chainAt(sql: Sql, services: Services, request: EnrolRequest, { office, officerId }: Place): Promise<Outcome<Enrolled>> {
  const officer = await officerById(sql, office.officeId, officerId);
  if (!officer?.active) return failed('revoked', { reason: 'person-inactive' });
  const chainId = chainIdOf(request.deviceId, officerId);
  if (request.deviceId === office.serverDeviceId || (await chainById(sql, office.officeId, chainId))) return failed('duplicate', { field: 'deviceId' });
  const code = chainCode(await count(sql, office.officeId, 'chain-code'));
  const at = services.now();
  await insertChain(sql, {
    chainId, officeId: office.officeId, deviceId: request.deviceId, officerId, chainCode: code, deviceName: request.deviceName, publicKey: request.publicKey,
    enrolledAt: at, lastContactAt: null, revokedAt: null, head: chainStart, headReceivedAt: at,
  });
  return done(await enrolledAs(sql, { office, officerId }, code));
}

async function enrolledAs(sql: Sql, { office, officerId }: Place, code: string): Promise<Enrolled> {
  const officer = await officerById(sql, office.officeId, officerId);
  if (!officer) throw new Error('enrolled a person that is not there');
  const serverPublicKey = (await chainById(sql, office.officeId, serverChainId(office)))?.publicKey;
  const reply = {
    v: WIRE_VERSION, officeId: office.officeId, officeName: office.name, officerId, officerName: officer.name, loginName: officer.loginName,
    chainCode: code, demo: office.demo, serverDeviceId: office.serverDeviceId,
    ...(serverPublicKey === undefined ? {} : { serverPublicKey }),
  } as const;
  return { reply, feedEnd: await counted(sql, office.officeId, feed) };
}
