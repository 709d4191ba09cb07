import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BackupOutcome, type Backups, openBackups } from "#outlets/backup/backups.ts";
import type { BackupSettings } from "#outlets/backup/settings.ts";
import { batchOf, HOUR_MS, START_MS } from "#store/contract/world.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";

const PROGRESS = (): boolean => true;

/** A store with readings and a folder for its copies, by a clock that is set by hand. */
export class BackupHouse {
  readonly root: string;
  readonly folder: string;
  readonly store: Store;
  /** What the log was told of failures: paths and causes. */
  readonly warned: object[] = [];
  nowMs = START_MS;
  #samples = 0;

  private constructor(root: string, store: Store) {
    this.root = root;
    this.folder = join(root, "data", "backups");
    this.store = store;
  }

  static async open(): Promise<BackupHouse> {
    const root = mkdtempSync(join(tmpdir(), "wattkeep-backup-"));
    return new BackupHouse(root, await openStore({ folder: join(root, "data"), inProcess: true }));
  }

  /** So many readings more, in ten-second steps. */
  async read(count = 10): Promise<void> {
    const rows = Array.from({ length: count }, () => [1, START_MS + this.#samples++ * 10_000, Math.random() * 4_000] as const);
    await this.store.append(batchOf(rows));
  }

  backups(more: Partial<BackupSettings> = {}): Backups {
    return openBackups({
      settings: { folder: this.folder, ours: true, keep: { hours: 24, days: 14, months: 12 }, zone: "Europe/Berlin", ...more },
      store: this.store,
      nowMs: () => this.nowMs,
      logger: { warn: (about) => this.warned.push(about) },
    });
  }

  /** An hour passes, and a copy is asked for. */
  async run(backups: Backups, signal = new AbortController().signal): Promise<BackupOutcome> {
    this.nowMs += HOUR_MS;
    return backups.run({ signal, progress: PROGRESS });
  }

  names(folder = this.folder): string[] {
    return readdirSync(folder).toSorted();
  }

  async close(): Promise<void> {
    await this.store.close();
    rmSync(this.root, { recursive: true, force: true });
  }
}
