import { setImmediate } from "node:timers/promises";
import { zoneNamed } from "#calendar/zone.ts";
import type { ImportHouse } from "#intake/import-house.ts";
import { ImportProblem } from "#intake/import-problem.ts";
import { Keeper } from "#intake/meter-past/keeper.ts";
import { Keepers } from "#intake/meter-past/keepers.ts";
import { PastMeter } from "#intake/meter-past/meter.ts";
import { sumOf } from "#intake/newcomers.ts";
import { destinationOf } from "./destination.ts";
import { openOldFile } from "./old-file.ts";
import { readRow } from "./old-row.ts";
import type { LeftRow, OldTasmotaReport } from "./report.ts";
import type { OldTasmotaWish } from "./wish.ts";

/** Rows kept at a time: what is not known of them is one import of each series. */
const BATCH_ROWS = 32_768;
const BREATH_ROWS = 4_096;
const MOST_METERS = 200;
const MOST_TOLD = 10;

/**
 * Takes the readings of an old Tasmota MT681 monitor's SQLite file over, in order of time and a batch at a time, so that ten million rows need no
 * more memory than a day's. What is known already stays as it is; a second run adds nothing. The file is only read.
 * Errors: ImportProblem; those of the store.
 */
export async function takeOverOldTasmota(wish: OldTasmotaWish, house: ImportHouse): Promise<OldTasmotaReport> {
  const file = openOldFile(wish.file);
  const taking = new Taking(wish, house);
  try {
    for (const stored of file.rows()) {
      taking.rows += 1;
      // A server that runs this keeps answering.
      if (taking.rows % BREATH_ROWS === 0) await setImmediate();
      const full = taking.take(readRow(stored), stored.meter);
      if (full === undefined) continue;
      await taking.keepers.keep(full);
      if (house.progress(taking.rows, file.total, `${taking.rows.toLocaleString("en")} rows`) === false)
        throw new ImportProblem("cancelled", "The import was ended before it finished. Run it again: what is kept already is known then.");
    }
    await taking.end();
    return taking.report();
  } catch (error) {
    await taking.keepers.failed();
    throw error;
  } finally {
    file.close();
  }
}

class Taking {
  rows = 0;
  readonly #wish: OldTasmotaWish;
  readonly #house: ImportHouse;
  readonly #zone;
  readonly #meters = new Map<string, PastMeter>();
  readonly keepers = new Keepers((meter) => this.#open(meter));
  readonly #left: LeftRow[] = [];
  #unreadable = 0;
  #neverShown = 0;

  constructor(wish: OldTasmotaWish, house: ImportHouse) {
    this.#wish = wish;
    this.#house = house;
    this.#zone = zoneNamed(wish.zone);
  }

  /** The meter whose rows are to be kept now. Missing: undefined while there is room. */
  take(row: ReturnType<typeof readRow>, meterName: unknown): PastMeter | undefined {
    if (this.#wish.meter !== undefined && String(meterName ?? "") !== this.#wish.meter) return undefined;
    if (typeof row === "string") {
      this.#unreadable += 1;
      this.#leave(row);
      return undefined;
    }
    const meter = this.#meters.get(row.meter) ?? row.meter;
    if (typeof meter === "string") return this.#begin(row);
    const placed = meter.clock.take(row);
    if (placed === "never-shown") {
      this.#neverShown += 1;
      this.#leave(`${row.written}: no clock in ${this.#wish.zone} ever shows this`);
    } else meter.add(placed);
    return meter.waiting.length >= BATCH_ROWS ? meter : undefined;
  }

  #begin(row: Exclude<ReturnType<typeof readRow>, string>): PastMeter | undefined {
    if (this.#meters.size >= MOST_METERS) throw new ImportProblem("too-many-meters", `The file names more than ${MOST_METERS} meters.`);
    if (this.#wish.point !== undefined && this.#meters.size > 0) {
      const names = [...this.#meters.keys(), row.meter].map((name) => name || "one without a name").join(", ");
      throw new ImportProblem("several-meters", `The file holds several meters: ${names}. Leave out --point, or choose one with --meter.`);
    }
    this.#meters.set(row.meter, new PastMeter(row.meter, this.#zone));
    return this.take(row, row.meter);
  }

  #leave(sentence: string): void {
    if (this.#left.length < MOST_TOLD) this.#left.push({ sentence });
  }

  async #open(meter: PastMeter): Promise<Keeper> {
    const { file, dryRun } = this.#wish;
    const at = destinationOf(meter.name, this.#wish, await this.#house.store.registry());
    return Keeper.open(meter, at, { house: this.#house, dryRun, file: { path: file, what: file } });
  }

  end(): Promise<void> {
    return this.keepers.end(this.#meters.values());
  }

  report(): OldTasmotaReport {
    const meters = [...this.#meters.values()];
    const sum = (of: (meter: PastMeter) => number): number => meters.reduce((total, meter) => total + of(meter), 0);
    return {
      file: this.#wish.file,
      site: this.#wish.site,
      zone: this.#wish.zone,
      dryRun: this.#wish.dryRun,
      rows: this.rows,
      meters: this.keepers.reports(),
      unreadable: this.#unreadable,
      neverShown: this.#neverShown,
      doubled: sum((meter) => meter.doubled),
      left: this.#left,
      repeated: sum((meter) => meter.clock.repeated),
      uncertain: sum((meter) => meter.clock.uncertain),
      samples: sumOf(meters.map((meter) => meter.samples)),
    };
  }
}
