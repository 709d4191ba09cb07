import { access, copyFile, mkdir, open, readdir, readFile, rename, rm, stat, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Zone } from "#calendar/zone.ts";
import { BackupProblem, folderProblem, lowered, noSpace } from "./backup-problem.ts";
import { sha256Of } from "./hash.ts";
import { type KeepRule, keepers } from "./keepers.ts";
import { copyOf, isCopyName, type Manifest, manifestName, manifestText, parseManifest } from "./manifest.ts";

/** A copy that is not whole yet. */
const MAKING = ".making";
const MARKER = ".wattkeep-backups";
const MARKER_TEXT = "Wattkeep keeps copies of its store here. This file shows that the drive is connected; leave it.\n";
/** What a copy may not use of a disk: the store itself may lie on it. */
const RESERVE_SHARE = 0.02;
const LEAST_RESERVE_BYTES = 32 * 1024 * 1024;
const MOST_RESERVE_BYTES = 1024 * 1024 * 1024;

/** Remembers which folders had their marker; the settings of a store do. */
export interface FolderMemory {
  setting(name: string): Promise<string | undefined>;
  saveSetting(name: string, value: string): Promise<void>;
}

/** Copies of the store in one folder, each with its manifest. Nothing else in it is ever touched. */
export class BackupFolder {
  readonly path: string;
  /** As sentences name it: "The folder for backups". */
  readonly #what: string;

  constructor(path: string, what: string) {
    this.path = path;
    this.#what = what;
  }

  /** Makes a folder that is ours. Errors: BackupProblem `not-writable`, `no-space`. */
  async make(): Promise<void> {
    await this.#tell(() => mkdir(this.path, { recursive: true, mode: 0o700 }));
  }

  /**
   * Makes sure that a folder somebody named is the one it was: without its marker a drive is not connected, and copies would
   * fill the disk below its place. Errors: BackupProblem `folder-missing`, `drive-missing`, `not-writable`.
   */
  async demand(memory: FolderMemory): Promise<void> {
    await this.#tell(() => readdir(this.path));
    const marker = join(this.path, MARKER);
    const known = `backup.marked.${this.path}`;
    if (await isThere(marker)) {
      if ((await memory.setting(known)) === undefined) await memory.saveSetting(known, "yes");
      return;
    }
    if ((await memory.setting(known)) !== undefined)
      throw new BackupProblem(
        "drive-missing",
        `${this.#what} is not the one it was: it has no file ${MARKER}. Connect its drive; if the folder is a new one, put an empty file of that name into it.`,
      );
    await this.#tell(() => writeFile(marker, MARKER_TEXT));
    await memory.saveSetting(known, "yes");
  }

  /** Newest first. Missing: empty where the folder is not there. */
  async list(): Promise<Manifest[]> {
    const names = new Set(await readdir(this.path).catch(() => []));
    const found: Manifest[] = [];
    for (const name of names) {
      const copy = copyOf(name);
      if (copy === undefined || !names.has(copy)) continue;
      const manifest = parseManifest(await readFile(join(this.path, name), "utf8").catch(() => ""));
      if (manifest?.file === copy) found.push(manifest);
    }
    return found.toSorted((a, b) => b.madeMs - a.madeMs);
  }

  /** Missing: undefined where nobody can tell. */
  async freeBytes(): Promise<number | undefined> {
    const disk = await statfs(this.path).catch(() => undefined);
    return disk === undefined ? undefined : disk.bavail * disk.bsize;
  }

  /** Errors: BackupProblem `no-space` where the disk has not room for so much and a reserve. */
  async demandSpace(bytes: number): Promise<void> {
    const disk = await this.#tell(() => statfs(this.path));
    const reserve = Math.min(Math.max(LEAST_RESERVE_BYTES, disk.blocks * disk.bsize * RESERVE_SHARE), MOST_RESERVE_BYTES);
    const free = disk.bavail * disk.bsize;
    if (free >= bytes + reserve) return;
    throw new BackupProblem(
      "no-space",
      `A copy needs ${megabytes(bytes + reserve)} with its reserve, and the disk of ${lowered(this.#what)} has ${megabytes(free)} free. Make room or keep fewer copies; the older ones stay, and readings go on being stored.`,
    );
  }

  /** Removes what a run that did not end has left. */
  async clean(): Promise<void> {
    const names = await this.#tell(() => readdir(this.path));
    for (const name of names) {
      const [base = ""] = name.split(MAKING, 1);
      const half = name !== base && (isCopyName(base) || copyOf(base) !== undefined);
      const copy = copyOf(name);
      const alone = copy !== undefined && !names.includes(copy);
      if (half || alone) await rm(join(this.path, name), { force: true });
    }
  }

  /** Where a copy is made before it has its name. */
  making(copy: string): string {
    return join(this.path, copy + MAKING);
  }

  /** Gives a copy that was made its name; its manifest is there before it. */
  async finish(manifest: Manifest): Promise<void> {
    await this.#tell(async () => {
      const beside = join(this.path, manifestName(manifest.file));
      await writeFile(beside + MAKING, manifestText(manifest), { mode: 0o600, flush: true });
      await rename(beside + MAKING, beside);
      await rename(this.making(manifest.file), join(this.path, manifest.file));
      await syncFolder(this.path);
    });
  }

  /** Takes a copy of another folder in and reads it back. Errors: BackupProblem. */
  async take(from: BackupFolder, manifest: Manifest): Promise<void> {
    await this.demandSpace(manifest.bytes);
    const making = this.making(manifest.file);
    await this.#tell(async () => {
      await copyFile(join(from.path, manifest.file), making);
      await syncFile(making);
    });
    if ((await sha256Of(making)) !== manifest.sha256) {
      await rm(making, { force: true });
      throw new BackupProblem("not-the-same", `What ${lowered(this.#what)} kept is not what was written. Check its drive.`);
    }
    await this.finish(manifest);
  }

  /**
   * Removes the copies the rule does not keep; answers their names. One with damage counts for nothing: it goes as soon as a
   * whole one is newer.
   */
  async thin(rule: KeepRule, zone: Zone): Promise<string[]> {
    const all = await this.list();
    const whole = all.filter(({ verified }) => verified);
    const kept = keepers(
      whole.map(({ madeMs }) => madeMs),
      rule,
      zone,
    );
    const gone = all.filter((one, row) => (one.verified ? !kept.has(one.madeMs) : row > 0));
    for (const { file } of gone) {
      await rm(join(this.path, file), { force: true });
      await rm(join(this.path, manifestName(file)), { force: true });
    }
    return gone.map(({ file }) => file);
  }

  /** Whether two folders lie on one disk. */
  async sharesDisk(other: string): Promise<boolean> {
    const [here, there] = await Promise.all([stat(this.path), stat(other)]);
    return here.dev === there.dev;
  }

  async #tell<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw folderProblem(error, this.#what);
    }
  }

  /** The problem of a copy that found the disk full half way. */
  full(cause: unknown): BackupProblem {
    return noSpace(this.#what, { cause });
  }
}

/** A size as people read it: 12.5 MB. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, "r+");
  await handle.sync().finally(() => handle.close());
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(path, "r");
  await handle.sync().finally(() => handle.close());
}
