import type { NewChange } from '#shared/journal/change.ts';
import { deskActs } from './acts-at-the-desk.ts';
import { lastingCheck } from './invariants.ts';
import type { Weather } from './faults.ts';
import type { Laptop } from './laptop.ts';
import type { Scene } from './scene.ts';
import { world } from './take-over.ts';

type Mishap = { readonly weight: (weather: Weather) => number; readonly run: (scene: Scene) => Promise<void> };

const one = (scene: Scene): Laptop => scene.dice.pick(scene.laptops);
const often = (is: boolean, weight: number): number => (is ? weight : 0);

/** What happens to laptops, server and network besides lost messages. Exchange packages will be one more entry. */
export const mishaps = {
  syncNow: { weight: () => 24, async run(scene) { await one(scene).engine()?.now(); } },
  /** Everybody is back at the office and exchanges at once. */
  rush: {
    weight: () => 4,
    async run(scene) {
      scene.trace('everybody exchanges at once');
      for (const laptop of scene.laptops) {
        comeBack(scene, laptop);
        void laptop.engine()?.now();
      }
    },
  },
  goOffline: {
    weight: () => 8,
    async run(scene) {
      const laptop = one(scene);
      laptop.is.online = false;
      scene.trace(`${laptop.name} is offline`);
      world.after(1000 + scene.dice.below(240_000), () => comeBack(scene, laptop));
    },
  },
  comeOnline: { weight: () => 4, async run(scene) { comeBack(scene, one(scene)); } },
  close: {
    weight: () => 4,
    async run(scene) {
      const laptop = one(scene);
      world.after(3000 + scene.dice.below(60_000), () => void laptop.start());
      await laptop.end();
    },
  },
  crash: {
    weight: (weather) => often(weather.crashes, 10),
    async run(scene) {
      const laptop = one(scene);
      // At some call to the disk not far from now, or right away.
      if (scene.dice.chance(0.75)) laptop.crashSoon(1 + scene.dice.below(25));
      else laptop.crash(scene.weather.powerCuts && scene.dice.chance(0.5) ? 'power' : 'kill');
      world.after(2000 + scene.dice.below(40_000), () => {
        laptop.crash('kill');
        world.after(1000, () => void laptop.start());
      });
    },
  },
  crashWhileSaving: {
    weight: (weather) => often(weather.crashes, 5),
    async run(scene) {
      const laptop = one(scene);
      const desk = laptop.desk();
      if (!desk || laptop.is.busy) return;
      scene.trace(`${laptop.name} saves and will crash`);
      laptop.crashSoon(1 + scene.dice.below(5));
      world.after(2000 + scene.dice.below(20_000), () => {
        laptop.crash('kill');
        world.after(1000, () => void laptop.start());
      });
      await deskActs[scene.dice.pick(['importRooms', 'newInspection', 'editRoom'] as const)](scene, laptop, desk);
    },
  },
  windowDies: { weight: (weather) => often(weather.crashes, 6), async run(scene) { one(scene).windowDiesSoon(1 + scene.dice.below(4)); } },
  serverKilled: {
    weight: (weather) => often(weather.crashes, 2),
    async run(scene) {
      scene.office.kill();
    },
  },
  backUp: { weight: (weather) => often(weather.backups, 3), async run(scene) { if (scene.office.isUp()) await scene.office.backUp(); } },
  putBack: {
    weight: (weather) => often(weather.backups, 1.5),
    async run(scene) {
      if (scene.history.restored) return;
      const before = await lastingCheck(scene);
      // With --restored, or by somebody who only copied the file.
      const how = scene.dice.chance(0.5) ? 'restored' : undefined;
      if (!(await scene.office.putBack(how))) return;
      scene.trace(how ? 'an older backup was put back' : 'an older backup was put back, and nobody told the server');
      scene.history.restored = true;
      for (const id of before) scene.history.forgotten.add(id);
    },
  },
  copyProfile: {
    weight: (weather) => often(weather.copies, 1.5),
    async run(scene) {
      const laptop = one(scene);
      if (scene.history.copied.size > 0 || scene.history.revoked.has(laptop.place.chain.chainId)) return;
      scene.trace(`the profile of ${laptop.name} is copied to another laptop`);
      scene.copyOf(laptop);
    },
  },
  fullDisk: {
    weight: (weather) => often(weather.fullDisks, 4),
    async run(scene) {
      const laptop = one(scene);
      const used = laptop.disk().files().reduce((sum, [, bytes]) => sum + bytes.length, 0);
      laptop.setCapacity(used + scene.dice.below(6000));
      scene.trace(`${laptop.name}: the disk is nearly full`);
      world.after(5000 + scene.dice.below(60_000), () => laptop.setCapacity(Infinity));
    },
  },
  poison: {
    weight: (weather) => often(weather.poison, 5),
    async run(scene) {
      const laptop = one(scene);
      const rooms = (await laptop.desk()?.list('roomCheck')) ?? [];
      if (rooms.length === 0) return;
      const room = scene.dice.pick(rooms);
      const change: NewChange = { recordType: 'roomCheck', recordId: room.recordId, kind: 'edit', patch: { floor: { was: room.by['floor'] ?? null, to: 4000 + scene.count() } } };
      scene.trace(`${laptop.name}: a faulty version writes a number where a text belongs`);
      await laptop.appendRaw([change]);
    },
  },
  newerField: {
    weight: (weather) => often(weather.skew, 4),
    async run(scene) {
      const laptop = one(scene);
      const rooms = (await laptop.desk()?.list('roomCheck')) ?? [];
      if (rooms.length === 0) return;
      scene.trace(`${laptop.name}: a newer version writes a field that the server does not know`);
      await laptop.appendRaw([{ recordType: 'roomCheck', recordId: scene.dice.pick(rooms).recordId, kind: 'edit', patch: { humidityPercent: { was: null, to: `${scene.count()}` } } }]);
    },
  },
  serverUpdated: {
    weight: (weather) => often(weather.skew, 0.6),
    async run(scene) {
      if (!scene.office.isUpdated()) scene.office.update();
    },
  },
  wrongClock: {
    weight: (weather) => often(weather.wrongClocks, 4),
    async run(scene) {
      const { clock, name } = one(scene);
      const hour = 3_600_000;
      clock.offsetMs = scene.dice.pick([0, 24 * hour, -24 * hour, 8 * hour, -8 * hour, 3650 * 24 * hour, -600_000]);
      clock.stuckAt = scene.dice.chance(0.2) ? world.now() + clock.offsetMs : null;
      scene.trace(`${name}: the clock is off by ${clock.offsetMs / hour} h${clock.stuckAt === null ? '' : ' and stands'}`);
    },
  },
} satisfies Readonly<Record<string, Mishap>>;

function comeBack(scene: Scene, laptop: Laptop): void {
  if (laptop.is.online) return;
  laptop.is.online = true;
  scene.trace(`${laptop.name} is online`);
  laptop.engine()?.networkChanged();
}
