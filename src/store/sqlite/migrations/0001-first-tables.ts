import { HISTORY_DDL } from "#store/sqlite/history/schema.ts";
import type { Migration } from "./migration.ts";

const DDL = `
CREATE TABLE site (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, zone TEXT NOT NULL, currency TEXT NOT NULL,
  declared_file TEXT, declared_line INTEGER
) STRICT;
CREATE TABLE point (
  site TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, declared_file TEXT, declared_line INTEGER,
  PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE series (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, site TEXT NOT NULL, point TEXT NOT NULL, quantity TEXT NOT NULL,
  source TEXT NOT NULL, kind TEXT NOT NULL, unit TEXT NOT NULL, interval_ms INTEGER,
  equal_instant TEXT NOT NULL CHECK (equal_instant IN ('first', 'last')), demo INTEGER NOT NULL CHECK (demo IN (0, 1))
) STRICT;
CREATE TABLE series_code (
  series_id INTEGER NOT NULL REFERENCES series (id), code INTEGER NOT NULL CHECK (code > 0), text TEXT NOT NULL,
  PRIMARY KEY (series_id, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE device (
  source TEXT NOT NULL, id TEXT NOT NULL, serial TEXT, first_seen_ms INTEGER NOT NULL,
  PRIMARY KEY (source, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE assignment (
  source TEXT NOT NULL, device TEXT NOT NULL, site TEXT NOT NULL, point TEXT NOT NULL, from_ms INTEGER NOT NULL,
  PRIMARY KEY (source, device, site, point, from_ms)
) STRICT, WITHOUT ROWID;
CREATE TABLE fact (
  id INTEGER PRIMARY KEY AUTOINCREMENT, site TEXT NOT NULL, point TEXT NOT NULL, name TEXT NOT NULL, value ANY NOT NULL,
  from_ms INTEGER NOT NULL, who TEXT NOT NULL, made_ms INTEGER NOT NULL, undone_ms INTEGER
) STRICT;
CREATE INDEX fact_of ON fact (site, point, name, from_ms);

CREATE TABLE ledger (
  source TEXT PRIMARY KEY,
  messages INTEGER NOT NULL DEFAULT 0, with_items INTEGER NOT NULL DEFAULT 0,
  items INTEGER NOT NULL DEFAULT 0, stored INTEGER NOT NULL DEFAULT 0, replaced INTEGER NOT NULL DEFAULT 0,
  duplicate INTEGER NOT NULL DEFAULT 0, refused INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0,
  spooled INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE ledger_without (
  source TEXT NOT NULL, reason TEXT NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (source, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE reject (
  id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, topic TEXT NOT NULL, code TEXT NOT NULL, sentence TEXT NOT NULL,
  body BLOB NOT NULL, body_bytes INTEGER NOT NULL, received_ms INTEGER NOT NULL, decoder TEXT NOT NULL,
  fingerprint BLOB NOT NULL, bytes INTEGER NOT NULL, count INTEGER NOT NULL, last_ms INTEGER NOT NULL, redriven_ms INTEGER
) STRICT;
CREATE INDEX reject_open ON reject (fingerprint) WHERE redriven_ms IS NULL;
CREATE INDEX reject_of ON reject (source, id);
CREATE TABLE reject_folded (
  source TEXT NOT NULL, code TEXT NOT NULL, dropped_rows INTEGER NOT NULL, count INTEGER NOT NULL, last_ms INTEGER NOT NULL,
  PRIMARY KEY (source, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE inbox (
  session TEXT NOT NULL, seq INTEGER NOT NULL, count INTEGER NOT NULL, packed TEXT NOT NULL,
  PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE memory (source TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE raw_recent (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, topic TEXT NOT NULL, body BLOB NOT NULL,
  received_ms INTEGER NOT NULL, qos INTEGER NOT NULL, retained INTEGER NOT NULL
) STRICT;
CREATE INDEX raw_recent_of ON raw_recent (source, seq);
CREATE TABLE raw_pack (
  first_seq INTEGER PRIMARY KEY, source TEXT NOT NULL, last_seq INTEGER NOT NULL, n INTEGER NOT NULL,
  first_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL, data BLOB NOT NULL
) STRICT;
CREATE INDEX raw_pack_of ON raw_pack (source, last_seq);

CREATE TABLE import (
  id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, what TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL,
  started_ms INTEGER NOT NULL, status TEXT NOT NULL, stored INTEGER NOT NULL, replaced INTEGER NOT NULL,
  duplicate INTEGER NOT NULL, refused INTEGER NOT NULL
) STRICT;
CREATE TABLE token (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE, publish_prefix TEXT,
  created_ms INTEGER NOT NULL, expires_ms INTEGER, revoked_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

export const firstTables: Migration = {
  number: 1,
  name: "first tables",
  up(db) {
    db.exec(DDL);
    db.exec(HISTORY_DDL);
  },
};
