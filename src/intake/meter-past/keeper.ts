import { bytesOf } from "#intake/foreign-file.ts";
import type { ImportHouse } from "#intake/import-house.ts";
import { Newcomers } from "#intake/newcomers.ts";
import type { Column } from "#series/column.ts";
import type { Series } from "#sites/registry.ts";
import type { ImportRecord } from "#store/records.ts";
import { type Destination, openSeries, seriesAt } from "./destination.ts";
import { columnOf, type PastMeter } from "./meter.ts";
import type { MeterReport } from "./report.ts";
import { SAID } from "./row.ts";

const NONE = { stored: 0, replaced: 0, duplicate: 0, refused: 0 } as const;

/** How rows are kept. */
export interface Keeping {
  readonly house: ImportHouse;
  readonly dryRun: boolean;
  /** The file they are read from, and what the imports call it. */
  readonly file: { readonly path: string; readonly what: string };
}

/** Keeps the rows of one meter under an entry of the imports; a dry run only counts. */
export class Keeper {
  readonly #meter: PastMeter;
  readonly #at: Destination;
  readonly #house: ImportHouse;
  readonly #dryRun: boolean;
  readonly #importId: number | undefined;
  readonly #series: (Series | undefined)[];
  readonly #newcomers = new Map<number, Newcomers>();
  #counts: Pick<ImportRecord, keyof typeof NONE> = NONE;

  private constructor(
    meter: PastMeter,
    at: Destination,
    of: { house: ImportHouse; dryRun: boolean; series: (Series | undefined)[]; importId?: number },
  ) {
    this.#meter = meter;
    this.#at = at;
    this.#house = of.house;
    this.#dryRun = of.dryRun;
    this.#series = of.series;
    this.#importId = of.importId;
  }

  /** Errors: ImportProblem `series-unlike`; those of the store. */
  static async open(meter: PastMeter, at: Destination, { house, dryRun, file }: Keeping): Promise<Keeper> {
    const series = seriesAt(at, await house.store.registry());
    if (dryRun) return new Keeper(meter, at, { house, dryRun, series });
    const { path, what } = file;
    const begun = { source: at.source, what, startedMs: house.nowMs(), status: "running", ...(await bytesOf(path)), ...NONE } as const;
    return new Keeper(meter, at, { house, dryRun, series, importId: await house.store.beginImport(begun) });
  }

  /** Takes what of the meter waits. */
  async keep(): Promise<void> {
    const rows = this.#meter.taken();
    const columns = SAID.map(({ unit }, i) => columnOf(rows, i, this.#series[i]?.unit ?? unit));
    if (!this.#dryRun) await this.#open(columns);
    for (const [i, column] of columns.entries()) {
      const series = this.#series[i];
      if (column.tMs.length === 0) continue;
      if (series === undefined) this.#meter.samples.fresh += column.tMs.length;
      else await this.#add(series, column);
    }
  }

  async #open(columns: readonly Column[]): Promise<void> {
    const holds = columns.map(({ tMs }) => tMs.length > 0);
    if (!holds.some((some, i) => some && this.#series[i] === undefined)) return;
    const { line, nowMs } = this.#house;
    const opened = await openSeries(this.#at, line, { holds, firstMs: this.#meter.firstMs ?? nowMs(), nowMs: nowMs() });
    for (const [i, series] of opened.entries()) this.#series[i] = series;
  }

  async #add(series: Series, column: Column): Promise<void> {
    const { store, nowMs } = this.#house;
    const newcomers = this.#newcomers.get(series.id) ?? new Newcomers(store, series.id);
    this.#newcomers.set(series.id, newcomers);
    const fresh = await newcomers.of(column, this.#meter.samples);
    if (this.#importId === undefined || fresh.tMs.length === 0) return;
    const more = await store.importColumn(series.id, fresh, { receivedMs: nowMs(), importId: this.#importId });
    const had = this.#counts;
    this.#counts = {
      stored: had.stored + more.stored,
      replaced: had.replaced + more.replaced,
      duplicate: had.duplicate + more.duplicate,
      refused: had.refused + more.refused,
    };
  }

  async end(status: "done" | "failed"): Promise<void> {
    if (this.#importId === undefined) return;
    const { rows, firstMs, lastMs } = this.report();
    const range = firstMs === undefined || lastMs === undefined ? {} : { fromMs: firstMs, toMs: lastMs };
    await this.#house.store.endImport(this.#importId, { status, ...this.#counts, endedMs: this.#house.nowMs(), rows, ...range });
  }

  report(): MeterReport {
    return this.#meter.report(this.#at);
  }
}
