import { join } from "node:path";
import type { BackupDesk } from "#api/deps.ts";
import type { BackupsConfig } from "#config/backups.ts";
import type { Config } from "#config/config.ts";
import type { Logger } from "#intake/source.ts";
import type { Job } from "#jobs/job.ts";
import { type Backups, openBackups } from "#outlets/backup/backups.ts";
import type { BackupSettings, DestinationSettings } from "#outlets/backup/settings.ts";
import type { Store } from "#store/store.ts";

export interface BackingUpParts {
  readonly config: Config;
  /** The demo makes copies when asked, and none by itself. */
  readonly demo: boolean;
  readonly store: Store;
  readonly nowMs: () => number;
  readonly logger: Logger;
}

export interface BackingUp {
  readonly job: Job;
  /** For the API. */
  readonly desk: BackupDesk;
}

export const BACKUP_JOB = "backup";

/** The folder that copies of a configuration's store are in. */
export function backupFolderOf({ backups, data }: Pick<Config, "backups" | "data">): string {
  return backups.folder ?? join(data, "backups");
}

/** Copies of the store, by the clock of the first site and when asked. */
export function backingUp({ config, demo, store, nowMs, logger }: BackingUpParts): BackingUp {
  const zone = config.sites[0]?.zone ?? "UTC";
  const backups = openBackups({ settings: settingsOf(config, zone), store, nowMs, logger });
  const enabled = config.backups.enabled && !demo;
  return {
    job: jobOf(backups, { zone, ...(enabled ? { schedule: config.backups.schedule } : {}) }),
    desk: deskOf(backups, { config, enabled, demo }),
  };
}

function jobOf(backups: Backups, due: Pick<Job, "zone" | "schedule">): Job {
  return { name: BACKUP_JOB, title: "Back up the store", ...due, run: (running) => backups.run(running) };
}

function deskOf(backups: Backups, { config, enabled, demo }: { config: Config; enabled: boolean; demo: boolean }): BackupDesk {
  const where = demo || config.file === undefined ? "" : ` --config ${config.file}`;
  return {
    enabled,
    job: BACKUP_JOB,
    restoreCommand: `wattkeep restore latest${where}`,
    view: () => backups.view(),
  };
}

function settingsOf(config: Config, zone: string): BackupSettings {
  const { folder, keep, to } = config.backups;
  return {
    folder: backupFolderOf(config),
    ours: folder === undefined,
    keep,
    zone,
    ...(to === undefined ? {} : { to: destinationOf(to) }),
  };
}

function destinationOf(to: NonNullable<BackupsConfig["to"]>): DestinationSettings {
  if (to.kind === "git") return { kind: "git", remote: to.remote.reveal(), branch: to.branch };
  return to.kind === "rsync" ? { kind: "rsync", target: to.target.reveal() } : to;
}
