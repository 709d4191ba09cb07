import type { Zone } from "#calendar/zone.ts";
import type { SampleCounts } from "#intake/newcomers.ts";
import type { Column } from "#series/column.ts";
import { conversion } from "#units/unit.ts";
import { type PlacedRow, RowClock } from "./clock.ts";
import type { Destination } from "./destination.ts";
import type { MeterReport, Register } from "./report.ts";
import { BOUGHT, type MeterRow, SAID } from "./row.ts";

const SOLD = 2;
const POWER = 0;

/** What one meter of a file has said so far, and what of it waits to be kept. */
export class PastMeter {
  /** As the file names it. */
  readonly name: string;
  readonly clock: RowClock;
  readonly samples: SampleCounts = { fresh: 0, known: 0, different: 0, covered: 0 };
  waiting: PlacedRow[] = [];
  rows = 0;
  doubled = 0;
  #withPower = 0;
  #first: PlacedRow | undefined;
  #last: PlacedRow | undefined;
  readonly #bought = new RegisterSum(BOUGHT);
  readonly #sold = new RegisterSum(SOLD);

  constructor(name: string, zone: Zone) {
    this.name = name;
    this.clock = new RowClock(zone);
  }

  /** Rows at one instant: the later one counts. */
  add(placed: readonly PlacedRow[]): void {
    for (const one of placed) {
      const before = this.waiting.at(-1);
      if (before?.tMs === one.tMs) {
        this.doubled += 1;
        this.waiting.pop();
      } else {
        this.rows += 1;
        this.#first ??= one;
      }
      this.#last = one;
      this.waiting.push(one);
      this.#count(one.row);
    }
  }

  #count(row: MeterRow): void {
    if (!Number.isNaN(row.values[POWER] as number)) this.#withPower += 1;
    this.#bought.add(row);
    this.#sold.add(row);
  }

  get firstMs(): number | undefined {
    return this.#first?.tMs;
  }

  /** Takes away what waits, in order of time. */
  taken(): readonly PlacedRow[] {
    const rows = inOrder(this.waiting);
    this.waiting = [];
    return rows;
  }

  report(at: Destination): MeterReport {
    const [first, last, bought, sold] = [this.#first, this.#last, this.#bought.sum(), this.#sold.sum()];
    return {
      meter: this.name,
      point: `${at.site}/${at.point}`,
      source: at.source,
      joins: at.joins,
      rows: this.rows,
      ...(first === undefined ? {} : { first: first.row.written, firstMs: first.tMs }),
      ...(last === undefined ? {} : { last: last.row.written, lastMs: last.tMs }),
      ...(bought === undefined ? {} : { bought }),
      ...(sold === undefined ? {} : { sold }),
      withPower: this.#withPower,
      samples: this.samples,
    };
  }
}

class RegisterSum {
  readonly #at: number;
  #firstKwh = Number.NaN;
  #lastKwh = Number.NaN;
  #falls = 0;

  constructor(at: number) {
    this.#at = at;
  }

  add({ values }: MeterRow): void {
    const kwh = values[this.#at] as number;
    if (Number.isNaN(kwh)) return;
    if (Number.isNaN(this.#firstKwh)) this.#firstKwh = kwh;
    if (kwh < this.#lastKwh) this.#falls += 1;
    this.#lastKwh = kwh;
  }

  sum(): Register | undefined {
    return Number.isNaN(this.#firstKwh) ? undefined : { firstKwh: this.#firstKwh, lastKwh: this.#lastKwh, falls: this.#falls };
  }
}

/** What rows say of one quantity, ascending, in the unit of its series. Missing: rows that say nothing of it have none. */
export function columnOf(rows: readonly PlacedRow[], said: number, unit: string): Column {
  const inUnit = conversion(SAID[said]?.unit ?? "", unit);
  const telling = rows.filter(({ row }) => !Number.isNaN(row.values[said] as number));
  return {
    tMs: Float64Array.from(telling, ({ tMs }) => tMs),
    value: Float64Array.from(telling, ({ row }) => (inUnit ?? Number)(row.values[said] as number) + 0),
    quality: Uint16Array.from(telling, ({ quality }) => quality),
  };
}

/** Rows in order of time, one per instant: a repeated hour that was cut in two may have left them otherwise. */
function inOrder(rows: readonly PlacedRow[]): readonly PlacedRow[] {
  if (rows.every((row, i) => i === 0 || row.tMs > (rows[i - 1] as PlacedRow).tMs)) return rows;
  const byInstant = new Map(rows.map((row) => [row.tMs, row]));
  return [...byInstant.values()].toSorted((a, b) => a.tMs - b.tMs);
}
