import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { onDatabase } from './postgres-cluster.ts';

/** The database that tests copy: at the newest shape, without an office. */
export const TEMPLATE = 'xuncha_template';

/** Emptied databases of this test file. Making and dropping one costs a checkpoint of the whole cluster, emptying one nothing. */
const emptied: string[] = [];

/** An address of a database at the newest shape without an office, for one test. */
export async function officeDatabase(cluster: string): Promise<string> {
  const address = emptied.pop() ?? (await copiedDatabase(cluster, TEMPLATE));
  onTestFinished(async () => {
    await empty(address);
    emptied.push(address);
  });
  return address;
}

/** A copy of another database, that nobody may be using. It goes with the cluster. */
export async function copiedDatabase(cluster: string, of: string): Promise<string> {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await onDatabase(cluster, `CREATE DATABASE ${name} TEMPLATE ${of} STRATEGY WAL_LOG`);
  const address = new URL(cluster);
  address.pathname = `/${name}`;
  return address.href;
}

export function databaseIn(address: string): string {
  return new URL(address).pathname.slice(1);
}

const others = 'FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';

/** Killed servers may have left somebody in the middle of a transaction: nobody is in it any more when the rows go. */
async function empty(address: string): Promise<void> {
  for (;;) {
    const [left] = await onDatabase(address, `SELECT pg_terminate_backend(pid) ${others}`, `SELECT COUNT(*) AS n ${others}`);
    if (Number(left?.['n']) === 0) break;
  }
  await onDatabase(
    address,
    `DO $$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations' LOOP EXECUTE format('DELETE FROM %I', t); END LOOP; END $$`,
    "DELETE FROM migrations WHERE name = 'of the future'",
  );
}
