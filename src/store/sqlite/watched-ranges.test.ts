import { expect, test } from "vitest";
import { OUTCOME } from "#store/batch.ts";
import { columnOf, type SampleRow, samplesOf } from "#store/contract/world.ts";
import { WatchedRanges } from "./watched-ranges.ts";

function tornBy(change: (ranges: WatchedRanges) => void): boolean {
  const ranges = new WatchedRanges();
  const watch = ranges.begin(1, 100);
  watch.toMs = 200;
  change(ranges);
  return watch.torn;
}

const append = (row: SampleRow, outcome: number) => tornBy((ranges) => ranges.appended(samplesOf([row]), Uint8Array.of(outcome)));

test("only a change inside what was read tears it", () => {
  expect(append([1, 150, 1], OUTCOME.stored)).toBe(true);
  expect(append([1, 100, 1], OUTCOME.replaced)).toBe(true);
  expect(append([1, 150, 1], OUTCOME.duplicate)).toBe(false);
  expect(append([1, 150, 1], OUTCOME.refused)).toBe(false);
  expect(append([1, 200, 1], OUTCOME.stored)).toBe(false);
  expect(append([1, 99, 1], OUTCOME.stored)).toBe(false);
  expect(append([2, 150, 1], OUTCOME.stored)).toBe(false);
  expect(tornBy((ranges) => ranges.imported(1, columnOf([[150, 1]])))).toBe(true);
  expect(tornBy((ranges) => ranges.imported(1, columnOf([[200, 1]])))).toBe(false);
  expect(
    tornBy((ranges) =>
      ranges.imported(
        1,
        columnOf([
          [200, 1],
          [150, 1],
        ]),
      ),
    ),
  ).toBe(true);
  expect(tornBy((ranges) => ranges.corrected())).toBe(true);
  expect(tornBy(() => {})).toBe(false);
});
