import type { Dice } from './dice.ts';
import type { Faults, Weather } from './faults.ts';
import type { Laptop } from './laptop.ts';
import type { OfficeServer } from './office.ts';
import type { Person } from './people.ts';

/** Everything of one schedule. */
export type Scene = {
  readonly seed: number;
  readonly dice: Dice;
  readonly weather: Weather;
  readonly faults: Faults;
  readonly office: OfficeServer;
  readonly people: readonly Person[];
  readonly laptops: Laptop[];
  readonly history: History;
  /** Numbers texts, so that each one is told apart. */
  count(): number;
  trace(line: string): void;
  broken(invariant: string, what: string): void;
  /** A laptop like another one, from a copy of its disk. */
  copyOf(laptop: Laptop): Laptop;
};

/** What happened that the end has to take into account. */
export type History = {
  /** The server's database was replaced by an older one: some of what it confirmed has to come to it again. */
  restored: boolean;
  readonly copied: Set<string>;
  readonly revoked: Set<string>;
  /** Changes of the feed that a restored server forgot. */
  readonly forgotten: Set<string>;
  officeActs: number;
  readonly tally: Record<string, number>;
};

export class Broken extends Error {
  readonly invariant: string;
  constructor(invariant: string, what: string) {
    super(`${invariant}: ${what}`);
    this.invariant = invariant;
  }
}
