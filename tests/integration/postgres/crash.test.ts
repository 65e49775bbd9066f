import { expect, test } from 'vitest';
import { listenTo } from '../../helpers/hint-stream.ts';
import { lostChanges } from '../../helpers/lost-changes.ts';
import { postgresCluster } from '../../helpers/postgres-cluster.ts';
import { openTestServer, tempDir, useDatabase } from '../../helpers/server.ts';
import { demoLaptop, newChange, newId, problemIn, type TestLaptop } from '../../helpers/test-laptop.ts';

/** Writes and pushes until `isOver`; what the server could not take stays in the laptop's journal. */
async function pushOn(laptop: TestLaptop, isOver: () => boolean, onRefused: (said: string) => void): Promise<void> {
  for (let n = 0; !isOver(); n += 1) {
    laptop.write(...Array.from({ length: 1 + (n % 20) }, (_, i) => newChange('roomCheck', newId(), { remarks: `房间${n}-${i}` })));
    await laptop.sync().catch((error: unknown) => onRefused(String(error)));
  }
}

test('the database dies five times in the middle of pushes: nothing with a receipt is lost, and the server goes on by itself', async () => {
  const cluster = await postgresCluster();
  try {
    const dataDir = tempDir();
    useDatabase(dataDir, cluster.url);
    const server = await openTestServer({ dataDir, demo: true });
    const laptops = await Promise.all((['inspector', 'secondInspector', 'sectionHead'] as const).map((who) => demoLaptop(server.url, who)));
    const said = new Set<string>();
    for (let round = 1; round <= 5; round += 1) {
      const before = laptops.reduce((sum, laptop) => sum + laptop.receipted(), 0);
      let over = false;
      const pushing = Promise.all(laptops.map((laptop) => pushOn(laptop, () => over, (each) => said.add(each))));
      await expect.poll(() => laptops.reduce((sum, laptop) => sum + laptop.receipted(), 0), { timeout: 20_000 }).toBeGreaterThan(before + 20 * round);
      await cluster.crash();
      expect(problemIn(await (laptops[0] as TestLaptop).exchange({}))).toEqual({ code: 'server-error', detail: { reason: 'database' } });
      over = true;
      await pushing;
      await cluster.start();
      await expect.poll(async () => (await fetch(`${server.url}/v1/health`)).status, { timeout: 20_000 }).toBe(200);
      expect(await lostChanges(laptops, server.url)).toEqual([]);
    }
    for (const laptop of laptops) await laptop.sync();
    expect(laptops.map((laptop) => laptop.receipted())).toEqual(laptops.map(({ journal }) => journal.length));
    expect([...said].filter((each) => !each.includes('"reason":"database"')), 'nobody is told anything else').toEqual([]);
    // The wire has been made anew too: word of another process would be heard.
    const stream = await listenTo(laptops[0] as TestLaptop);
    expect(await stream.cursor()).toBeGreaterThan(0);
  } finally {
    await cluster.remove();
  }
}, 120_000);
