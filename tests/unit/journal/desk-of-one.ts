import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { NewChange } from '#shared/journal/change.ts';
import { chainIdOf } from '#shared/journal/change.ts';
import type { PageItem } from '#shared/sync/wire.ts';
import { chainKey } from '../../../src-main/journal/chain-key.ts';
import { createJournal } from '../../../src-main/journal/create-journal.ts';
import type { Disk } from '../../../src-main/journal/disk.ts';
import type { ChainIdentity, Journal, OwnChange } from '../../../src-main/journal/journal.ts';
import { openJournal, type JournalSizes } from '../../../src-main/journal/open-journal.ts';

export const folder = '/chain';
export const chain: ChainIdentity = {
  officeId: '0198a000-0000-7000-8000-000000000001',
  deviceId: '0198a000-0000-7000-8000-000000000002',
  officerId: '0198a000-0000-7000-8000-000000000003',
  chainCode: 'A7',
  chainId: chainIdOf('0198a000-0000-7000-8000-000000000002', '0198a000-0000-7000-8000-000000000003'),
};
export const key = chainKey(generateKeyPairSync('ed25519').privateKey);

/** Small numbers, so that a few appends already fill segments and cross checkpoints. */
export const smallSizes: JournalSizes = { segmentBytes: 6000, growBytes: 1500, reserveBytes: 2048, checkpointEvery: 4, verifyAfterMs: 3_600_000 };

export type ClockTime = { wall: string };
export const summerDay: ClockTime = { wall: '2026-08-12T06:03:00.000Z' };

export async function makeChain(disk: Disk): Promise<void> {
  await createJournal(disk, folder, chain, key, '0198a000-0000-7000-8000-00000000000a');
}

export function tryOpen(disk: Disk, sizes: JournalSizes = smallSizes, time: ClockTime = summerDay) {
  const clock = { bootId: 'boot-1', wall: () => time.wall, mono: () => 1000 };
  const self = { pid: 1, bootId: 'boot-1', startedAt: '1' };
  return openJournal({ disk, folder, chain, key, clock, lock: { self, isAlive: () => false }, sizes });
}

export async function open(disk: Disk, sizes: JournalSizes = smallSizes, time: ClockTime = summerDay): Promise<Journal> {
  const opened = await tryOpen(disk, sizes, time);
  if (!opened.ok) throw new Error(`journal did not open: ${JSON.stringify(opened.problem)}`);
  return opened.value;
}

export function roomChange(remarks: string, recordId: string = randomUUID()): NewChange {
  return { recordType: 'roomCheck', recordId, kind: 'edit', patch: { remarks: { was: null, to: remarks } } };
}

export function newDocument(fields: NewChange['patch'] = {}): NewChange {
  return { recordType: 'document', recordId: randomUUID(), kind: 'create', patch: { title: { was: null, to: '现场检查笔录' }, ...fields } };
}

export function remarksOf(changes: readonly Pick<OwnChange, 'body'>[]): string[] {
  return changes.map((change) => String(change.body.patch['remarks']?.to));
}

export async function everything(journal: Journal): Promise<readonly OwnChange[]> {
  return journal.own(1, 1_000_000);
}

export const colleague = '0198a000-0000-7000-8000-0000000000c0';

/** A colleague's change as the office's feed brings it. */
export function pulled(cursor: number, recordId: string = randomUUID(), text = `第${cursor}条`): PageItem {
  return {
    cursor, id: cursor.toString(16).padStart(64, '0'), deviceId: colleague, officerId: colleague, seq: cursor, recordType: 'roomCheck', recordId,
    kind: 'edit', wall: '2026-08-12T06:03:00.000Z', mono: 1, bootId: 'b', salt: '0'.repeat(32), patch: { remarks: { was: null, to: text } },
    receivedAt: '2026-08-12T06:03:01.000Z',
  };
}
