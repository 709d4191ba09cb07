import { DAY_MS } from "#calendar/civil.ts";
import type { Column } from "#series/column.ts";
import { type Series, seriesKey } from "#sites/registry.ts";
import { conversion } from "#units/unit.ts";
import type { LineReading } from "./line-readings.ts";
import type { CsvMeter } from "./meter-book.ts";

/** Registers out of files; amounts have a source for each length, as a series has only one. */
export const CSV_REGISTERS = "csv-import";

/** What of a file goes to one series. */
export class Gathered {
  readonly meter: CsvMeter;
  /** As the file calls it. */
  readonly named: string;
  readonly draft: Omit<Series, "id">;
  readonly #values = new Map<number, number>();
  readonly #starts = new Map<number, number>();
  repeated = 0;

  constructor(meter: CsvMeter, named: string, draft: Omit<Series, "id">) {
    this.meter = meter;
    this.named = named;
    this.draft = draft;
  }

  /** Errors: a sentence where the unit cannot be told in that of the series. */
  add({ value, unit, tMs, fromMs }: LineReading): string | undefined {
    const inUnit = unit === "" ? Number : conversion(unit, this.draft.unit);
    if (inUnit === undefined) return `${unit} cannot be told in ${this.draft.unit}, which ${this.meter.id} counts`;
    if (this.#values.has(tMs)) this.repeated += 1;
    this.#values.set(tMs, inUnit(value) + 0);
    if (fromMs !== undefined) this.#starts.set(tMs, fromMs);
    return undefined;
  }

  get readings(): number {
    return this.#values.size;
  }

  /** In order of time, one row per instant. Missing: NaN at the beginning of a day whose day before is not told. */
  column(): Column {
    const rows = [...this.#values];
    // Days are not of one length: each lasts since the sample before it, so a gap needs one that says nothing.
    if (this.draft.kind === "delta")
      for (const fromMs of this.#starts.values()) if (!this.#values.has(fromMs)) rows.push([fromMs, Number.NaN]);
    const inOrder = [...new Map(rows)].toSorted((a, b) => a[0] - b[0]);
    return {
      tMs: Float64Array.from(inOrder, ([tMs]) => tMs),
      value: Float64Array.from(inOrder, ([, value]) => value),
      quality: new Uint16Array(inOrder.length),
    };
  }
}

/** The series a reading of a meter belongs to. */
export function draftOf({ site, point, quantity, unit }: CsvMeter, { fromMs, tMs }: LineReading, isDay: boolean): Omit<Series, "id"> {
  const lengthMs = fromMs === undefined ? 0 : tMs - fromMs;
  const minutes = Math.round(lengthMs / 60_000);
  const kind = lengthMs === 0 ? "counter" : isDay ? "delta" : "interval";
  const source = kind === "counter" ? CSV_REGISTERS : kind === "delta" ? "csv-days" : `csv-${minutes}min`;
  const parts = { site, point, quantity, source };
  const length = kind === "interval" ? { intervalMs: Math.min(lengthMs, DAY_MS) } : {};
  return { key: seriesKey(parts), ...parts, kind, unit, ...length, equalInstant: "last" };
}
