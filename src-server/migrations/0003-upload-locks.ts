import type { Migration } from '../store/migrate.ts';

/**
 * Who is sending an original at this moment, whichever of the server's processes he sends it to. `held_until` is a lease:
 * a process that dies holds nothing for long. `wanted` = 1: the holder's own laptop is back on a new line.
 */
export const uploadLocks: Migration = {
  version: 3,
  name: 'upload-locks',
  statements: [
    `CREATE TABLE upload_locks (
      office_id TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      holder TEXT NOT NULL,
      chain_id TEXT NOT NULL,
      held_until BIGINT NOT NULL,
      wanted BIGINT NOT NULL,
      PRIMARY KEY (office_id, sha256)
    )`,
  ],
};
