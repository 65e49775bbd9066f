import type { Dice } from './dice.ts';

/** How bad the luck of one schedule is: shares of messages, calls or moments. */
export type Faults = {
  lostOnTheWay: number;
  lostOnTheWayBack: number;
  cutReply: number;
  twice: number;
  late: number;
  strangeAnswer: number;
  serverKill: number;
  serverFull: number;
  /** Statements and transactions of the server that have to wait for others. */
  serverWaits: number;
};

/** What a schedule has beside its acts. */
export type Weather = {
  readonly faults: Faults;
  readonly crashes: boolean;
  readonly powerCuts: boolean;
  readonly backups: boolean;
  readonly copies: boolean;
  readonly fullDisks: boolean;
  readonly poison: boolean;
  readonly skew: boolean;
  readonly wrongClocks: boolean;
};

export const calm: Faults = { lostOnTheWay: 0, lostOnTheWayBack: 0, cutReply: 0, twice: 0, late: 0, strangeAnswer: 0, serverKill: 0, serverFull: 0, serverWaits: 0 };

/** Some schedules have no faults at all, some lose four messages in ten. */
export function weatherOf(dice: Dice): Weather {
  const level = dice.pick([0, 0, 0.02, 0.05, 0.1, 0.2, 0.4]);
  const share = (of: number): number => level * of * dice.next();
  const some = (likely: number): boolean => level > 0 && dice.chance(likely);
  return {
    faults: {
      lostOnTheWay: share(1), lostOnTheWayBack: share(1), cutReply: share(0.5), twice: share(1), late: share(1), strangeAnswer: share(0.7),
      serverKill: share(0.04), serverFull: share(0.02), serverWaits: dice.pick([0, 0.01, 0.05, 0.2]),
    },
    crashes: some(0.8), powerCuts: some(0.6), backups: some(0.2), copies: some(0.12), fullDisks: some(0.2),
    poison: dice.chance(0.35), skew: dice.chance(0.25), wrongClocks: dice.chance(0.5),
  };
}
