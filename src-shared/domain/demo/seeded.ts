/** Numbers that look random and are the same on every machine and at every call: demo data is reproducible. */
export type Seeded = {
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** True `percent` times in a hundred. */
  chance(percent: number): boolean;
  /** One of the values, by weight. */
  pick<T>(weighted: readonly (readonly [value: T, weight: number])[]): T;
};

/** mulberry32, on 32-bit integers only. Not for secrets and not for draws that must be fair. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const integer = (min: number, max: number): number => min + (next() % (max - min + 1));
  return {
    integer,
    chance: (percent) => integer(1, 100) <= percent,
    pick: (weighted) => {
      let left = integer(1, weighted.reduce((sum, [, weight]) => sum + weight, 0));
      for (const [value, weight] of weighted) {
        left -= weight;
        if (left <= 0) return value;
      }
      throw new Error('nothing to pick from');
    },
  };
}
