import type { Migration } from '../store/migrate.ts';

/**
 * Portable on purpose: TEXT ids and bodies, BIGINT times in milliseconds since 1970, no engine's own types. One row of
 * `counters` is locked to the commit of whoever counts: a feed position is never visible before a lower one.
 */
export const first: Migration = {
  version: 1,
  name: 'first',
  statements: [
    `CREATE TABLE offices (
      office_id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      demo BIGINT NOT NULL,
      server_device_id TEXT NOT NULL,
      created_at BIGINT NOT NULL
    )`,
    `CREATE TABLE counters (
      office_id TEXT NOT NULL,
      name TEXT NOT NULL,
      value BIGINT NOT NULL,
      PRIMARY KEY (office_id, name)
    )`,
    `CREATE TABLE chains (
      chain_id TEXT PRIMARY KEY,
      office_id TEXT NOT NULL,
      device_id TEXT NOT NULL,
      officer_id TEXT NOT NULL,
      chain_code TEXT NOT NULL,
      device_name TEXT NOT NULL,
      public_key TEXT NOT NULL,
      enrolled_at BIGINT NOT NULL,
      last_contact_at BIGINT,
      revoked_at BIGINT,
      revoked_reason TEXT,
      seq BIGINT NOT NULL,
      head_id TEXT NOT NULL,
      head_received_at BIGINT NOT NULL,
      UNIQUE (office_id, chain_code)
    )`,
    // cursor: position in the office's feed; null while refused. refused: the problem as JSON; null when published.
    `CREATE TABLE changes (
      chain_id TEXT NOT NULL,
      seq BIGINT NOT NULL,
      id TEXT NOT NULL,
      office_id TEXT NOT NULL,
      device_id TEXT NOT NULL,
      officer_id TEXT NOT NULL,
      record_type TEXT NOT NULL,
      record_id TEXT NOT NULL,
      kind TEXT NOT NULL,
      wall TEXT NOT NULL,
      mono BIGINT NOT NULL,
      boot_id TEXT NOT NULL,
      salt TEXT NOT NULL,
      patch TEXT NOT NULL,
      received_at BIGINT NOT NULL,
      cursor BIGINT,
      refused TEXT,
      PRIMARY KEY (chain_id, seq),
      UNIQUE (office_id, cursor)
    )`,
    'CREATE INDEX changes_of_record ON changes (office_id, record_id, cursor)',
    // A change is proven by the first signature at or after it.
    `CREATE TABLE signatures (
      chain_id TEXT NOT NULL,
      seq BIGINT NOT NULL,
      signature TEXT NOT NULL,
      PRIMARY KEY (chain_id, seq)
    )`,
    // The second of two changes with one place, and every later push of it: kept for investigation, never published.
    `CREATE TABLE forks (
      chain_id TEXT NOT NULL,
      seq BIGINT NOT NULL,
      id TEXT NOT NULL,
      office_id TEXT NOT NULL,
      body TEXT NOT NULL,
      signature TEXT NOT NULL,
      received_at BIGINT NOT NULL,
      PRIMARY KEY (chain_id, seq, id)
    )`,
    // state: the fold of the published changes, for the types the server decides by; null for the others.
    `CREATE TABLE records (
      office_id TEXT NOT NULL,
      record_id TEXT NOT NULL,
      record_type TEXT NOT NULL,
      parent_id TEXT,
      state TEXT,
      PRIMARY KEY (office_id, record_id)
    )`,
    'CREATE INDEX records_by_type ON records (office_id, record_type, parent_id)',
    // purpose: first-account (makes an office), person.
    `CREATE TABLE enrolment_codes (
      code_hash TEXT PRIMARY KEY,
      purpose TEXT NOT NULL,
      office_id TEXT,
      officer_id TEXT,
      created_at BIGINT NOT NULL,
      expires_at BIGINT,
      used_at BIGINT,
      used_by TEXT
    )`,
    `CREATE TABLE sessions (
      token_hash TEXT PRIMARY KEY,
      chain_id TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL
    )`,
    'CREATE INDEX sessions_of_chain ON sessions (chain_id)',
    `CREATE TABLE evidence (
      office_id TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      media_type TEXT NOT NULL,
      byte_length BIGINT NOT NULL,
      received_bytes BIGINT NOT NULL,
      chain_id TEXT NOT NULL,
      started_at BIGINT NOT NULL,
      completed_at BIGINT,
      PRIMARY KEY (office_id, sha256)
    )`,
    `CREATE TABLE official_numbers (
      office_id TEXT NOT NULL,
      prefix TEXT NOT NULL,
      year BIGINT NOT NULL,
      n BIGINT NOT NULL,
      text TEXT NOT NULL,
      opinion_id TEXT NOT NULL,
      given_by TEXT NOT NULL,
      given_at BIGINT NOT NULL,
      PRIMARY KEY (office_id, prefix, year, n),
      UNIQUE (office_id, text),
      UNIQUE (office_id, opinion_id)
    )`,
    // Who asked the server for what, and how it ended: for the audit administrator.
    `CREATE TABLE office_acts (
      act_id TEXT PRIMARY KEY,
      office_id TEXT NOT NULL,
      chain_id TEXT NOT NULL,
      officer_id TEXT NOT NULL,
      name TEXT NOT NULL,
      outcome TEXT NOT NULL,
      at BIGINT NOT NULL
    )`,
  ],
};
