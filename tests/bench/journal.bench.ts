import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { NewChange } from '#shared/journal/change.ts';
import { bootClock } from '../../src-main/journal/boot-clock.ts';
import { chainKey } from '../../src-main/journal/chain-key.ts';
import { createJournal } from '../../src-main/journal/create-journal.ts';
import type { Disk } from '../../src-main/journal/disk.ts';
import type { ChainIdentity, Journal } from '../../src-main/journal/journal.ts';
import { nodeDisk } from '../../src-main/journal/node-disk.ts';
import { openJournal, usualSizes } from '../../src-main/journal/open-journal.ts';
import { isProcessAlive, thisProcess } from '../../src-main/journal/writer-lock.ts';

// Suite `journal`: an append with all that belongs to it (checks, hashes, signature, one write, one fdatasync) beside a bare
// write and fdatasync of the same bytes to a file in the same folder, taking turns in one run, so that both meet the same
// disk in the same mood. Then what a start costs with a journal of 50,000 changes.

const parent = path.resolve('.cache/bench');
mkdirSync(parent, { recursive: true });
const folder = mkdtempSync(path.join(parent, 'journal-'));
const key = chainKey(generateKeyPairSync('ed25519').privateKey);
const chain: ChainIdentity = { officeId: randomUUID(), deviceId: randomUUID(), officerId: randomUUID(), chainCode: 'B1', chainId: 'bench' };

try {
  await createJournal(nodeDisk, folder, chain, key, randomUUID());
  await compareAppends('append of 1 room change', 600, () => [roomChange()]);
  await measureBlocks(300, 40);
  // Before the tables, which would make more of it than 50,000.
  await fill(50_000);
  await measureStarts();
  await measureTables(3000, 9);
  await measureTables(20_000, 3);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compareAppends(name: string, rounds: number, changes: () => NewChange[]): Promise<void> {
  let written = 0;
  const journal = await openHere(counting((bytes) => (written = bytes)));
  const file = await open(path.join(folder, `bare-${randomUUID()}`), 'wx');
  const ours: number[] = [];
  const bare: number[] = [];
  let at = 0;
  for (let round = -200; round < rounds; round += 1) {
    const batch = changes();
    const bytes = Buffer.alloc(written, 0x61);
    // Who comes second finds the disk awake: they take turns in that too.
    const bareFirst = round % 2 === 0;
    const early = bareFirst ? await bareWrite(file, bytes, at) : null;
    const startedAt = performance.now();
    const outcome = await journal.append(batch);
    const ourMs = performance.now() - startedAt;
    if (!outcome.ok) throw new Error(outcome.problem.code);
    const bareMs = early ?? (await bareWrite(file, bytes, at));
    at += bytes.length;
    // The first rounds warm up.
    if (round < 0) continue;
    ours.push(ourMs);
    bare.push(bareMs);
  }
  await file.close();
  await journal.close();
  for (const [label, share] of [['p50', 0.5], ['p95', 0.95]] as const) {
    const value = percentile(ours, share);
    const beside = percentile(bare, share);
    row(`${name} (${written} bytes) with fdatasync, ${label}`, value, 'ms', { against: `${rounded(beside)} ms, bare write + fdatasync of the same bytes, ${label}`, ratio: value / beside });
  }
}

/** A block pasted into the grid is one append; beside its own hashes the disk hardly counts. */
async function measureBlocks(count: number, rounds: number): Promise<void> {
  const journal = await openHere(nodeDisk);
  const times: number[] = [];
  for (let round = -5; round < rounds; round += 1) {
    const batch = Array.from({ length: count }, roomChange);
    const startedAt = performance.now();
    const outcome = await journal.append(batch);
    if (!outcome.ok) throw new Error(outcome.problem.code);
    if (round >= 0) times.push(performance.now() - startedAt);
  }
  await journal.close();
  row(`append of ${count} room changes at once with fdatasync, p50`, percentile(times, 0.5), 'ms');
  row(`append of ${count} room changes at once with fdatasync, p95`, percentile(times, 0.95), 'ms');
}

/** A table of institutions is one append too; other things of the process get their turn while it is made. */
async function measureTables(count: number, rounds: number): Promise<void> {
  const journal = await openHere(nodeDisk);
  const times: number[] = [];
  const turns: number[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const table = Array.from({ length: count }, (_, n) => institution(n));
    const turn = longestTurn();
    const startedAt = performance.now();
    const outcome = await journal.append(table);
    const ms = performance.now() - startedAt;
    const longest = turn.stop();
    if (!outcome.ok) throw new Error(outcome.problem.code);
    if (round < 0) continue;
    times.push(ms);
    turns.push(longest);
  }
  await journal.close();
  row(`append of a table of ${count} institutions with fdatasync, p50`, percentile(times, 0.5), 'ms');
  row(`longest turn of the process while appending a table of ${count} institutions, p50`, percentile(turns, 0.5), 'ms');
}

/** How long nothing else of the process could run, at most. */
function longestTurn(): { readonly stop: () => number } {
  let longest = 0;
  let last = performance.now();
  let next: NodeJS.Immediate;
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    next = setImmediate(look);
  };
  next = setImmediate(look);
  return {
    stop() {
      clearImmediate(next);
      return Math.max(longest, performance.now() - last);
    },
  };
}

function institution(n: number): NewChange {
  const values = {
    name: `示例第${n}单位`, creditCode: null, creditCodeMissingReason: '尚未赋码', level: 'municipal', authority: '示例市机关事务管理局', buildingKind: 'state-organ-office',
    usingUnit: `示例第${n}单位`, managingUnit: '示例物业公司', address: `示例路${n}号`, liaison: { name: '王某某', telephone: '0571-88000000' }, sample: false, removed: false,
  };
  return { recordType: 'institution', recordId: randomUUID(), kind: 'create', patch: Object.fromEntries(Object.entries(values).map(([path, to]) => [path, { was: null, to }])) };
}

async function bareWrite(file: FileHandle, bytes: Uint8Array, at: number): Promise<number> {
  const startedAt = performance.now();
  await file.write(bytes, 0, bytes.length, at);
  await file.datasync();
  return performance.now() - startedAt;
}

async function fill(count: number): Promise<void> {
  const journal = await openHere(nodeDisk);
  while (journal.head().seq < count) await journal.append(Array.from({ length: 250 }, roomChange));
  await journal.close();
}

async function measureStarts(): Promise<void> {
  const opening: number[] = [];
  const reading: number[] = [];
  for (let round = 0; round < 7; round += 1) {
    const startedAt = performance.now();
    const journal = await openHere(nodeDisk);
    opening.push(performance.now() - startedAt);
    const readFrom = performance.now();
    const { length } = await journal.own(1, 1_000_000);
    reading.push(performance.now() - readFrom);
    if (length < 50_000 || journal.readOnly()) throw new Error('not everything was read');
    await journal.close();
  }
  row('opening a journal of 50,000 changes after a clean end, p50', percentile(opening, 0.5), 'ms');
  row('verifying and reading back all 50,000 changes, p50', percentile(reading, 0.5), 'ms');
}

async function openHere(disk: Disk): Promise<Journal> {
  const opened = await openJournal({ disk, folder, chain, key, clock: bootClock(), lock: { self: thisProcess(), isAlive: isProcessAlive }, sizes: usualSizes });
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.value;
}

/** The real disk, telling how many bytes the last append wrote. */
function counting(tell: (bytes: number) => void): Disk {
  return {
    ...nodeDisk,
    async open(name, how) {
      const file = await nodeDisk.open(name, how);
      if (how === 'fresh') return file;
      return {
        ...file,
        writeAt(bytes, offset) {
          tell(bytes.length);
          return file.writeAt(bytes, offset);
        },
      };
    },
  };
}

function roomChange(): NewChange {
  return {
    recordType: 'roomCheck', recordId: randomUUID(), kind: 'edit',
    patch: {
      floor: { was: 'a'.repeat(64), to: '3' },
      remarks: { was: 'b'.repeat(64), to: '设定温度低于26℃，已现场调整' },
    },
  };
}

function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function row(name: string, value: number, unit: string, beside?: { against: string; ratio: number }): void {
  process.stdout.write(`${JSON.stringify({ suite: 'journal', name, value: rounded(value), unit, ...(beside ? { against: beside.against, ratio: rounded(beside.ratio) } : {}) })}\n`);
}
