import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { plantedBugs } from '../../scripts/planted-bugs.mjs';
import { playSeeds } from '../../scripts/simulate.mjs';
import { simulationBundle } from '../../scripts/simulation-bundle.mjs';

describe('the simulation', () => {
  test('plays a seed the same way alone and after others', async () => {
    const bundle = await simulationBundle('product-in-test');
    const stories = async (from: number, seeds: number): Promise<Record<string, string>> => {
      const told: Record<string, string> = {};
      await playSeeds({ bundle, from, seeds, workers: 1, onPlayed: ({ seed, story }) => { told[seed] = story; } });
      return told;
    };
    const inARow = await stories(11, 3);
    expect({ ...(await stories(13, 1)), ...(await stories(12, 1)) }).toEqual({ 12: inARow[12], 13: inARow[13] });
  });

  test('can plant every bug of its list in the sources as they are', async () => {
    const stands: Record<string, number> = {};
    for (const { file, find } of plantedBugs.flatMap(({ patches }) => patches ?? [])) {
      stands[`${file}: ${find}`] = readFileSync(path.resolve(import.meta.dirname, '../..', file), 'utf8').split(find).length - 1;
    }
    expect(Object.entries(stands).filter(([, times]) => times !== 1)).toEqual([]);
  });

  test('finds a wrong implementation', async () => {
    const bug = plantedBugs.find(({ number }) => number === 14);
    const bundle = await simulationBundle('planted-in-test', bug?.patches ?? []);
    const { failed } = await playSeeds({ bundle, from: 1, seeds: 20, workers: 1, untilFailure: true });
    expect(failed[0]?.broken).toMatch(/^I[49]: /);
  });
});
