import { newSalt } from '../../src-main/journal/salts.ts';
import { deskActs } from './acts-at-the-desk.ts';
import { officeActs } from './acts-at-the-office.ts';
import { dice, type Dice } from './dice.ts';
import { calm, weatherOf } from './faults.ts';
import { checkEnd, checkStep } from './invariants.ts';
import { laptop, type Laptop } from './laptop.ts';
import { forgetDatabases } from './memory-dexie.ts';
import { mishaps } from './mishaps.ts';
import { officeServer } from './office.ts';
import { peopleOf } from './people.ts';
import { quiesce } from './quiesce.ts';
import { Broken, type History, type Scene } from './scene.ts';
import { timesFilled, world } from './take-over.ts';
import { untouchedDisk } from './ports.ts';

export type Played = { readonly seed: number; readonly broken: string | null; readonly acts: number; readonly trace: readonly string[]; readonly tally: Readonly<Record<string, number>>; readonly simulatedMs: number };

const weights = {
  draftRoom: 26, editRoom: 10, newRooms: 7, importRooms: 0.7, newInspection: 4, editInspection: 4, settleConflicts: 4, lock: 5, amendment: 3, paper: 4, review: 2, openCase: 3, addCaseEvent: 4, flush: 2,
} satisfies Record<keyof typeof deskActs, number>;
const officeWeights = { signOffBases: 0.6, draftOpinion: 2, moveOpinion: 9, changeRole: 1, revoke: 0.3 } satisfies Record<keyof typeof officeActs, number>;

/** Plays one seed to its end. Acts left out (`without`) make room for smaller schedules that fail in the same way. */
export async function play(seed: number, folder: string, without: ReadonlySet<number> = new Set()): Promise<Played> {
  const begin = Date.parse('2026-08-12T00:30:00.000Z');
  world.begin(seed, begin);
  forgetDatabases();
  refillSalts();
  const trace: string[] = [];
  const note = (line: string): void => void trace.push(`${((world.now() - begin) / 1000).toFixed(1).padStart(8)} s  ${line}`);
  let failure: Broken | null = null;
  let acts = 0;
  const scene = await sceneOf(seed, folder, note, (invariant, what) => {
    failure ??= new Broken(invariant, what);
  });
  const broken = (): Broken | null => failure;
  try {
    const plan = dice(seed, 'plan');
    const length = 50 + plan.below(70);
    for (; acts < length && !broken(); acts += 1) {
      await world.pass(Math.ceil(-Math.log(1 - plan.next()) * 2500));
      const stream = dice(seed, `act ${acts}`);
      if (!without.has(acts)) act({ ...scene, dice: stream }, note);
      await checkStep(scene);
    }
    if (!broken()) {
      Object.assign(scene.faults, calm);
      note('── everything heals');
      await quiesce(scene);
    }
    if (!broken()) await checkEnd(scene);
    for (const failed of scene.office.failures) scene.broken('server', failed);
  } catch (error) {
    failure ??= error instanceof Broken ? error : new Broken('error', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  await scene.office.end();
  return { seed, broken: broken()?.message ?? null, acts, trace, tally: scene.history.tally, simulatedMs: world.now() - begin };
}

/** Salts come from a pool that outlives a seed: it is emptied, so that the next one is filled with this seed's. */
function refillSalts(): void {
  const before = timesFilled();
  while (timesFilled() === before) newSalt();
}

async function sceneOf(seed: number, folder: string, trace: (line: string) => void, broken: Scene['broken']): Promise<Scene> {
  const first = dice(seed, 'scene');
  const weather = weatherOf(dice(seed, 'weather'));
  const faults = { ...calm };
  const office = { officeId: first.uuid(), name: '示例市机关事务管理局', demo: false, serverDeviceId: first.uuid() };
  const { people, places } = peopleOf(first, office.officeId);
  const server = await officeServer({ folder, office, people, places, dice: dice(seed, 'server'), faults, trace });
  const laptops: Laptop[] = [];
  const history: History = { restored: false, copied: new Set(), revoked: new Set(), forgotten: new Set(), officeActs: 0, tally: {} };
  let counted = 0;
  const parts = (name: string, place: (typeof places)[number]) => ({ name, place, office: server, dice: dice(seed, name), faults, trace, broken, disk: untouchedDisk });
  for (const [at, place] of places.entries()) {
    const made = laptop(parts(`laptop ${at + 1}`, place));
    await made.make();
    laptops.push(made);
    void made.start();
  }
  await world.pass(2000);
  Object.assign(faults, weather.faults);
  const hints = dice(seed, 'hints');
  server.onNews((cursor) => {
    for (const each of laptops) if (hints.chance(0.6)) world.after(hints.below(800), () => void (each.is.online && each.engine()?.hint(cursor)));
  });
  return {
    seed, dice: first, weather, faults, office: server, people, laptops, history, trace, broken,
    count: () => (counted += 1),
    copyOf(original) {
      const copy = laptop(parts(`copy of ${original.name}`, original.place), { disk: original.copyOfDisk(), ledger: original.ledger, database: original.database });
      history.copied.add(original.place.chain.chainId);
      laptops.push(copy);
      void copy.start();
      return copy;
    },
  };
}

/** One act somewhere. It goes on by itself while others begin, as with people in different places. */
function act(scene: Scene, note: (line: string) => void): void {
  const { dice: chance, history } = scene;
  const kind = chance.weighted({ desk: 74, office: 10, mishap: 16 });
  const tally = (name: string): void => void (history.tally[name] = (history.tally[name] ?? 0) + 1);
  if (kind === 'office') {
    const name = chance.weighted(officeWeights);
    tally(name);
    note(`office act ${name}`);
    void guarded(scene, name, officeActs[name](scene));
    return;
  }
  if (kind === 'mishap') {
    const name = mishapOf(scene, chance);
    tally(name);
    void guarded(scene, name, mishaps[name].run(scene));
    return;
  }
  const at = chance.pick(scene.laptops);
  const desk = at.desk();
  const name = chance.weighted(weights);
  if (!desk || at.is.busy) return;
  tally(name);
  note(`${at.name}: ${name}`);
  at.is.busy = name === 'lock';
  const work = guarded(scene, name, deskActs[name](scene, at, desk));
  void work.finally(() => { at.is.busy = false; });
  // A desk that died in the middle of it never ends.
  if (at.is.busy) world.after(60_000, () => { at.is.busy = false; });
}

function mishapOf(scene: Scene, chance: Dice): keyof typeof mishaps {
  const entries = Object.entries(mishaps).map(([name, { weight }]) => [name, weight(scene.weather)] as const);
  return chance.weighted(Object.fromEntries(entries) as Record<keyof typeof mishaps, number>);
}

async function guarded(scene: Scene, name: string, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    scene.broken('error', `${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}
