import type { Migration } from '../store/migrate.ts';

/** Which fold made a record's state: one of another program version is made anew from the changes when it is next read. */
export const foldMark: Migration = {
  version: 2,
  name: 'fold-mark',
  statements: ['ALTER TABLE records ADD COLUMN fold TEXT'],
};
