/**
 * How the history database came to be, a script a version: version 1 is the first. A script that was ever released is never
 * changed; what is to be different is one more script.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE documents (
    hash TEXT PRIMARY KEY,
    body BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    started_at TEXT NOT NULL,
    finished_at TEXT NOT NULL,
    vigil_version TEXT NOT NULL,
    reference_date TEXT NOT NULL,
    baseline_run_id TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE run_accounts (
    run_id TEXT NOT NULL REFERENCES runs ON DELETE CASCADE,
    account_id TEXT NOT NULL,
    alias TEXT,
    complete INTEGER NOT NULL,
    PRIMARY KEY (run_id, account_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE snapshots (
    run_id TEXT NOT NULL REFERENCES runs ON DELETE CASCADE,
    account_id TEXT NOT NULL,
    file TEXT NOT NULL,
    document_hash TEXT NOT NULL REFERENCES documents,
    PRIMARY KEY (run_id, account_id, file)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE findings (
    run_id TEXT NOT NULL REFERENCES runs ON DELETE CASCADE,
    key TEXT NOT NULL,
    account_id TEXT NOT NULL,
    state TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    document_hash TEXT NOT NULL REFERENCES documents,
    PRIMARY KEY (run_id, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX findings_by_key ON findings (key);
  CREATE INDEX findings_by_document ON findings (document_hash);
  CREATE INDEX snapshots_by_document ON snapshots (document_hash);

  CREATE TABLE removals (
    run_id TEXT NOT NULL,
    started_at TEXT NOT NULL,
    removed_at TEXT NOT NULL,
    reason TEXT NOT NULL
  ) STRICT;
  `,
  `
  ALTER TABLE runs ADD COLUMN expected TEXT;
  `,
  `
  CREATE TABLE alerts (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    route TEXT NOT NULL,
    queued_at TEXT NOT NULL,
    state TEXT NOT NULL,
    settled_at TEXT,
    body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX alerts_by_route ON alerts (route, state);

  CREATE TABLE alert_routes (
    route TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    failing_since TEXT,
    retry_at TEXT,
    dead_since TEXT,
    is_reported INTEGER NOT NULL,
    problem TEXT,
    last_delivery TEXT,
    holder TEXT,
    held_until TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE told (
    route TEXT NOT NULL,
    key TEXT NOT NULL,
    account_id TEXT NOT NULL,
    stance TEXT NOT NULL,
    as_of TEXT NOT NULL,
    told_at TEXT NOT NULL,
    PRIMARY KEY (route, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX told_by_account ON told (account_id);
  `,
  `
  CREATE TABLE nights (
    id TEXT PRIMARY KEY,
    group_name TEXT NOT NULL,
    started_at TEXT NOT NULL,
    deadline TEXT NOT NULL,
    unread TEXT NOT NULL,
    finished_at TEXT,
    expected TEXT,
    problem TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX nights_by_group ON nights (group_name, started_at);

  CREATE TABLE night_accounts (
    night_id TEXT NOT NULL REFERENCES nights ON DELETE CASCADE,
    key TEXT NOT NULL,
    plan TEXT NOT NULL,
    state TEXT NOT NULL,
    account_id TEXT,
    run_id TEXT,
    reason TEXT,
    summary BLOB,
    PRIMARY KEY (night_id, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX run_accounts_by_account ON run_accounts (account_id, run_id);
  `,
  `
  CREATE TABLE run_states (
    run_id TEXT NOT NULL REFERENCES runs ON DELETE CASCADE,
    state TEXT NOT NULL,
    findings INTEGER NOT NULL,
    PRIMARY KEY (run_id, state)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO run_states SELECT run_id, state, count(*) FROM findings GROUP BY run_id, state;
  `,
];

/** The tables that the scripts make, each after those that it refers to. */
export const TABLES: readonly string[] = MIGRATIONS.flatMap((script) =>
  [...script.matchAll(/CREATE TABLE (\w+)/g)].flatMap(([, name]) => name ?? []),
);
