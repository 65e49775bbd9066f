import type { Laptop } from './laptop.ts';
import type { Scene } from './scene.ts';
import { world } from './take-over.ts';

/** How often everybody has to exchange, at most, until all is said. */
const MOST_ROUNDS = 10;
const ROUND_MS = 90_000;

/**
 * Everything heals, then people press "sync now" one after the other. I11: after few rounds every queue is empty and every
 * laptop is where the feed ends, but for those that have stopped for a reason of this schedule's own.
 */
export async function quiesce(scene: Scene): Promise<void> {
  const { office, laptops } = scene;
  await world.passUntil(() => office.isUp(), 60_000);
  for (const laptop of laptops) {
    laptop.is.online = true;
    laptop.setCapacity(Infinity);
    laptop.disk().cutAtCall = Infinity;
    laptop.windowDiesSoon(Infinity);
  }
  // What was already on its way to happen (starts, crashes, late duplicates) still does.
  await world.pass(120_000);
  let restless: readonly string[] = [];
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    for (const laptop of laptops) await awake(laptop);
    await world.pass(ROUND_MS);
    const end = await feedEnd(scene);
    restless = laptops.flatMap((laptop) => whyRestless(scene, laptop, end));
    if (restless.length === 0) {
      scene.trace(`── quiet after ${round} round(s)`);
      return;
    }
  }
  scene.broken('I11', `not quiet after ${MOST_ROUNDS} rounds: ${restless.join('; ')}`);
}

async function awake(laptop: Laptop): Promise<void> {
  if (laptop.is.revoked) return;
  laptop.disk().cutAtCall = Infinity;
  if (!laptop.isOpen()) void laptop.start();
  await world.pass(3000);
  await laptop.reopenWindow();
  void laptop.desk()?.flush();
  void laptop.engine()?.now();
}

export async function feedEnd({ office }: Scene): Promise<number> {
  const [row] = await office.look.all("SELECT value FROM counters WHERE name = 'feed'");
  const [last] = await office.look.all('SELECT MAX(cursor) AS last FROM changes');
  return Math.min(Number(row?.['value'] ?? 0), Number(last?.['last'] ?? 0));
}

function whyRestless(scene: Scene, laptop: Laptop, end: number): string[] {
  const { name } = laptop;
  const { chainId } = laptop.place.chain;
  if (laptop.is.revoked) return scene.history.revoked.has(chainId) ? [] : [`${name} was told that it is revoked, and is not`];
  const journal = laptop.journal();
  const status = laptop.engine()?.status();
  if (!journal || !status) return [`${name} does not open`];
  const halted = journal.readOnly();
  if (halted) return scene.history.copied.has(chainId) ? [] : [`${name} stopped: ${JSON.stringify(halted)}`];
  // A copy whose other half has written on may be the one that is told.
  if (status.phase === 'paused' && scene.history.copied.has(chainId)) return [];
  const desk = laptop.desk();
  const state = desk?.saveState();
  return [
    ...(status.unsent > 0 ? [`${name} has ${status.unsent} unsent, ${JSON.stringify(status.lastProblem)}`] : []),
    ...(journal.cursor() < end ? [`${name} is at ${journal.cursor()} of ${end}, ${JSON.stringify(status.lastProblem)}`] : []),
    ...(desk ? [] : [`${name} has no desk`]),
    ...(state && state.kind !== 'saved' ? [`${name}: the desk says ${JSON.stringify(state)}`] : []),
  ];
}
