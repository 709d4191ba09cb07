import type { Migration } from "./migration.ts";

const DDL = `
ALTER TABLE import ADD COLUMN mtime_ms INTEGER;
ALTER TABLE import ADD COLUMN ended_ms INTEGER;
ALTER TABLE import ADD COLUMN rows INTEGER;
ALTER TABLE import ADD COLUMN from_ms INTEGER;
ALTER TABLE import ADD COLUMN to_ms INTEGER;
ALTER TABLE import ADD COLUMN report TEXT;
CREATE INDEX import_of ON import (source, what, id);

CREATE TABLE job_run (
  id INTEGER PRIMARY KEY AUTOINCREMENT, job TEXT NOT NULL, why TEXT NOT NULL, due_ms INTEGER NOT NULL, started_ms INTEGER NOT NULL,
  ended_ms INTEGER, result TEXT NOT NULL, sentence TEXT NOT NULL, counts TEXT NOT NULL
) STRICT;
CREATE INDEX job_run_of ON job_run (job, id);
`;

/** What the drop folder remembers of files, and the history of scheduled work. */
export const filesAndJobs: Migration = {
  number: 2,
  name: "files and jobs",
  up(db) {
    db.exec(DDL);
  },
};
