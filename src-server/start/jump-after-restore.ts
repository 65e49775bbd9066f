import type { Services } from '../services.ts';
import { chainById, moveHead } from '../store/chains.ts';
import { count, feed } from '../store/counters.ts';
import { allOffices } from '../store/offices.ts';
import { serverChainId } from '../office/server-chain.ts';

/** More than any office writes between two backups. */
const LEAP = 1_000_000;

/**
 * After an older backup was put back: laptops know positions and server changes that this database has forgotten. Feed
 * and server chain go on far behind them, so that nothing is given out twice; the laptops send their own work again by
 * themselves. What only the server wrote since the backup is gone here and has to be done again by people.
 */
export async function jumpAfterRestore({ store, log }: Services): Promise<void> {
  await store.write(async (sql) => {
    for (const office of await allOffices(sql)) {
      await count(sql, office.officeId, feed, LEAP);
      const chain = await chainById(sql, office.officeId, serverChainId(office));
      if (chain) await moveHead(sql, chain, { seq: chain.head.seq + LEAP, id: chain.head.id }, chain.headReceivedAt);
      await sql.run('DELETE FROM sessions WHERE office_id = ?', [office.officeId]);
    }
  });
  log.warn({ leap: LEAP }, 'restored from a backup: feed and server chain leap ahead');
}
