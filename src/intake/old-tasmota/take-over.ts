import { setImmediate } from "node:timers/promises";
import { zoneNamed } from "#calendar/zone.ts";
import type { SampleCounts } from "#intake/newcomers.ts";
import { destinationOf } from "./destination.ts";
import { Keeper } from "./keeper.ts";
import { OldMeter } from "./meter.ts";
import { OldFileProblem, openOldFile } from "./old-file.ts";
import { readRow } from "./old-row.ts";
import type { LeftRow, OldTasmotaReport } from "./report.ts";
import type { OldTasmotaHouse, OldTasmotaWish } from "./wish.ts";

/** Rows kept at a time: what is not known of them is one import of each series. */
const BATCH_ROWS = 32_768;
const BREATH_ROWS = 4_096;
const MOST_METERS = 200;
const MOST_TOLD = 10;

/**
 * Takes the readings of an old Tasmota MT681 monitor's SQLite file over, in order of time and a batch at a time, so that ten million rows need no
 * more memory than a day's. What is known already stays as it is; a second run adds nothing. The file is only read.
 * Errors: OldFileProblem; those of the store.
 */
export async function takeOverOldTasmota(wish: OldTasmotaWish, house: OldTasmotaHouse): Promise<OldTasmotaReport> {
  const file = openOldFile(wish.file);
  const taking = new Taking(wish, house);
  try {
    for (const stored of file.rows()) {
      taking.rows += 1;
      // A server that runs this keeps answering.
      if (taking.rows % BREATH_ROWS === 0) await setImmediate();
      const full = taking.take(readRow(stored), stored.meter);
      if (full === undefined) continue;
      await taking.keep(full);
      if (house.progress(taking.rows, file.total, `${taking.rows.toLocaleString("en")} rows`) === false)
        throw new OldFileProblem("cancelled", "The import was ended before it finished. Run it again: what is kept already is known then.");
    }
    await taking.end();
    return taking.report();
  } catch (error) {
    await taking.failed();
    throw error;
  } finally {
    file.close();
  }
}

class Taking {
  rows = 0;
  readonly #wish: OldTasmotaWish;
  readonly #house: OldTasmotaHouse;
  readonly #zone;
  readonly #meters = new Map<string, OldMeter>();
  readonly #keepers = new Map<OldMeter, Keeper>();
  readonly #left: LeftRow[] = [];
  #unreadable = 0;
  #neverShown = 0;

  constructor(wish: OldTasmotaWish, house: OldTasmotaHouse) {
    this.#wish = wish;
    this.#house = house;
    this.#zone = zoneNamed(wish.zone);
  }

  /** The meter whose rows are to be kept now. Missing: undefined while there is room. */
  take(row: ReturnType<typeof readRow>, meterName: unknown): OldMeter | undefined {
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

  #begin(row: Exclude<ReturnType<typeof readRow>, string>): OldMeter | undefined {
    if (this.#meters.size >= MOST_METERS) throw new OldFileProblem("too-many-meters", `The file names more than ${MOST_METERS} meters.`);
    if (this.#wish.point !== undefined && this.#meters.size > 0) {
      const names = [...this.#meters.keys(), row.meter].map((name) => name || "one without a name").join(", ");
      throw new OldFileProblem("several-meters", `The file holds several meters: ${names}. Leave out --point, or choose one with --meter.`);
    }
    this.#meters.set(row.meter, new OldMeter(row.meter, this.#zone));
    return this.take(row, row.meter);
  }

  #leave(sentence: string): void {
    if (this.#left.length < MOST_TOLD) this.#left.push({ sentence });
  }

  async keep(meter: OldMeter): Promise<void> {
    const keeper = this.#keepers.get(meter) ?? (await this.#open(meter));
    this.#keepers.set(meter, keeper);
    await keeper.keep();
  }

  async #open(meter: OldMeter): Promise<Keeper> {
    const { file, dryRun } = this.#wish;
    const at = destinationOf(meter.name, this.#wish, await this.#house.store.registry());
    return Keeper.open(meter, at, { house: this.#house, dryRun, file: { path: file, what: file } });
  }

  async end(): Promise<void> {
    for (const meter of this.#meters.values()) {
      meter.add(meter.clock.end());
      await this.keep(meter);
    }
    for (const keeper of this.#keepers.values()) await keeper.end("done");
  }

  async failed(): Promise<void> {
    for (const keeper of this.#keepers.values()) await keeper.end("failed").catch(() => undefined);
  }

  report(): OldTasmotaReport {
    const meters = [...this.#meters.values()];
    const sum = (of: (meter: OldMeter) => number): number => meters.reduce((total, meter) => total + of(meter), 0);
    const samples: SampleCounts = {
      fresh: sum((meter) => meter.samples.fresh),
      known: sum((meter) => meter.samples.known),
      different: sum((meter) => meter.samples.different),
      covered: sum((meter) => meter.samples.covered),
    };
    return {
      file: this.#wish.file,
      site: this.#wish.site,
      zone: this.#wish.zone,
      dryRun: this.#wish.dryRun,
      rows: this.rows,
      meters: [...this.#keepers.values()].map((keeper) => keeper.report()),
      unreadable: this.#unreadable,
      neverShown: this.#neverShown,
      doubled: sum((meter) => meter.doubled),
      left: this.#left,
      repeated: sum((meter) => meter.clock.repeated),
      uncertain: sum((meter) => meter.clock.uncertain),
      samples,
    };
  }
}
