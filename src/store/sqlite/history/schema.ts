/**
 * Tables of the history. What is inside the packed columns is described in docs/formats/history.md.
 * Samples of a late row and of a revision are packed (value, quality, code): SQLite would turn NaN into NULL and -0 into 0.
 */
export const HISTORY_DDL = `
CREATE TABLE log (seq INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;

CREATE TABLE block (
  id INTEGER PRIMARY KEY,
  series INTEGER NOT NULL, log_seq INTEGER NOT NULL, t0 INTEGER NOT NULL, t1 INTEGER NOT NULL, n INTEGER NOT NULL,
  min REAL, max REAL, sum REAL, first REAL, last REAL,
  checksum INTEGER NOT NULL, data BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX block_time ON block (series, t0, t1, n, log_seq);

CREATE TABLE rollup (
  series INTEGER NOT NULL, level INTEGER NOT NULL, chunk INTEGER NOT NULL, checksum INTEGER NOT NULL, data BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX rollup_chunk ON rollup (series, level, chunk);

CREATE TABLE late (
  series INTEGER NOT NULL, t INTEGER NOT NULL, fresh INTEGER NOT NULL CHECK (fresh IN (0, 1)), sample BLOB NOT NULL,
  PRIMARY KEY (series, t)
) STRICT, WITHOUT ROWID;

CREATE TABLE revision (
  id INTEGER PRIMARY KEY,
  series INTEGER NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('replaced', 'refused', 'late', 'arrived')),
  t0 INTEGER NOT NULL, t1 INTEGER NOT NULL, received REAL NOT NULL, sample BLOB
) STRICT;
CREATE INDEX revision_time ON revision (series, t0);

CREATE TABLE correction (
  id INTEGER PRIMARY KEY,
  series INTEGER NOT NULL, t0 INTEGER NOT NULL, t1 INTEGER NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('set', 'delete', 'add', 'offset')), value REAL,
  who TEXT NOT NULL, why TEXT NOT NULL, made REAL NOT NULL, undone_by TEXT, undone REAL
) STRICT;
CREATE INDEX correction_series ON correction (series);
`;
