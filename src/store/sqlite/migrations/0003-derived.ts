import type { Migration } from "./migration.ts";

const DDL = `
CREATE TABLE derived (
  id INTEGER PRIMARY KEY, owner TEXT NOT NULL, rules TEXT NOT NULL, from_ms REAL NOT NULL, to_ms REAL NOT NULL, data BLOB NOT NULL,
  UNIQUE (owner, rules, from_ms, to_ms)
) STRICT;
CREATE TABLE derived_of (
  series INTEGER NOT NULL, until_ms REAL, derived INTEGER NOT NULL REFERENCES derived (id) ON DELETE CASCADE,
  PRIMARY KEY (series, derived)
) STRICT, WITHOUT ROWID;
CREATE INDEX derived_of_id ON derived_of (derived);
`;

/** What was derived of history and is slow to derive again; it goes with the first change of what it was made of. */
export const derivedRows: Migration = {
  number: 3,
  name: "derived rows",
  up(db) {
    db.exec(DDL);
  },
};
