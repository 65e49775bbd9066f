import { first } from '../migrations/0001-first.ts';
import { foldMark } from '../migrations/0002-fold-mark.ts';
import { uploadLocks } from '../migrations/0003-upload-locks.ts';
import { judgedAgain } from '../migrations/0004-judged-again.ts';
import { officesApart } from '../migrations/0005-offices-apart.ts';
import { UnusableData } from '../start/unusable-data.ts';
import { firstRow, numberOf, type Desk, type Engine } from './sql.ts';

/** One step from one shape of the database to the next. Forward only; never edited once released. */
export type Migration = { readonly version: number; readonly name: string; readonly statements: Statements | Readonly<Record<Engine, Statements>> };
type Statements = readonly string[];

export const migrations: readonly Migration[] = [first, foldMark, uploadLocks, judgedAgain, officesApart];

/**
 * Brings the database to the newest shape, each step in a transaction of its own with its record.
 * To be called by one process at a time (`Store.alone`). Throws UnusableData for one that a newer program has already changed.
 */
export async function migrate(store: Desk, now: () => number, steps: readonly Migration[] = migrations): Promise<void> {
  await store.write((sql) => sql.run('CREATE TABLE IF NOT EXISTS migrations (version BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)'));
  const row = await firstRow(store.sql, 'SELECT COALESCE(MAX(version), 0) AS version FROM migrations');
  const reached = row ? numberOf(row, 'version') : 0;
  const newest = steps.at(-1)?.version ?? 0;
  if (reached > newest) throw new UnusableData(`the database has shape ${reached}, this program knows ${newest}: start the newer program`);
  for (const step of steps.filter(({ version }) => version > reached)) {
    await store.write(async (sql) => {
      for (const statement of 'sqlite' in step.statements ? step.statements[store.engine] : step.statements) await sql.run(statement);
      await sql.run('INSERT INTO migrations (version, name, applied_at) VALUES (?, ?, ?)', [step.version, step.name, now()]);
    });
  }
}
