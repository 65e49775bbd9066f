import { createHash, randomUUID } from 'node:crypto';
import type { BridgeRequest, ProfileEntry } from '#shared/bridge/calls.ts';
import { chainIdOf } from '#shared/journal/change.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { WIRE_VERSION, type EnrolReply } from '#shared/sync/wire.ts';
import { createJournal } from '../journal/create-journal.ts';
import type { ChainKey } from '../journal/chain-key.ts';
import { orDiskProblem } from '../journal/disk-problem.ts';
import { inFolder, type Disk } from '../journal/disk.ts';
import type { EnrolAt } from './enrol-at.ts';
import type { KdfCost } from './key-derivation.ts';
import { chainFolder, chainsFolder, deviceFor, newDevice, placeChainFile, type DeviceFile } from './profile-files.ts';
import { createVault, openVault, passphraseProblem } from './vault.ts';

export type EnrolParts = {
  readonly disk: Disk;
  readonly profileDir: string;
  readonly enrolAt: EnrolAt;
  /** The demo server this program was started with, as an origin; null: a program for real work. */
  readonly demoServer: string | null;
  cost(): Promise<KdfCost>;
};

/**
 * Enrols an officer on this laptop: keys first, then the server, then the chain's folder in one rename. A failure on the
 * way leaves nothing that `profile.list` shows; trying again with the same code and passphrase uses the same keys, so that
 * a reply lost on the way does not cost the code.
 */
export async function enrol(parts: EnrolParts, request: BridgeRequest<'profile.enrol'>): Promise<Outcome<ProfileEntry>> {
  const weak = passphraseProblem(request.passphrase);
  if (weak) return weak;
  const origin = originOf(request.serverUrl);
  if (origin === null) return failed('invalid-input', { field: 'serverUrl' });
  const demo = parts.demoServer !== null;
  if (demo && origin !== parts.demoServer) return failed('demo-only');
  return orDiskProblem(async () => {
    const device = await deviceFor(parts.disk, parts.profileDir, demo);
    return device.ok ? enrolDevice(parts, { ...request, serverUrl: origin }, device.value) : device;
  });
}

async function enrolDevice(parts: EnrolParts, request: BridgeRequest<'profile.enrol'>, device: DeviceFile): Promise<Outcome<ProfileEntry>> {
  const { disk, profileDir } = parts;
  const pending = inFolder(profileDir, 'enrolling', createHash('sha256').update(`${request.serverUrl}\n${request.code}`).digest('hex').slice(0, 16));
  const key = await pendingKey(parts, pending, request.passphrase);
  const ask = (deviceId: string): Promise<Outcome<EnrolReply>> =>
    parts.enrolAt(request.serverUrl, {
      v: WIRE_VERSION, code: request.code.trim(), deviceId, deviceName: request.deviceName.trim(), publicKey: key.publicKey,
      ...(request.firstAccount ? { firstAccount: request.firstAccount } : {}),
    });
  let deviceId = device.deviceId;
  let reply = await ask(deviceId);
  if (!reply.ok && reply.problem.code === 'duplicate') {
    // The officer's passphrase is lost, or the profile is: the old chain stays what it is, a new one begins.
    deviceId = (await newDevice(disk, profileDir, device.demo)).deviceId;
    reply = await ask(deviceId);
  }
  if (!reply.ok) return reply;
  if (reply.value.demo !== device.demo) return failed('demo-only');
  return settle(parts, pending, key, deviceId, request.serverUrl, reply.value);
}

async function pendingKey({ disk, cost }: EnrolParts, pending: string, passphrase: string): Promise<ChainKey> {
  await disk.makeFolder(pending);
  const begun = await openVault(disk, pending, passphrase);
  return begun.ok ? begun.value : createVault(disk, pending, passphrase, await cost());
}

async function settle({ disk, profileDir }: EnrolParts, pending: string, key: ChainKey, deviceId: string, serverUrl: string, reply: EnrolReply): Promise<Outcome<ProfileEntry>> {
  const { officeId, officeName, officerId, officerName, loginName, chainCode, demo, serverDeviceId, serverPublicKey } = reply;
  const chainId = chainIdOf(deviceId, officerId);
  if ((await disk.list(chainFolder(profileDir, chainId))).length > 0) return failed('duplicate', { chainId });
  const chain = { officeId, deviceId, officerId, chainCode, chainId };
  await createJournal(disk, pending, chain, key, randomUUID());
  const entry: ProfileEntry = { chainId, officeId, officeName, officerId, officerName, loginName, chainCode, serverUrl, demo };
  await placeChainFile(disk, pending, { formatVersion: 0, entry, deviceId, serverDeviceId, ...(serverPublicKey === undefined ? {} : { serverPublicKey }), publicKey: key.publicKey });
  await disk.makeFolder(chainsFolder(profileDir));
  await disk.rename(pending, chainFolder(profileDir, chainId));
  await disk.fsyncFolder(chainsFolder(profileDir));
  await disk.fsyncFolder(profileDir);
  return done(entry);
}

/** Scheme and host only, as the server's address is kept and compared; null for anything else. Who may be asked by http is decided where asking happens. */
function originOf(serverUrl: string): string | null {
  try {
    const url = new URL(serverUrl.trim());
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.origin : null;
  } catch {
    return null;
  }
}
