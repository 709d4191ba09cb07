import { DAY_MS } from "#calendar/civil.ts";
import { CSV_SOURCE } from "#intake/csv-text.ts";
import type { Column } from "#series/column.ts";
import { type Series, seriesKey } from "#sites/registry.ts";
import { conversion } from "#units/unit.ts";
import type { LineReading } from "./line-readings.ts";
import type { CsvMeter } from "./meter-book.ts";

const FIRST_ROWS = 256;

/** What of a file goes to one series: columns that grow, for a file may have millions of lines. */
export class Gathered {
  readonly meter: CsvMeter;
  /** As the file calls it. */
  readonly named: string;
  readonly draft: Omit<Series, "id">;
  #tMs = new Float64Array(FIRST_ROWS);
  #value = new Float64Array(FIRST_ROWS);
  #rows = 0;
  /** Beginnings of days. */
  readonly #starts: number[] = [];
  readonly #units = new Map<string, ((value: number) => number) | undefined>();

  constructor(meter: CsvMeter, named: string, draft: Omit<Series, "id">) {
    this.meter = meter;
    this.named = named;
    this.draft = draft;
  }

  /** Errors: a sentence where the unit cannot be told in that of the series. */
  add({ value, unit, tMs, fromMs }: LineReading): string | undefined {
    const inUnit = this.#inUnit(unit);
    if (inUnit === undefined) return `${unit} cannot be told in ${this.draft.unit}, which ${this.meter.id} counts`;
    if (this.#rows === this.#tMs.length) this.#grow();
    this.#tMs[this.#rows] = tMs;
    this.#value[this.#rows] = inUnit(value) + 0;
    this.#rows += 1;
    if (fromMs !== undefined && this.draft.kind === "delta") this.#starts.push(fromMs);
    return undefined;
  }

  #inUnit(unit: string): ((value: number) => number) | undefined {
    if (unit === "") return Number;
    if (!this.#units.has(unit)) this.#units.set(unit, conversion(unit, this.draft.unit));
    return this.#units.get(unit);
  }

  #grow(): void {
    const [tMs, value] = [new Float64Array(this.#rows * 2), new Float64Array(this.#rows * 2)];
    tMs.set(this.#tMs);
    value.set(this.#value);
    this.#tMs = tMs;
    this.#value = value;
  }

  /** Rows in order of time, one per instant, the last of the file; and how many were said again. */
  told(): Told {
    const rows = this.#inOrder();
    const kept = rows.filter((row, i) => this.#tMs[row] !== this.#tMs[rows[i + 1] ?? -1]);
    const column = columnOf(kept, this.#tMs, this.#value);
    return {
      column: this.#starts.length === 0 ? column : withGaps(column, this.#starts),
      readings: kept.length,
      repeated: this.#rows - kept.length,
    };
  }

  #inOrder(): Uint32Array {
    const rows = Uint32Array.from({ length: this.#rows }, (_, i) => i);
    const tMs = this.#tMs;
    for (let i = 1; i < this.#rows; i += 1)
      if ((tMs[i] as number) < (tMs[i - 1] as number)) return rows.sort((a, b) => (tMs[a] as number) - (tMs[b] as number) || a - b);
    return rows;
  }
}

/** What a file says of one series. */
export interface Told {
  readonly column: Column;
  readonly readings: number;
  readonly repeated: number;
}

function columnOf(rows: Uint32Array, tMs: Float64Array, value: Float64Array): Column {
  return {
    tMs: Float64Array.from(rows, (row) => tMs[row] as number),
    value: Float64Array.from(rows, (row) => value[row] as number),
    quality: new Uint16Array(rows.length),
  };
}

/** Days are not of one length: each lasts since the sample before it, so a gap needs one that says nothing. */
function withGaps({ tMs, value }: Column, starts: readonly number[]): Column {
  const rows = new Map(Array.from(tMs, (at, i) => [at, value[i] as number]));
  for (const fromMs of starts) if (!rows.has(fromMs)) rows.set(fromMs, Number.NaN);
  const inOrder = [...rows].toSorted((a, b) => a[0] - b[0]);
  return {
    tMs: Float64Array.from(inOrder, ([at]) => at),
    value: Float64Array.from(inOrder, ([, said]) => said),
    quality: new Uint16Array(inOrder.length),
  };
}

/** The series a reading of a meter belongs to. */
export function draftOf({ site, point, quantity, unit }: CsvMeter, { fromMs, tMs }: LineReading, isDay: boolean): Omit<Series, "id"> {
  const lengthMs = fromMs === undefined ? 0 : tMs - fromMs;
  const minutes = Math.round(lengthMs / 60_000);
  const kind = lengthMs === 0 ? "counter" : isDay ? "delta" : "interval";
  // Amounts have a source for each length, as a series has only one.
  const source = kind === "counter" ? CSV_SOURCE : kind === "delta" ? "csv-days" : `csv-${minutes}min`;
  const parts = { site, point, quantity, source };
  const length = kind === "interval" ? { intervalMs: Math.min(lengthMs, DAY_MS) } : {};
  return { key: seriesKey(parts), ...parts, kind, unit, ...length, equalInstant: "last" };
}
