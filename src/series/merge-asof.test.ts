import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NO_PARTNER, nearestIndex, type PairDirection } from "./nearest.ts";

// Results recorded from pandas are not ours to ship. Whoever has the folder names it in WATTKEEP_REAL_DATA.
const FOLDER = process.env["WATTKEEP_REAL_DATA"];
const WHY = FOLDER ? `in ${FOLDER}` : "skipped: WATTKEEP_REAL_DATA names no folder";
if (!FOLDER) console.info(`The check against results of pandas.merge_asof is ${WHY}.`);

type Cell = string | number | null;
interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}
interface Case {
  readonly test: string;
  readonly left: Table;
  readonly right: Table;
  readonly kwargs: { on: string; by?: string; tolerance?: string; direction?: PairDirection; allow_exact_matches?: boolean };
  readonly result?: Table;
}

describe.skipIf(!FOLDER)(`pairs of pandas (${WHY})`, () => {
  const cases = FOLDER
    ? (JSON.parse(readFileSync(join(FOLDER, "golden/merge_asof/dev_merge_asof_cases.json"), "utf8")) as { cases: Case[] }).cases
    : [];
  // What is out of order never becomes a column: pandas refuses it, and the store sorts it.
  const sorted = cases.filter(({ result }) => result !== undefined);

  it("are ours", () => {
    for (const one of sorted) expect([one.test, answered(one)]).toEqual([one.test, one.result?.rows]);
    console.info(
      `merge_asof: ${sorted.length} of ${cases.length} recorded cases are answered alike; ${cases.length - sorted.length} are out of order.`,
    );
    expect(sorted.length).toBeGreaterThan(10);
  });
});

/** The table that merge_asof gives: rows of the left one, cells of the right one behind. */
function answered({ left, right, kwargs }: Case): Cell[][] {
  const { on, by, direction = "backward", allow_exact_matches: exact = true } = kwargs;
  const taken = right.columns.map((name, i) => ({ name, i })).filter(({ name }) => name !== on && name !== by);
  const rows = left.rows.map((row) => [...row, ...taken.map(() => null)] as Cell[]);
  const keyOf = (table: Table, row: readonly Cell[]): Cell => (by === undefined ? "" : (row[table.columns.indexOf(by)] as Cell));
  for (const key of new Set(left.rows.map((row) => keyOf(left, row)))) {
    const ours = [...left.rows.keys()].filter((i) => keyOf(left, left.rows[i] as Cell[]) === key);
    const theirs = right.rows.filter((row) => keyOf(right, row) === key);
    const index = nearestIndex(
      Float64Array.from(ours, (i) => instant((left.rows[i] as Cell[])[left.columns.indexOf(on)] as Cell)),
      Float64Array.from(theirs, (row) => instant(row[right.columns.indexOf(on)] as Cell)),
      { toleranceMs: kwargs.tolerance === undefined ? Infinity : durationMs(kwargs.tolerance), direction, exact },
    );
    for (const [at, i] of ours.entries()) {
      const partner = index[at] === NO_PARTNER ? undefined : theirs[index[at] as number];
      if (partner) rows[i] = [...(left.rows[i] as Cell[]), ...taken.map(({ i: column }) => partner[column] as Cell)];
    }
  }
  return rows;
}

/** Milliseconds with their fraction: some rows are microseconds apart. */
function instant(cell: Cell): number {
  if (typeof cell !== "string") return Number(cell);
  const [seconds = "", fraction = "0"] = cell.split(".");
  return Date.parse(`${seconds}Z`) + Number(`0.${fraction}`) * 1_000;
}

/** `1 day, 0:00:00`, `0 days 00:00:00.010000`. */
function durationMs(text: string): number {
  const [, days, hours, minutes, seconds] = /^(\d+) days?,? (\d+):(\d+):([\d.]+)$/.exec(text) ?? [];
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1_000;
}
