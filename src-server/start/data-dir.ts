import Database from 'libsql';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { UnusableData } from './unusable-data.ts';

/** A data folder that is ours alone until `release`. */
export type DataDir = { readonly path: string; readonly databaseFile: string; readonly evidenceDir: string; release(): void };

/**
 * Opens the folder and locks it against a second server. The lock is one of the operating system, held on `server.lock`
 * through SQLite: it ends with the process, however that ends, so that no lock is ever stale and none has to be broken.
 * Throws UnusableData when another process has it.
 */
export function openDataDir(folder: string): DataDir {
  const absolute = path.resolve(folder);
  mkdirSync(absolute, { recursive: true, mode: 0o700 });
  const lock = new Database(path.join(absolute, 'server.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new UnusableData(`${absolute} is open in another server`);
  }
  return {
    path: absolute,
    databaseFile: path.join(absolute, 'office.db'),
    evidenceDir: path.join(absolute, 'evidence'),
    release() {
      lock.exec('ROLLBACK');
      lock.close();
    },
  };
}
