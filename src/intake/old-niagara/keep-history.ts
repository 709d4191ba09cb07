import { statusBits } from "#dialects/niagara-history/status.ts";
import type { ImportHouse } from "#intake/import-house.ts";
import { Newcomers, type SampleCounts } from "#intake/newcomers.ts";
import type { OpenBatch } from "#intake/open-batch.ts";
import { settle } from "#intake/settle.ts";
import { Sheet } from "#intake/sheet.ts";
import type { Source } from "#intake/source.ts";
import type { Column } from "#series/column.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import type { Series } from "#sites/registry.ts";
import type { AppendCounts } from "#store/store.ts";
import type { OldHistory } from "./old-file.ts";
import type { ReadRow } from "./old-row.ts";
import type { PlacedHistory } from "./place.ts";
import type { HistoryReport } from "./report.ts";

const LIMITS = { newPerHour: 100_000, textsPerSeries: 10_000 } as const;

export interface KeepHistory {
  readonly old: OldHistory;
  readonly placed: PlacedHistory;
  readonly source: Source;
  readonly house: ImportHouse;
  /** Left out for a dry run. */
  readonly importId?: number;
}

/** Keeps the rows of one history, page by page; without an import it only counts. */
export class HistoryKeeper {
  readonly stored = { stored: 0, replaced: 0, duplicate: 0, refused: 0 };
  doubled = 0;
  readonly #keep: KeepHistory;
  readonly #samples: SampleCounts = { fresh: 0, known: 0, different: 0, covered: 0 };
  readonly #codes = new Map<string, number>();
  #series: Series | undefined;
  #newcomers: Newcomers | undefined;
  #problem: string | undefined;
  #told = { rows: 0, sum: 0, bad: 0, firstMs: Number.POSITIVE_INFINITY, lastMs: Number.NEGATIVE_INFINITY };

  constructor(keep: KeepHistory) {
    this.#keep = keep;
    this.#series = keep.placed.series;
    this.#problem = keep.placed.problem;
  }

  get problem(): string | undefined {
    return this.#problem;
  }

  /** Takes rows in order of time as they were written; the later row counts where two have one instant. Errors: those of the store. */
  async keep(given: readonly ReadRow[]): Promise<void> {
    const rows = oneEach(given);
    this.doubled += given.length - rows.length;
    if (rows.length === 0) return;
    this.#count(rows);
    if (this.#problem !== undefined) return;
    if (this.#keep.importId !== undefined) await this.#open(rows);
    if (this.#problem === undefined) await this.#add(this.#columnOf(rows));
  }

  #count(rows: readonly ReadRow[]): void {
    const told = this.#told;
    told.rows += rows.length;
    told.firstMs = Math.min(told.firstMs, rows[0]?.tMs ?? told.firstMs);
    told.lastMs = Math.max(told.lastMs, rows.at(-1)?.tMs ?? told.lastMs);
    for (const { value, status } of rows) {
      if (!Number.isNaN(value)) told.sum += value;
      if ((statusBits(status) & BAD_QUALITY) !== 0) told.bad += 1;
    }
  }

  /** Makes point and series where they are new, and codes of status texts: by the very way of what arrives, but for the sample. */
  async #open(rows: readonly ReadRow[]): Promise<void> {
    const texts = [...new Set(rows.map(({ status }) => status))].filter((text) => text !== "" && !this.#codes.has(text));
    if (this.#series !== undefined && texts.length === 0) return;
    await this.#keep.house.line.within((batch) => this.#register(batch, rows[0]?.tMs ?? 0, texts));
  }

  #register({ change }: OpenBatch, tMs: number, texts: readonly string[]): void {
    const { source, placed, house } = this.#keep;
    const { site, point, reading } = placed;
    const find = () => change.view.at(source.name, site, point)?.get(reading.quantity);
    if (find() === undefined) {
      const message = {
        source: source.name,
        topic: "",
        body: new Uint8Array(),
        receivedMs: house.nowMs(),
        qos: 1,
        retained: false,
      } as const;
      const telling = { source, message, equalInstant: "last", limits: LIMITS } as const;
      const made = settle({ change, samples: new Sheet() }, telling, [{ type: "reading", reading: { ...reading, value: 0, tMs } }]);
      this.#problem = made.rejects[0]?.sentence;
    }
    const entry = find();
    if (entry === undefined) return;
    this.#series = entry.series;
    const more = texts.filter((text) => !entry.codes.has(text)).length;
    if (entry.texts.length + more > LIMITS.textsPerSeries) {
      const most = LIMITS.textsPerSeries.toLocaleString("en");
      this.#problem = `its rows have more than ${most} different status texts; those from here on are not kept.`;
      return;
    }
    for (const text of texts) this.#codes.set(text, change.code(entry, text));
  }

  #columnOf(rows: readonly ReadRow[]): Column {
    return {
      tMs: Float64Array.from(rows, ({ tMs }) => tMs),
      value: Float64Array.from(rows, ({ value }) => value),
      quality: Uint16Array.from(rows, ({ status }) => (status === "" ? 0 : statusBits(status))),
      code: Uint16Array.from(rows, ({ status }) => this.#codes.get(status) ?? 0),
    };
  }

  async #add(column: Column): Promise<void> {
    const { house, importId } = this.#keep;
    const series = this.#series;
    if (series === undefined) {
      this.#samples.fresh += column.tMs.length;
      return;
    }
    // The station's own times are those of the live source: nothing has to be guessed by nearness.
    this.#newcomers ??= new Newcomers(house.store, series.id, 0);
    const fresh = await this.#newcomers.of(column, this.#samples);
    if (importId === undefined || fresh.tMs.length === 0) return;
    const more = await house.store.importColumn(series.id, fresh, { receivedMs: house.nowMs(), importId });
    for (const name of Object.keys(this.stored) as (keyof AppendCounts)[]) this.stored[name] += more[name];
  }

  report(): HistoryReport {
    const { old, placed } = this.#keep;
    const { rows, sum, bad, firstMs, lastMs } = this.#told;
    return {
      station: old.station,
      history: old.history,
      point: `${placed.site}/${placed.point}`,
      quantity: placed.reading.quantity,
      unit: placed.reading.unit,
      rows,
      ...(rows === 0 ? {} : { firstMs, lastMs }),
      sum,
      bad,
      samples: this.#samples,
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
    };
  }
}

/** Rows in order of time, of those at one instant the last. */
function oneEach(given: readonly ReadRow[]): readonly ReadRow[] {
  let isRising = true;
  for (let i = 1; i < given.length && isRising; i++) isRising = (given[i] as ReadRow).tMs > (given[i - 1] as ReadRow).tMs;
  if (isRising) return given;
  return [...new Map(given.map((row) => [row.tMs, row])).values()].sort((a, b) => a.tMs - b.tMs);
}
