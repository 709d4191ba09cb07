import { type Zone, zoneNamed } from "#calendar/zone.ts";
import type { Progress, Store } from "#store/store.ts";
import { BackupFolder, megabytes } from "./backup-folder.ts";
import { BackupProblem } from "./backup-problem.ts";
import type { Destination } from "./destination.ts";
import { destinationOf } from "./destinations.ts";
import { type KeptAs, keepers } from "./keepers.ts";
import { type Made, makeCopy } from "./make-copy.ts";
import type { Manifest } from "./manifest.ts";
import type { BackupSettings } from "./settings.ts";
import { type BackupState, type Result, readState, saveState } from "./state.ts";

export interface BackupParts {
  readonly settings: BackupSettings;
  readonly store: Pick<Store, "backup" | "changeMark" | "checkpoint" | "stats" | "setting" | "saveSetting" | "registry" | "extent">;
  readonly nowMs: () => number;
  /** Paths, which sentences leave out, are told here. */
  readonly logger: { warn(about: object, message: string): void };
}

/** A run as whoever asks sees it; that of a job fits. */
export interface BackupRun {
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** What came of a run; the outcome of a job fits. */
export interface BackupOutcome {
  readonly sentence: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly failed?: boolean;
}

/** The copies and how it stands with them; GET /backups fits it. */
export interface BackupsView {
  readonly folder: string;
  readonly keep: BackupSettings["keep"];
  /** Newest first. */
  readonly backups: readonly (Pick<Manifest, "file" | "madeMs" | "bytes" | "verified" | "samples"> & {
    readonly keptAs: readonly KeptAs[];
  })[];
  readonly totalBytes: number;
  readonly freeBytes: number | null;
  readonly destination: (Result & Pick<Destination, "kind" | "target">) | null;
  readonly last: Result | null;
}

export interface Backups {
  /** Makes a copy where something has changed, and brings it to the second place. What fails is told, never thrown. */
  run(run: BackupRun): Promise<BackupOutcome>;
  view(): Promise<BackupsView>;
}

/** Copies of the store by the rule of the settings. Nothing happens until a run is asked for. */
export function openBackups(parts: BackupParts): Backups {
  return new KeptBackups(parts);
}

class KeptBackups implements Backups {
  readonly #parts: BackupParts;
  readonly #folder: BackupFolder;
  readonly #zone: Zone;
  readonly #destination: Destination | undefined;
  readonly #openedMs: number;

  constructor(parts: BackupParts) {
    this.#parts = parts;
    this.#folder = new BackupFolder(parts.settings.folder, "The folder for backups");
    this.#zone = zoneNamed(parts.settings.zone);
    this.#destination = destinationOf(parts.settings, { store: parts.store, zone: this.#zone });
    this.#openedMs = parts.nowMs();
  }

  async run(run: BackupRun): Promise<BackupOutcome> {
    const { store } = this.#parts;
    let state = await readState(store);
    const made = await this.#attempt(() => this.#make(run));
    const local = "problem" in made ? made.problem : this.#told(made.value);
    state = { ...state, last: local, gone: this.#goneAfter(state, made) };
    await saveState(store, state);
    const newest = "problem" in made ? undefined : made.value.newest;
    const sent = newest === undefined ? undefined : await this.#send(newest, state, run.signal);
    if (sent !== undefined) await saveState(store, { ...state, ...sent });
    return outcome(made, local, sent?.destination);
  }

  async view(): Promise<BackupsView> {
    const { settings, store } = this.#parts;
    const copies = await this.#folder.list();
    const kept = keepers(
      copies.filter(({ verified }) => verified).map(({ madeMs }) => madeMs),
      settings.keep,
      this.#zone,
    );
    const state = await readState(store);
    return {
      folder: settings.folder,
      keep: settings.keep,
      backups: copies.map(({ file, madeMs, bytes, verified, samples }) => ({
        ...{ file, madeMs, bytes, verified, samples },
        keptAs: verified ? (kept.get(madeMs) ?? []) : [],
      })),
      totalBytes: copies.reduce((sum, { bytes }) => sum + bytes, 0),
      freeBytes: (await this.#folder.freeBytes()) ?? null,
      destination: this.#destinationView(state),
      last: state.last ?? null,
    };
  }

  /** A second place is told of what went since it was last reached; without one there is nobody to tell. */
  #goneAfter({ gone = [] }: BackupState, made: { value: Made } | { problem: Result }): readonly string[] {
    if (this.#destination === undefined) return [];
    return "problem" in made ? gone : [...gone, ...made.value.gone];
  }

  async #make({ signal, progress }: BackupRun): Promise<Made> {
    const { settings, store, nowMs } = this.#parts;
    if (settings.ours) await this.#folder.make();
    else await this.#folder.demand(store);
    const heeding: Progress = (...how) => !signal.aborted && (progress(...how) ?? true);
    return makeCopy({ store, folder: this.#folder, nowMs, keep: settings.keep, zone: this.#zone }, heeding);
  }

  #told({ made, kept }: Made): Result {
    const atMs = this.#parts.nowMs();
    if (made === undefined)
      return { atMs, result: "unchanged", sentence: `Nothing has changed since the newest copy; ${copies(kept)} kept.` };
    const what = `${megabytes(made.bytes)}, ${made.samples.toLocaleString("en")} samples`;
    if (made.verified) return { atMs, result: "done", sentence: `${what}, read back whole; ${copies(kept)} kept.` };
    const sentence = `${what}, but part of the store is damaged and so is the copy: "wattkeep verify" names it. The older whole copies stay.`;
    return { atMs, result: "failed", sentence, code: "damaged" };
  }

  /** Missing: undefined where there is no second place. */
  async #send(newest: Manifest, state: BackupState, signal: AbortSignal): Promise<Pick<BackupState, "destination" | "gone"> | undefined> {
    const destination = this.#destination;
    if (destination === undefined) return undefined;
    const { target } = destination;
    const before = state.destination?.target === target ? state.destination.sent : undefined;
    const atMs = (): number => this.#parts.nowMs();
    if (before === newest.file)
      return { destination: { atMs: atMs(), result: "unchanged", sentence: "It has the newest copy.", target, sent: before } };
    const shipment = { from: this.#folder, newest, gone: state.gone ?? [], signal };
    const sent = await this.#attempt(() => destination.send(shipment));
    if ("problem" in sent) return { destination: { ...sent.problem, target, ...(before === undefined ? {} : { sent: before }) } };
    return { destination: { atMs: atMs(), result: "done", sentence: sent.value, target, sent: newest.file }, gone: [] };
  }

  #destinationView({ destination: known }: BackupState): BackupsView["destination"] {
    const destination = this.#destination;
    if (destination === undefined) return null;
    const { kind, target } = destination;
    if (known?.target !== target)
      return {
        kind,
        target,
        atMs: this.#openedMs,
        result: "unchanged",
        sentence: "Nothing was sent yet; the next run sends the newest copy.",
      };
    const { atMs, result, sentence, code } = known;
    return { kind, target, atMs, result, sentence, ...(code === undefined ? {} : { code }) };
  }

  async #attempt<T>(work: () => Promise<T>): Promise<{ value: T } | { problem: Result }> {
    try {
      return { value: await work() };
    } catch (error) {
      this.#parts.logger.warn({ err: error, folder: this.#folder.path }, "A backup did not succeed");
      const code = error instanceof BackupProblem || isCoded(error) ? error.code : "failed";
      const sentence = error instanceof Error ? error.message : String(error);
      return { problem: { atMs: this.#parts.nowMs(), result: "failed", sentence, code } };
    }
  }
}

function outcome(made: { value: Made } | { problem: Result }, local: Result, second: Result | undefined): BackupOutcome {
  const failed = local.result === "failed" || second?.result === "failed";
  const beside = second === undefined || second.result === "unchanged" ? "" : ` Second place: ${second.sentence}`;
  const value = "problem" in made ? undefined : made.value;
  const counts = {
    made: value?.made === undefined ? 0 : 1,
    bytes: value?.made?.bytes ?? 0,
    samples: value?.made?.samples ?? 0,
    removed: value?.gone.length ?? 0,
    sent: second?.result === "done" ? 1 : 0,
  };
  return { sentence: local.sentence + beside, counts, ...(failed ? { failed } : {}) };
}

function copies(count: number): string {
  return count === 1 ? "1 copy is" : `${count} copies are`;
}

function isCoded(error: unknown): error is Error & { code: string } {
  return error instanceof Error && "code" in error && typeof error.code === "string";
}
