import { createReadStream } from "node:fs";
import { parse } from "csv-parse";
import { zoneNamed } from "#calendar/zone.ts";
import { CSV_OPTIONS, type CsvRecord, csvProblem } from "#intake/csv-text.ts";
import type { ImportHouse } from "#intake/import-house.ts";
import { ImportProblem } from "#intake/import-problem.ts";
import type { Destination } from "#intake/meter-past/destination.ts";
import { Keeper } from "#intake/meter-past/keeper.ts";
import { Keepers } from "#intake/meter-past/keepers.ts";
import { PastMeter } from "#intake/meter-past/meter.ts";
import { type SampleCounts, sumOf } from "#intake/newcomers.ts";
import { type Header, readHeader } from "./header.ts";
import { rowOfLine } from "./line-row.ts";

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
 * Errors: ImportProblem `no-header`; those of the store.
 */
export async function takeCsv(wish: CsvWish, house: ImportHouse): Promise<CsvReport> {
  const taking = new CsvTaking(wish, house, await sourcesAt(wish, house));
  const file = createReadStream(wish.path);
  const lines = file.pipe(parse({ ...CSV_OPTIONS, max_record_size: MOST_LINE }));
  try {
    for await (const { record, info } of lines as AsyncIterable<CsvRecord>) await taking.take(record, info.lines);
    return await taking.end();
  } catch (error) {
    await taking.keepers.failed();
    throw csvProblem(error);
  } finally {
    file.destroy();
  }
}

async function sourcesAt({ site, point }: CsvWish, { store }: ImportHouse): Promise<ReadonlySet<string>> {
  const { series } = await store.registry();
  return new Set(series.filter((one) => one.site === site && one.point === point).map(({ source }) => source));
}

class CsvTaking {
  readonly #wish: CsvWish;
  readonly #house: ImportHouse;
  readonly #known: ReadonlySet<string>;
  readonly #meters = new Map<string, PastMeter>();
  readonly keepers = new Keepers((meter) => this.#open(meter));
  readonly #problems: { line: number; sentence: string }[] = [];
  #header: Header | undefined;
  #rows = 0;
  #rejected = 0;

  constructor(wish: CsvWish, house: ImportHouse, known: ReadonlySet<string>) {
    this.#wish = wish;
    this.#house = house;
    this.#known = known;
  }

  async take(cells: readonly string[], line: number): Promise<void> {
    if (this.#header === undefined) {
      const header = readHeader(cells);
      if (typeof header === "string") throw new ImportProblem("no-header", header);
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
    if (meter.waiting.length >= BATCH_ROWS) await this.keepers.keep(meter);
  }

  #reject(line: number, sentence: string): void {
    this.#rejected += 1;
    if (this.#problems.length < MOST_TOLD) this.#problems.push({ line, sentence });
  }

  #meterOf(named: string): PastMeter {
    const source = this.#known.has(named) && this.#meters.size < MOST_SOURCES ? named : this.#wish.source;
    const meter = this.#meters.get(source) ?? new PastMeter(source, zoneNamed(this.#wish.zone));
    this.#meters.set(source, meter);
    return meter;
  }

  #open(meter: PastMeter): Promise<Keeper> {
    const { site, point, dryRun, path, what } = this.#wish;
    const at: Destination = { meter: "", site, point, source: meter.name, joins: true };
    return Keeper.open(meter, at, { house: this.#house, dryRun, file: { path, what } });
  }

  async end(): Promise<CsvReport> {
    if (this.#header === undefined) throw new ImportProblem("no-header", "The file is empty.");
    await this.keepers.end(this.#meters.values());
    return this.#report();
  }

  #report(): CsvReport {
    const meters = this.keepers.reports();
    const firsts = meters.flatMap(({ firstMs }) => firstMs ?? []);
    const lasts = meters.flatMap(({ lastMs }) => lastMs ?? []);
    return {
      dryRun: this.#wish.dryRun,
      rows: this.#rows,
      samples: sumOf(meters.map(({ samples }) => samples)),
      rejected: this.#rejected,
      problems: this.#problems,
      ...(firsts.length === 0 ? {} : { firstMs: Math.min(...firsts) }),
      ...(lasts.length === 0 ? {} : { lastMs: Math.max(...lasts) }),
    };
  }
}
