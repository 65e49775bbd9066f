import type { Migration } from '../store/migrate.ts';

/**
 * judged_by: by which rules a change was refused as `newer-version`; null for every other change. What was refused by other
 * rules than the running program's is judged again at its start. '' = by a program that did not note it.
 */
export const judgedAgain: Migration = {
  version: 4,
  name: 'judged-again',
  statements: [
    'ALTER TABLE changes ADD COLUMN judged_by TEXT',
    `UPDATE changes SET judged_by = '' WHERE refused LIKE '{"code":"newer-version"%'`,
    'CREATE INDEX changes_waiting ON changes (office_id, judged_by) WHERE judged_by IS NOT NULL',
    'CREATE INDEX changes_refused ON changes (chain_id, seq) WHERE refused IS NOT NULL',
  ],
};
