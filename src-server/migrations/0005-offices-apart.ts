import type { Migration } from '../store/migrate.ts';

/**
 * The office comes first in every key, so that a distributed database can be cut by office and no frequent question asks
 * more than one; and what a process kept in its memory moves to where all processes see it. Sessions begin anew: a token
 * now names its office.
 */
export const officesApart: Migration = {
  version: 5,
  name: 'offices-apart',
  statements: {
    // SQLite can not change a primary key: the rows move to a table of the new shape.
    sqlite: [...movedTables(), ...newTables()],
    postgres: [
      ...rekeyed('chains', 'office_id, chain_id'),
      'CREATE INDEX chains_by_id ON chains (chain_id)',
      ...rekeyed('changes', 'office_id, chain_id, seq'),
      'DROP INDEX changes_refused',
      'CREATE INDEX changes_refused ON changes (office_id, chain_id, seq) WHERE refused IS NOT NULL',
      'ALTER TABLE signatures ADD COLUMN office_id TEXT',
      'UPDATE signatures SET office_id = chains.office_id FROM chains WHERE chains.chain_id = signatures.chain_id',
      'ALTER TABLE signatures ALTER COLUMN office_id SET NOT NULL',
      ...rekeyed('signatures', 'office_id, chain_id, seq'),
      ...rekeyed('forks', 'office_id, chain_id, seq, id'),
      ...rekeyed('office_acts', 'office_id, act_id'),
      'DROP TABLE sessions',
      ...newTables(),
    ],
  },
};

function rekeyed(table: string, key: string): readonly string[] {
  return [`ALTER TABLE ${table} DROP CONSTRAINT ${table}_pkey`, `ALTER TABLE ${table} ADD PRIMARY KEY (${key})`];
}

function newTables(): readonly string[] {
  return [
    `CREATE TABLE sessions (
      office_id TEXT NOT NULL,
      token_hash TEXT NOT NULL,
      chain_id TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      PRIMARY KEY (office_id, token_hash)
    )`,
    // Challenges that opened a session, until nobody would take them any more.
    `CREATE TABLE spent_challenges (
      office_id TEXT NOT NULL,
      mark TEXT NOT NULL,
      expires_at BIGINT NOT NULL,
      PRIMARY KEY (office_id, mark)
    )`,
    // Wrong enrolment codes of the last minutes: whoever guesses has no office yet.
    `CREATE TABLE enrolment_guesses (
      guess_id TEXT PRIMARY KEY,
      address TEXT NOT NULL,
      at BIGINT NOT NULL
    )`,
    'CREATE INDEX enrolment_guesses_by_time ON enrolment_guesses (at)',
    // One row: the key with which every process writes the servers' own chains.
    `CREATE TABLE server_identity (
      one BIGINT PRIMARY KEY,
      public_key TEXT NOT NULL
    )`,
  ];
}

function movedTables(): readonly string[] {
  const chains = 'chain_id, office_id, device_id, officer_id, chain_code, device_name, public_key, enrolled_at, last_contact_at, revoked_at, revoked_reason, seq, head_id, head_received_at';
  const changes = 'chain_id, seq, id, office_id, device_id, officer_id, record_type, record_id, kind, wall, mono, boot_id, salt, patch, received_at, cursor, refused, judged_by';
  const forks = 'chain_id, seq, id, office_id, body, signature, received_at';
  const acts = 'act_id, office_id, chain_id, officer_id, name, outcome, at';
  return [
    `CREATE TABLE chains_5 (
      chain_id TEXT NOT NULL, office_id TEXT NOT NULL, device_id TEXT NOT NULL, officer_id TEXT NOT NULL, chain_code TEXT NOT NULL, device_name TEXT NOT NULL,
      public_key TEXT NOT NULL, enrolled_at BIGINT NOT NULL, last_contact_at BIGINT, revoked_at BIGINT, revoked_reason TEXT,
      seq BIGINT NOT NULL, head_id TEXT NOT NULL, head_received_at BIGINT NOT NULL,
      PRIMARY KEY (office_id, chain_id), UNIQUE (office_id, chain_code)
    )`,
    ...moved('chains', chains),
    'CREATE INDEX chains_by_id ON chains (chain_id)',
    `CREATE TABLE signatures_5 (chain_id TEXT NOT NULL, seq BIGINT NOT NULL, signature TEXT NOT NULL, office_id TEXT NOT NULL, PRIMARY KEY (office_id, chain_id, seq))`,
    'INSERT INTO signatures_5 (chain_id, seq, signature, office_id) SELECT s.chain_id, s.seq, s.signature, c.office_id FROM signatures s JOIN chains c ON c.chain_id = s.chain_id',
    'DROP TABLE signatures',
    'ALTER TABLE signatures_5 RENAME TO signatures',
    `CREATE TABLE changes_5 (
      chain_id TEXT NOT NULL, seq BIGINT NOT NULL, id TEXT NOT NULL, office_id TEXT NOT NULL, device_id TEXT NOT NULL, officer_id TEXT NOT NULL,
      record_type TEXT NOT NULL, record_id TEXT NOT NULL, kind TEXT NOT NULL, wall TEXT NOT NULL, mono BIGINT NOT NULL, boot_id TEXT NOT NULL,
      salt TEXT NOT NULL, patch TEXT NOT NULL, received_at BIGINT NOT NULL, cursor BIGINT, refused TEXT, judged_by TEXT,
      PRIMARY KEY (office_id, chain_id, seq), UNIQUE (office_id, cursor)
    )`,
    ...moved('changes', changes),
    'CREATE INDEX changes_of_record ON changes (office_id, record_id, cursor)',
    'CREATE INDEX changes_waiting ON changes (office_id, judged_by) WHERE judged_by IS NOT NULL',
    'CREATE INDEX changes_refused ON changes (office_id, chain_id, seq) WHERE refused IS NOT NULL',
    `CREATE TABLE forks_5 (
      chain_id TEXT NOT NULL, seq BIGINT NOT NULL, id TEXT NOT NULL, office_id TEXT NOT NULL, body TEXT NOT NULL, signature TEXT NOT NULL, received_at BIGINT NOT NULL,
      PRIMARY KEY (office_id, chain_id, seq, id)
    )`,
    ...moved('forks', forks),
    `CREATE TABLE office_acts_5 (
      act_id TEXT NOT NULL, office_id TEXT NOT NULL, chain_id TEXT NOT NULL, officer_id TEXT NOT NULL, name TEXT NOT NULL, outcome TEXT NOT NULL, at BIGINT NOT NULL,
      PRIMARY KEY (office_id, act_id)
    )`,
    ...moved('office_acts', acts),
    'DROP TABLE sessions',
  ];
}

function moved(table: string, columns: string): readonly string[] {
  return [`INSERT INTO ${table}_5 (${columns}) SELECT ${columns} FROM ${table}`, `DROP TABLE ${table}`, `ALTER TABLE ${table}_5 RENAME TO ${table}`];
}
