import { expect, test } from 'vitest';
import { verifyPackage } from '../../../src-shared/package/codec.ts';
import { asRead, packageOf, parts } from './kit.ts';

/** XUNCHA_MUTANTS=50000 tries more. */
const count = Number(process.env['XUNCHA_MUTANTS'] ?? 2000);

test(`of ${count} packages that were cut, doubled, moved or altered somewhere, none is accepted`, async () => {
  const whole = Buffer.from(packageOf());
  const below = numbers(1);
  const accepted: string[] = [];
  let tried = 0;
  while (tried < count) {
    const [from, length, to] = [below(whole.length), 1 + below(60), below(whole.length)];
    const piece = whole.subarray(from, from + length);
    const how = (['drop', 'double', 'move', 'overwrite', 'noise'] as const)[below(5)] ?? 'drop';
    const mutant = {
      drop: () => Buffer.concat([whole.subarray(0, from), whole.subarray(from + length)]),
      double: () => Buffer.concat([whole.subarray(0, to), piece, whole.subarray(to)]),
      move: () => Buffer.concat([whole.subarray(from + length), piece, whole.subarray(0, from)]),
      overwrite: () => Buffer.concat([whole.subarray(0, to), piece, whole.subarray(to + piece.length)]),
      noise: () => Buffer.concat([whole.subarray(0, from), Buffer.from(piece.map(() => below(256))), whole.subarray(from + length)]),
    }[how]();
    if (mutant.equals(whole)) continue;
    tried += 1;
    if ((await verifyPackage(asRead(mutant), parts)).ok) accepted.push(`${how} ${from} ${length} ${to}`);
  }
  expect(accepted).toEqual([]);
}, 120_000);

/** The same numbers at every run. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
