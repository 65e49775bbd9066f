import { seeded, type Random } from '../unit/journal/forgetful-disk.ts';

/** One stream of chance. Parts that draw from streams of their own do not shift each other's when one of them changes. */
export type Dice = {
  readonly next: Random;
  below(limit: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** One of several by their weights. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
  bytes(length: number): Buffer;
  /** A UUIDv7 without a clock. */
  uuid(): string;
};

export function dice(seed: number, stream: string): Dice {
  let mixed = seed >>> 0;
  for (const letter of stream) mixed = (Math.imul(mixed ^ letter.charCodeAt(0), 0x01000193) + 0x9e3779b9) >>> 0;
  const next = seeded(mixed);
  const bytes = (length: number): Buffer => Buffer.from(Array.from({ length }, () => Math.floor(next() * 256)));
  return {
    next,
    bytes,
    below: (limit) => Math.floor(next() * limit),
    chance: (share) => share > 0 && next() < share,
    pick: (list) => list[Math.floor(next() * list.length)] as (typeof list)[number],
    weighted(weights) {
      const entries = Object.entries(weights) as [keyof typeof weights & string, number][];
      let rest = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) if ((rest -= weight) < 0) return name;
      return (entries.at(-1) as (typeof entries)[number])[0];
    },
    uuid() {
      const hex = bytes(16).toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
}
