import type { FileContent, FileProblem, FileSaying } from "#dialects/file-format.ts";
import { QUALITY } from "#series/quality.ts";
import { type Columns, columnsOf } from "./header.ts";
import type { Options } from "./options.ts";
import { type Row, readRow } from "./row.ts";
import { type IntervalEnd, Timeline } from "./timeline.ts";

const MOST_PROBLEMS = 1_000;
const MOST_DECIMALS = 3;

/** Takes the lines of one file, the header first, and tells at the end what it holds. */
export class Rows {
  readonly #options: Options;
  readonly #timeline: Timeline | undefined;
  #columns: Columns | undefined;
  #headed = false;
  readonly #ends: IntervalEnd[] = [];
  readonly #rows: Row[] = [];
  readonly #lines: number[] = [];
  readonly #problems: FileProblem[] = [];
  #problemCount = 0;
  #decimals = 0;

  constructor(options: Options, writtenMs: number) {
    const { zone, intervalMs, toleranceMs } = options;
    this.#options = options;
    this.#timeline = zone && new Timeline({ zone, intervalMs, toleranceMs, writtenMs });
  }

  take(cells: readonly string[], line: number): void {
    if (!this.#headed) this.#head(cells);
    else if (this.#columns !== undefined) this.#row(cells, this.#columns, line);
  }

  /** Something is wrong with the file beyond a single cell: nothing of it can be believed. */
  broken(problem: FileProblem): void {
    this.#columns = undefined;
    this.#headed = true;
    this.#problem(problem);
  }

  #head(cells: readonly string[]): void {
    this.#headed = true;
    const columns = columnsOf(cells);
    if ("code" in columns) this.#problem(columns as FileProblem);
    else this.#columns = columns;
    if (this.#timeline !== undefined) return;
    this.broken({
      code: "no-zone",
      sentence: "The times have no offset and the source no zone; set `zone` in its options or at its site.",
    });
  }

  #row(cells: readonly string[], columns: Columns, line: number): void {
    const row = readRow(cells, columns, line);
    if (Array.isArray(row)) {
      for (const problem of row) this.#problem(problem);
      return;
    }
    const end = (this.#timeline as Timeline).end(row.localMs);
    if ("code" in end) {
      this.#problem({ line, column: "Time", ...end });
      return;
    }
    this.#rows.push(row);
    this.#ends.push(end);
    this.#lines.push(line);
    while (this.#decimals < MOST_DECIMALS && !isWhole(row.energyKwh * 10 ** this.#decimals)) this.#decimals++;
  }

  #problem(problem: FileProblem): void {
    this.#problemCount++;
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push(problem);
  }

  content(): FileContent {
    if (!this.#headed) this.broken({ code: "empty", sentence: "The file is empty." });
    const refused = this.#columns === undefined || (this.#problemCount > 0 && !this.#options.leaveOut);
    const order = refused ? [] : this.#lastOfEach();
    const once = this.#hoursSeenOnce();
    const quality = Uint16Array.from(order, (i) => this.#quality(i, once));
    return {
      tMs: Float64Array.from(order, (i) => (this.#ends[i] as IntervalEnd).tMs),
      quality,
      line: Uint32Array.from(order, (i) => this.#lines[i] as number),
      sayings: this.#sayings(order),
      repeated: refused ? 0 : this.#rows.length - order.length,
      problems: this.#problems,
      problemCount: this.#problemCount,
      refused,
      lenient: this.#options.leaveOut,
      stepKwh: 10 ** -this.#decimals,
    };
  }

  /** Rows in order of time; of those with one instant the last of the file. */
  #lastOfEach(): number[] {
    const at = new Map<number, number>();
    for (const [i, end] of this.#ends.entries()) at.set(end.tMs, i);
    return [...at].sort(([a], [b]) => a - b).map(([, i]) => i);
  }

  /** Nights whose repeated hour the file goes through once only: no order tells which of the two that was. */
  #hoursSeenOnce(): Set<number> {
    const twice = new Set(this.#ends.filter(({ second }) => second === true).map(({ night }) => night));
    return new Set(this.#ends.flatMap(({ night }) => (night === undefined || twice.has(night) ? [] : [night])));
  }

  #quality(i: number, once: ReadonlySet<number>): number {
    const { night, live } = this.#ends[i] as IntervalEnd;
    const { quality } = this.#rows[i] as Row;
    return night !== undefined && once.has(night) && live !== true ? quality | QUALITY.clockUncertain : quality;
  }

  #sayings(order: readonly number[]): FileSaying[] {
    const { point, intervalMs } = this.#options;
    const place = { device: "plc", point, pointName: point === "main" ? "Main meter" : point };
    const column = (of: (row: Row) => number): Float64Array => Float64Array.from(order, (i) => of(this.#rows[i] as Row));
    const interval = { ...place, kind: "interval", intervalMs } as const;
    return [
      { ...interval, quantity: "energy", unit: "kWh", value: column((row) => row.energyKwh) },
      { ...interval, quantity: "demand", unit: "kW", value: column((row) => row.demandKw) },
      { ...interval, quantity: "interval-pulses", unit: "pulse", value: column((row) => row.pulses) },
      { ...place, quantity: "energy-total", unit: "kWh", kind: "counter", value: column((row) => row.totalKwh) },
    ];
  }
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-6;
}
