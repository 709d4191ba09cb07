import { firstTables } from "./0001-first-tables.ts";
import { filesAndJobs } from "./0002-files-and-jobs.ts";
import { derivedRows } from "./0003-derived.ts";
import { alertTables } from "./0004-alerts.ts";
import { jobLogs } from "./0005-job-logs.ts";
import { pointAbout } from "./0006-point-about.ts";
import type { Migration } from "./migration.ts";

export const MIGRATIONS: readonly Migration[] = [firstTables, filesAndJobs, derivedRows, alertTables, jobLogs, pointAbout];
