import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { done, failed, type Outcome } from '#shared/kit/outcome.ts';
import type { Disk } from '../journal/disk.ts';
import { DeviceFile, listChains } from './profile-files.ts';
import { readTwin } from './twin-file.ts';

/** Says that the folder was empty when the demo moved in: everything in it is the demo's. */
const markerName = 'demo-profile.json';
const Marker = z.strictObject({ formatVersion: z.literal(0), foundEmpty: z.literal(true), ended: z.boolean() });

/** What we ourselves put into a profile. The rest is the browser's. */
const ownNames = ['chains', 'enrolling', 'device.json', 'device.copy.json', 'spool'];

/**
 * Before anything of the browser lies in the profile of a demo: marks an empty folder as the demo's own, and takes away what
 * was left of one that was ended. A folder that held anything else before is never marked.
 */
export function claimDemoProfile(profileDir: string): void {
  if (markerOf(profileDir)?.ended) removeAll(profileDir);
  const names = existsSync(profileDir) ? readdirSync(profileDir) : [];
  if (names.length > 0) return;
  mkdirSync(profileDir, { recursive: true });
  place(profileDir, false);
}

/**
 * Removes everybody's work in the profile of a demo. Fails with `not-allowed` and touches nothing when the laptop's file or any
 * account in it is not the demo's.
 */
export async function endDemoProfile(disk: Disk, profileDir: string): Promise<Outcome<void>> {
  const device = await readTwin(disk, profileDir, 'device.json', DeviceFile);
  const chains = await listChains(disk, profileDir);
  if (!device.ok || !device.value.demo || chains.some(({ entry }) => !entry.demo)) return failed('not-allowed', { reason: 'no-demo' });
  for (const name of ownNames) rmSync(path.join(profileDir, name), { recursive: true, force: true });
  if (markerOf(profileDir)) place(profileDir, true);
  return done(undefined);
}

/**
 * As the program's last act: what the browser put into a folder of the demo's own. It may write a file or two while it ends; they
 * hold no records and go at the demo's next start. A folder that is not the demo's own stays as it is.
 */
export function clearEndedProfile(profileDir: string): void {
  if (!markerOf(profileDir)?.ended) return;
  for (const name of readdirSync(profileDir)) {
    if (name !== markerName) rmSync(path.join(profileDir, name), { recursive: true, force: true });
  }
}

function removeAll(profileDir: string): void {
  rmSync(profileDir, { recursive: true, force: true });
}

function place(profileDir: string, ended: boolean): void {
  writeFileSync(path.join(profileDir, markerName), JSON.stringify({ formatVersion: 0, foundEmpty: true, ended } satisfies z.infer<typeof Marker>));
}

function markerOf(profileDir: string): z.infer<typeof Marker> | null {
  try {
    return Marker.safeParse(JSON.parse(readFileSync(path.join(profileDir, markerName), 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}
