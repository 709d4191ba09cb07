import { dateText } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import { type Column, lowerBound } from "#series/column.ts";

/** A value that is known and would be another one. */
export interface CsvChange {
  readonly tMs: number;
  readonly before: number;
  readonly after: number;
}

/** What a column would do to a series. */
export interface Compared {
  readonly fresh: number;
  readonly same: number;
  readonly changed: number;
  /** Local months in which something is new or changed, oldest first. */
  readonly months: readonly { readonly month: string; readonly new: number; readonly changed: number }[];
  /** Largest first. */
  readonly largest: readonly CsvChange[];
  /** Rows that are new or changed. */
  readonly rows: Column;
}

const MOST_TOLD = 10;

/** Compares what a file says with what is known. Rows that say nothing only mark a gap: they are not counted, and put nothing in the place of a value. */
export function compare(said: Column, had: Column, zone: Zone): Compared {
  const months = new Map<string, { new: number; changed: number }>();
  const changes: CsvChange[] = [];
  const kept: number[] = [];
  let [fresh, same] = [0, 0];
  let present = { fromMs: Number.NaN, toMs: Number.NaN, of: { new: 0, changed: 0 } };
  const note = (tMs: number, what: "new" | "changed"): void => {
    // What stands at the end of a month is that month's.
    if (!(tMs > present.fromMs && tMs <= present.toMs)) present = monthOf(tMs - 1, zone, months);
    present.of[what] += 1;
  };
  for (const [row, tMs] of said.tMs.entries()) {
    const at = lowerBound(had.tMs, tMs);
    const isKnown = had.tMs[at] === tMs;
    const [before, after] = [had.value[at] as number, said.value[row] as number];
    if (Number.isNaN(after)) {
      if (!isKnown) kept.push(row);
      continue;
    }
    if (isKnown && before === after) same += 1;
    else {
      kept.push(row);
      if (isKnown && !Number.isNaN(before)) changes.push({ tMs, before, after });
      else fresh += 1;
      note(tMs, isKnown && !Number.isNaN(before) ? "changed" : "new");
    }
  }
  const size = ({ before, after }: CsvChange): number => Math.abs(after - before);
  return {
    fresh,
    same,
    changed: changes.length,
    months: [...months].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([month, of]) => ({ month, ...of })),
    largest: changes.toSorted((a, b) => size(b) - size(a)).slice(0, MOST_TOLD),
    rows: {
      tMs: Float64Array.from(kept, (row) => said.tMs[row] as number),
      value: Float64Array.from(kept, (row) => said.value[row] as number),
      quality: new Uint16Array(kept.length),
    },
  };
}

/** The local month of an instant, and what is counted of it. */
function monthOf(tMs: number, zone: Zone, months: Map<string, { new: number; changed: number }>) {
  const name = dateText(tMs, zone).slice(0, 7);
  const of = months.get(name) ?? { new: 0, changed: 0 };
  months.set(name, of);
  return { fromMs: zone.startOf("month", tMs), toMs: zone.nextStart("month", tMs), of };
}
