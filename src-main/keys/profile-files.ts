import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { ProfileEntry } from '#shared/bridge/calls.ts';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import { Uuid } from '#shared/kit/values.ts';
import { inFolder, type Disk } from '../journal/disk.ts';
import { placeTwins, readTwin } from './twin-file.ts';

/** This laptop, once a profile. A profile is for the demo or for real work, for ever. */
export const DeviceFile = z.strictObject({ formatVersion: z.literal(0), deviceId: Uuid, demo: z.boolean() });
export type DeviceFile = Readonly<z.infer<typeof DeviceFile>>;

/** Whose chain a folder holds. Written last when enrolling: a folder without it was never finished. */
export const ChainFile = z.strictObject({ formatVersion: z.literal(0), entry: ProfileEntry, deviceId: Uuid, serverDeviceId: Uuid, serverPublicKey: z.string().length(44).optional(), publicKey: z.string().length(44) });
export type ChainFile = Readonly<z.infer<typeof ChainFile>>;

const deviceName = 'device.json';
const chainName = 'chain.json';

export function chainsFolder(profileDir: string): string {
  return inFolder(profileDir, 'chains');
}

export function chainFolder(profileDir: string, chainId: string): string {
  return inFolder(chainsFolder(profileDir), chainId);
}

/** Chains enrolled in this profile, by folder name. A folder that can not be read is left out here and never touched. */
export async function listChains(disk: Disk, profileDir: string): Promise<readonly ChainFile[]> {
  const chains: ChainFile[] = [];
  for (const name of await disk.list(chainsFolder(profileDir))) {
    const chain = await readTwin(disk, chainFolder(profileDir, name), chainName, ChainFile);
    if (chain.ok && chain.value.entry.chainId === name) chains.push(chain.value);
  }
  return chains;
}

/** Fails with `not-found` for a chain that is not enrolled here; the id comes from the renderer and is no path. */
export async function findChain(disk: Disk, profileDir: string, chainId: string): Promise<Outcome<ChainFile>> {
  const chain = (await listChains(disk, profileDir)).find((each) => each.entry.chainId === chainId);
  return chain ? done(chain) : failed('not-found', { chainId });
}

export async function placeChainFile(disk: Disk, folder: string, chain: ChainFile): Promise<void> {
  await placeTwins(disk, folder, chainName, chain);
}

/** The laptop's file, made at the first enrolment; `demo-only` when the profile is for the other kind. */
export async function deviceFor(disk: Disk, profileDir: string, demo: boolean): Promise<Outcome<DeviceFile>> {
  const known = await readTwin(disk, profileDir, deviceName, DeviceFile);
  const [chain] = await listChains(disk, profileDir);
  const isDemo = known.ok ? known.value.demo : chain?.entry.demo;
  if (isDemo !== undefined && isDemo !== demo) return failed('demo-only');
  return known.ok ? known : done(await newDevice(disk, profileDir, demo, chain?.deviceId));
}

/** Gives the laptop a new id, for an officer who enrols a second time: a chain is never started twice. */
export async function newDevice(disk: Disk, profileDir: string, demo: boolean, deviceId: string = randomUUID()): Promise<DeviceFile> {
  const device: DeviceFile = { formatVersion: 0, deviceId, demo };
  await disk.makeFolder(profileDir);
  await placeTwins(disk, profileDir, deviceName, device);
  return device;
}
