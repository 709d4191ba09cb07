import fc from "fast-check";
import { expect, test } from "vitest";
import { passesOf } from "./repeated-hour.ts";
import type { MeterRow } from "./row.ts";

const row = (localMs: number, kwh: number, seq = 0): MeterRow => ({
  seq,
  meter: "m",
  localMs,
  written: String(localMs),
  values: Float64Array.of(Number.NaN, kwh, Number.NaN, Number.NaN, Number.NaN, Number.NaN),
});
const AROUND = { beforeKwh: Number.NaN, afterKwh: Number.NaN };

/** Two passes of an hour, each ten minutes apart and five minutes from the other, with the steps of the register in between. */
const passes = fc.tuple(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 12, maxLength: 12 }), fc.integer({ min: 1, max: 9 }));

function hour(steps: readonly number[], inSequence: boolean) {
  let kwh = 100;
  const rows = steps.map((step, i) => {
    kwh += step;
    const second = i >= 6;
    return { second, row: row(((i % 6) * 10 + (second ? 5 : 0)) * 60_000, kwh, inSequence ? i : 0) };
  });
  return rows.toSorted((a, b) => a.row.localMs - b.row.localMs);
}

test("rows that still have the order they were written in are told apart, whatever the register shows", () => {
  fc.assert(
    fc.property(passes, ([steps]) => {
      const rows = hour(steps, true);
      const found = passesOf(
        rows.map((one) => one.row),
        AROUND,
      );
      expect([...found.second]).toEqual(rows.map(({ second }) => (second ? 1 : 0)));
      expect([...found.certain]).toEqual(rows.map(() => 1));
    }),
  );
});

test("else a register that rises tells every row apart, and neither pass ever falls", () => {
  fc.assert(
    fc.property(passes, ([steps, more]) => {
      const rows = hour(
        steps.map((step) => step + more),
        false,
      );
      const found = passesOf(
        rows.map((one) => one.row),
        AROUND,
      );
      expect([...found.second]).toEqual(rows.map(({ second }) => (second ? 1 : 0)));
    }),
  );
});

test("a register that stands still or counts whole kWh leaves rows uncertain, and never tells a wrong pass for certain", () => {
  fc.assert(
    fc.property(passes, ([steps]) => {
      const rows = hour(steps, false);
      const kwh = rows.map(({ row: { values } }) => values[1] as number);
      const rises = kwh.every((value, i) => i === 0 || value >= (kwh[i - 1] as number));
      // One pass or two cannot be told where all of it only rises.
      fc.pre(!rises);
      const found = passesOf(
        rows.map((one) => one.row),
        AROUND,
      );
      for (const [i, { second }] of rows.entries()) if (found.certain[i] === 1) expect([i, found.second[i]]).toEqual([i, second ? 1 : 0]);
    }),
    // The one step lies in the last reading of the first pass: two levels explain it equally well.
    { examples: [[[[0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0], 1]]] },
  );
});

test("readings of one pass alone belong beside the smaller step: the missing hour is where more was used", () => {
  const rows = [row(0, 100.2), row(60_000, 100.21)];
  expect([...passesOf(rows, { beforeKwh: 100.19, afterKwh: 100.9 }).second]).toEqual([0, 0]);
  expect([...passesOf(rows, { beforeKwh: 99.4, afterKwh: 100.22 }).second]).toEqual([1, 1]);
  expect([...passesOf(rows, AROUND).certain]).toEqual([0, 0]);
});

test("a momentary zero after a restart does not turn the passes round", () => {
  const rows = hour([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], false).map((one) => one.row);
  const broken = rows.map((one, i) => (i === 4 ? row(one.localMs, 0) : one));
  const found = passesOf(broken, AROUND);
  expect([...found.second].filter((_, i) => i !== 4)).toEqual([...passesOf(rows, AROUND).second].filter((_, i) => i !== 4));
  expect(found.certain[4]).toBe(0);
});
