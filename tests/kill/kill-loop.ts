import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { canonicalJson } from '#shared/journal/canonical-json.ts';
import type { Acknowledged, KitPage, PageReport } from './desk-page.ts';
import { makeAppFolder } from './app-folder.ts';
import { makeProfile, type KitProfile } from './profile.ts';
import { startApp, type RunningApp } from './running-app.ts';
import { tornPieces, verifyFiles } from './verify-files.ts';

export type KillOptions = {
  readonly root: string;
  /** A folder of this run; emptied first. */
  readonly workDir: string;
  readonly executable: string;
  readonly display: string;
  readonly kills: number;
  readonly fault: 'none' | 'acknowledges-first';
  /** Stop at the first loss: all that a negative control has to show. */
  readonly untilLoss: boolean;
  readonly seed: number;
  say(line: string): void;
};

export type KillSummary = {
  readonly kills: number;
  readonly killedWhileStarting: number;
  readonly indexedDbDeleted: number;
  readonly acknowledgedChanges: number;
  readonly acknowledgedPhotos: number;
  readonly lost: number;
  readonly altered: number;
  readonly chainFlaws: readonly string[];
  readonly differingRows: number;
  readonly tornEnds: number;
  readonly otherProblems: readonly string[];
  readonly secondsPerKill: number;
};

/** After so many kills a new profile begins: a check reads everything, and a journal of days says no more than of hours. */
const KILLS_A_PROFILE = 25;

type Tally = {
  -readonly [K in keyof KillSummary]: KillSummary[K] extends readonly string[] ? string[] : KillSummary[K];
};

/** What one profile has acknowledged so far. */
type Ledger = { readonly changes: Map<string, string>; readonly photos: Set<string>; readonly lost: Set<string> };

export async function killLoop(options: KillOptions): Promise<KillSummary> {
  const { workDir, root, fault, say } = options;
  rmSync(workDir, { recursive: true, force: true });
  const appFolder = path.join(workDir, 'app');
  mkdirSync(appFolder, { recursive: true });
  await makeAppFolder(root, appFolder, fault);
  const random = randomFrom(options.seed);
  const tally: Tally = {
    kills: 0, killedWhileStarting: 0, indexedDbDeleted: 0, acknowledgedChanges: 0, acknowledgedPhotos: 0, lost: 0, altered: 0,
    chainFlaws: [], differingRows: 0, tornEnds: 0, otherProblems: [], secondsPerKill: 0,
  };
  const startedAt = performance.now();
  let starts = 0;
  while (tally.kills < options.kills && !(options.untilLoss && isBad(tally))) {
    const profile = await makeProfile(path.join(workDir, `profile-${tally.kills}`));
    const ledger: Ledger = { changes: new Map(), photos: new Set(), lost: new Set() };
    const until = Math.min(options.kills, tally.kills + KILLS_A_PROFILE);
    while (tally.kills < until && !(options.untilLoss && isBad(tally))) {
      starts += 1;
      if (starts % 5 === 0) deleteIndexedDb(profile, tally);
      await oneLife(options, appFolder, profile, ledger, tally, random);
      if (tally.kills % 10 === 0) say(`${tally.kills} kills, ${tally.acknowledgedChanges + ledger.changes.size} changes acknowledged, ${tally.lost} lost`);
    }
    await lastCheck(options, appFolder, profile, ledger, tally);
    tally.acknowledgedChanges += ledger.changes.size;
    tally.acknowledgedPhotos += ledger.photos.size;
    tally.tornEnds += tornPieces(profile.folder);
    if (!isBad(tally)) rmSync(profile.dir, { recursive: true, force: true });
  }
  tally.secondsPerKill = Math.round((performance.now() - startedAt) / Math.max(1, tally.kills)) / 1000;
  return tally;
}

export function isBad(summary: KillSummary): boolean {
  return summary.lost + summary.altered + summary.differingRows + summary.chainFlaws.length + summary.otherProblems.length > 0;
}

/** A start, a check of everything before, work, and a kill at a random moment. */
async function oneLife(options: KillOptions, appFolder: string, profile: KitProfile, ledger: Ledger, tally: Tally, random: () => number): Promise<void> {
  const app = startApp({ executable: options.executable, appFolder, profileDir: profile.dir, display: options.display });
  const duringStart = random() < 0.15;
  const delayMs = 30 + random() * 1470;
  try {
    if (!duringStart) {
      const page = await openDesk(app, profile, ledger, tally);
      await page.evaluate(`kit.work(${Math.floor(random() * 1e6)})`);
    }
    await after(delayMs);
  } finally {
    await app.kill();
  }
  tally.kills += 1;
  if (duringStart) tally.killedWhileStarting += 1;
  const files = verifyFiles(profile.folder);
  tally.chainFlaws.push(...files.flaws.map((flaw) => `after kill ${tally.kills}: ${flaw}`));
  // Straight from the files, without a line of the program that wrote them.
  noteLost([...ledger.changes.keys()].filter((id) => !files.ids.has(id)), ledger, tally);
}

async function openDesk(app: RunningApp, profile: KitProfile, ledger: Ledger, tally: Tally) {
  const page = await app.page;
  page.onConsole((text) => hear(text, ledger, tally));
  const problem = await page.evaluate<Awaited<ReturnType<KitPage['open']>>>(`kit.open(${JSON.stringify(profile.chainId)}, ${JSON.stringify(profile.passphrase)})`);
  if (problem !== null) throw new Error(`could not sign in: ${problem}`);
  compare(await page.evaluate<PageReport>('kit.check()'), ledger, tally);
  await comparePhotos(page, ledger, tally);
  return page;
}

async function lastCheck(options: KillOptions, appFolder: string, profile: KitProfile, ledger: Ledger, tally: Tally): Promise<void> {
  const app = startApp({ executable: options.executable, appFolder, profileDir: profile.dir, display: options.display });
  await openDesk(app, profile, ledger, tally).finally(() => app.quit());
}

function hear(text: string, ledger: Ledger, tally: Tally): void {
  if (text.startsWith('kit failed ')) tally.otherProblems.push(text);
  if (!text.startsWith('kit acknowledged ')) return;
  const acknowledged = JSON.parse(text.slice('kit acknowledged '.length)) as Acknowledged;
  if (acknowledged.kind === 'evidence') ledger.photos.add(acknowledged.sha256);
  else ledger.changes.set(acknowledged.id, canonicalJson(acknowledged.patch));
}

function compare(report: PageReport, ledger: Ledger, tally: Tally): void {
  const found = new Map(report.changes);
  if (report.readOnly !== null) tally.otherProblems.push(`read only: ${report.readOnly}`);
  for (const [id, patch] of ledger.changes) {
    if (!found.has(id)) noteLost([id], ledger, tally);
    else if (found.get(id) !== patch) tally.altered += 1;
  }
  tally.differingRows += report.differing.length;
  if (new Set(report.fieldNumbers).size !== report.fieldNumbers.length) tally.otherProblems.push('a field number was given twice');
}

async function comparePhotos(page: Awaited<RunningApp['page']>, ledger: Ledger, tally: Tally): Promise<void> {
  noteLost(await page.evaluate<readonly string[]>(`kit.missingPhotos(${JSON.stringify([...ledger.photos])})`), ledger, tally);
}

/** Each lost thing counts once, whoever misses it. */
function noteLost(ids: readonly string[], ledger: Ledger, tally: Tally): void {
  for (const id of ids) {
    if (ledger.lost.has(id)) continue;
    ledger.lost.add(id);
    tally.lost += 1;
  }
}

function deleteIndexedDb(profile: KitProfile, tally: Tally): void {
  rmSync(path.join(profile.dir, 'IndexedDB'), { recursive: true, force: true });
  tally.indexedDbDeleted += 1;
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The same seed plays the same moments, as far as a machine can. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}
