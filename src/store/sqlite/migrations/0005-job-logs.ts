import type { Migration } from "./migration.ts";

/** What a run of scheduled work wrote down. */
export const jobLogs: Migration = {
  number: 5,
  name: "logs of jobs",
  up(db) {
    db.exec("ALTER TABLE job_run ADD COLUMN log TEXT");
  },
};
