import Database from 'libsql';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Engine } from '../store/sql.ts';
import { UnusableData } from './unusable-data.ts';

/** A data folder that nobody uses in another way until `release`. */
export type DataDir = { readonly path: string; readonly databaseFile: string; readonly evidenceDir: string; release(): void };

/**
 * Opens the folder and locks it. Its records lie either in it (SQLite) and it belongs to one server, or in PostgreSQL and
 * several may use it. The lock is one of the operating system, held on `server.lock` through SQLite: it ends with the
 * process, however that ends, so that no lock is ever stale and none has to be broken.
 * Throws UnusableData when another process uses it in a way that excludes this one, or when its records lie elsewhere.
 */
export function openDataDir(folder: string, engine: Engine): DataDir {
  const absolute = path.resolve(folder);
  mkdirSync(absolute, { recursive: true, mode: 0o700 });
  const lock = lockedFolder(absolute, engine);
  const databaseFile = path.join(absolute, 'office.db');
  try {
    markEngine(absolute, engine, databaseFile);
  } catch (error) {
    lock.close();
    throw error;
  }
  return {
    path: absolute,
    databaseFile,
    evidenceDir: path.join(absolute, 'evidence'),
    release() {
      lock.exec('ROLLBACK');
      lock.close();
    },
  };
}

function lockedFolder(absolute: string, engine: Engine): Database.Database {
  const lock = new Database(path.join(absolute, 'server.lock'), { timeout: 0 });
  try {
    lock.exec(engine === 'sqlite' ? 'BEGIN EXCLUSIVE' : 'BEGIN');
    // Reading takes the lock that many may share, and keeps it until the transaction's end.
    if (engine === 'postgres') lock.prepare('SELECT COUNT(*) FROM sqlite_master').all();
    return lock;
  } catch {
    lock.close();
    throw new UnusableData(`${absolute} is open in another server`);
  }
}

/** Somebody who forgets to name the database would else begin a second, empty office beside the real one. */
function markEngine(absolute: string, engine: Engine, databaseFile: string): void {
  const marker = path.join(absolute, 'engine');
  const marked = existsSync(marker) ? readFileSync(marker, 'utf8').trim() : existsSync(databaseFile) ? 'sqlite' : null;
  if (marked === null && engine === 'postgres') writeFileSync(marker, `${engine}\n`);
  if (marked === null || marked === engine) return;
  throw new UnusableData(
    engine === 'sqlite' ? `${absolute}: the records of this folder are in PostgreSQL, name the database (DATABASE_URL or --database)` : `${absolute} holds the records of an office in SQLite: use another folder with this database`,
  );
}
