import { createReadStream } from "node:fs";
import { parse } from "csv-parse";
import { zoneNamed } from "#calendar/zone.ts";
import type { SampleCounts } from "#intake/newcomers.ts";
import type { Destination } from "#intake/old-tasmota/destination.ts";
import { Keeper } from "#intake/old-tasmota/keeper.ts";
import { OldMeter } from "#intake/old-tasmota/meter.ts";
import { OldFileProblem } from "#intake/old-tasmota/old-file.ts";
import type { OldTasmotaHouse } from "#intake/old-tasmota/wish.ts";
import { type Header, readHeader } from "./header.ts";
import { rowOfLine } from "./line-row.ts";

/** The source of readings that name none that is known. */
export const CSV_SOURCE = "csv-import";

export interface CsvWish {
  readonly path: string;
  /** What the imports call it. */
  readonly what: string;
  readonly site: string;
  readonly point: string;
  /** Zone of times without offset. */
  readonly zone: string;
  /** Where rows without a known source go. */
  readonly source: string;
  readonly dryRun: boolean;
}

export interface CsvReport {
  readonly dryRun: boolean;
  readonly rows: number;
  readonly samples: SampleCounts;
  /** Lines that are not taken. */
  readonly rejected: number;
  /** The first of them. */
  readonly problems: readonly { readonly line: number; readonly sentence: string }[];
  readonly firstMs?: number;
  readonly lastMs?: number;
}

const BATCH_ROWS = 32_768;
const MOST_TOLD = 20;
const MOST_SOURCES = 50;
const MOST_LINE = 10_000;

/**
 * Takes a CSV file of a meter's readings, shaped like our own export, a batch at a time. A line goes to the source it names where that one
 * has spoken of the point, else to the one of the wish; what is known stays, and where that source has its own readings nothing is added.
 * Errors: OldFileProblem `no-header`; those of the store.
 */
export async function takeCsv(wish: CsvWish, house: OldTasmotaHouse): Promise<CsvReport> {
  const taking = new CsvTaking(wish, house, await sourcesAt(wish, house));
  const file = createReadStream(wish.path);
  const lines = file.pipe(
    parse({
      bom: true,
      // Left to itself the parser takes the first line's end for all, and a file two programs wrote has both.
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      relax_quotes: true,
      info: true,
      skip_empty_lines: true,
      max_record_size: MOST_LINE,
    }),
  );
  try {
    for await (const { record, info } of lines as AsyncIterable<{ record: string[]; info: { lines: number } }>)
      await taking.take(record, info.lines);
    return await taking.end();
  } catch (error) {
    await taking.failed();
    throw (error as { code?: string }).code?.startsWith("CSV_")
      ? new OldFileProblem("no-csv", `The file is no CSV: ${(error as Error).message}.`)
      : error;
  } finally {
    file.destroy();
  }
}

async function sourcesAt({ site, point }: CsvWish, { store }: OldTasmotaHouse): Promise<ReadonlySet<string>> {
  const { series } = await store.registry();
  return new Set(series.filter((one) => one.site === site && one.point === point).map(({ source }) => source));
}

class CsvTaking {
  readonly #wish: CsvWish;
  readonly #house: OldTasmotaHouse;
  readonly #known: ReadonlySet<string>;
  readonly #meters = new Map<string, OldMeter>();
  readonly #keepers = new Map<OldMeter, Keeper>();
  readonly #problems: { line: number; sentence: string }[] = [];
  #header: Header | undefined;
  #rows = 0;
  #rejected = 0;

  constructor(wish: CsvWish, house: OldTasmotaHouse, known: ReadonlySet<string>) {
    this.#wish = wish;
    this.#house = house;
    this.#known = known;
  }

  async take(cells: readonly string[], line: number): Promise<void> {
    if (this.#header === undefined) {
      const header = readHeader(cells);
      if (typeof header === "string") throw new OldFileProblem("no-header", header);
      this.#header = header;
      return;
    }
    this.#rows += 1;
    const row = rowOfLine(cells, this.#header, line);
    if (typeof row === "string") return this.#reject(line, row);
    const meter = this.#meterOf(row.meter);
    const placed = meter.clock.take(row);
    if (placed === "never-shown") return this.#reject(line, `no clock in ${this.#wish.zone} ever shows ${row.written}`);
    meter.add(placed);
    if (meter.waiting.length >= BATCH_ROWS) await this.#keep(meter);
  }

  #reject(line: number, sentence: string): void {
    this.#rejected += 1;
    if (this.#problems.length < MOST_TOLD) this.#problems.push({ line, sentence });
  }

  #meterOf(named: string): OldMeter {
    const source = this.#known.has(named) && this.#meters.size < MOST_SOURCES ? named : this.#wish.source;
    const meter = this.#meters.get(source) ?? new OldMeter(source, zoneNamed(this.#wish.zone));
    this.#meters.set(source, meter);
    return meter;
  }

  async #keep(meter: OldMeter): Promise<void> {
    const keeper = this.#keepers.get(meter) ?? (await this.#open(meter));
    this.#keepers.set(meter, keeper);
    await keeper.keep();
  }

  #open(meter: OldMeter): Promise<Keeper> {
    const { site, point, dryRun, path, what } = this.#wish;
    const at: Destination = { meter: "", site, point, source: meter.name, joins: true };
    return Keeper.open(meter, at, { house: this.#house, dryRun, file: { path, what } });
  }

  async end(): Promise<CsvReport> {
    if (this.#header === undefined) throw new OldFileProblem("no-header", "The file is empty.");
    for (const meter of this.#meters.values()) {
      meter.add(meter.clock.end());
      await this.#keep(meter);
    }
    for (const keeper of this.#keepers.values()) await keeper.end("done");
    return this.#report();
  }

  async failed(): Promise<void> {
    for (const keeper of this.#keepers.values()) await keeper.end("failed").catch(() => undefined);
  }

  #report(): CsvReport {
    const meters = [...this.#keepers.values()].map((keeper) => keeper.report());
    const sum = (of: keyof SampleCounts): number => meters.reduce((total, { samples }) => total + samples[of], 0);
    const firsts = meters.flatMap(({ firstMs }) => firstMs ?? []);
    const lasts = meters.flatMap(({ lastMs }) => lastMs ?? []);
    return {
      dryRun: this.#wish.dryRun,
      rows: this.#rows,
      samples: { fresh: sum("fresh"), known: sum("known"), different: sum("different"), covered: sum("covered") },
      rejected: this.#rejected,
      problems: this.#problems,
      ...(firsts.length === 0 ? {} : { firstMs: Math.min(...firsts) }),
      ...(lasts.length === 0 ? {} : { lastMs: Math.max(...lasts) }),
    };
  }
}
