import { HOUR_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { QUALITY } from "#series/quality.ts";
import { passesOf } from "./repeated-hour.ts";
import { BOUGHT, type MeterRow } from "./row.ts";

/** A row at its instant. */
export interface PlacedRow {
  readonly tMs: number;
  readonly quality: number;
  readonly row: MeterRow;
}

/** What came of a clock reading: rows at their instants, ascending; held back while the repeated hour runs; or never shown by the clock. */
export type Placed = readonly PlacedRow[] | "never-shown";

/** More rows than any meter sends in a repeated hour: what comes beyond is judged by itself, so that memory has an end. */
const MOST_HELD = 100_000;

/** Turns the clock readings of one meter, ascending, into instants. */
export class RowClock {
  readonly #zone: Zone;
  #held: MeterRow[] = [];
  #lastKwh = Number.NaN;
  #hour = Number.NaN;
  /** The offset of a whole hour of clock readings that occur once; NaN for an hour around a change. */
  #offsetMs = Number.NaN;
  repeated = 0;
  uncertain = 0;

  constructor(zone: Zone) {
    this.#zone = zone;
  }

  take(row: MeterRow): Placed {
    if (row.tMs !== undefined) return [...this.#released(row), this.#placed(row, row.tMs)];
    const plain = this.#plainInstant(row.localMs);
    if (plain !== undefined)
      return this.#held.length === 0 ? [this.#placed(row, plain)] : [...this.#released(row), this.#placed(row, plain)];
    const [first, second] = this.#zone.instantsOf(row.localMs);
    if (first === undefined) return "never-shown";
    if (second === undefined) return [...this.#released(row), this.#placed(row, first)];
    this.#held.push(row);
    return this.#held.length < MOST_HELD ? [] : this.end();
  }

  /** What is still held back, once no row follows. */
  end(): readonly PlacedRow[] {
    return this.#released(undefined);
  }

  #placed(row: MeterRow, tMs: number): PlacedRow {
    const kwh = row.values[BOUGHT] as number;
    if (!Number.isNaN(kwh)) this.#lastKwh = kwh;
    return { tMs, quality: row.quality ?? 0, row };
  }

  #plainInstant(localMs: number): number | undefined {
    const hour = Math.floor(localMs / HOUR_MS);
    if (hour !== this.#hour) {
      this.#hour = hour;
      this.#offsetMs = this.#offsetOfHour(hour * HOUR_MS);
    }
    return Number.isNaN(this.#offsetMs) ? undefined : localMs - this.#offsetMs;
  }

  #offsetOfHour(startMs: number): number {
    const [begins, again] = this.#zone.instantsOf(startMs);
    const [ends, endsAgain] = this.#zone.instantsOf(startMs + HOUR_MS - 1);
    const once = begins !== undefined && ends !== undefined && again === undefined && endsAgain === undefined;
    return once && ends - begins === HOUR_MS - 1 ? startMs - begins : Number.NaN;
  }

  #released(next: MeterRow | undefined): PlacedRow[] {
    const rows = this.#held;
    if (rows.length === 0) return [];
    this.#held = [];
    const passes = passesOf(rows, { beforeKwh: this.#lastKwh, afterKwh: next?.values[BOUGHT] ?? Number.NaN });
    const placed = rows.map((row, i): PlacedRow => {
      const [first = Number.NaN, second = Number.NaN] = this.#zone.instantsOf(row.localMs);
      const uncertain = passes.certain[i] === 0;
      if (uncertain) this.uncertain += 1;
      return { tMs: passes.second[i] === 1 ? second : first, quality: (row.quality ?? 0) | (uncertain ? QUALITY.clockUncertain : 0), row };
    });
    this.repeated += rows.length;
    return placed.toSorted((a, b) => a.tMs - b.tMs);
  }
}
