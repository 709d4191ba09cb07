import { describe, expect, it } from "vitest";
import { DAY_MS } from "#calendar/civil.ts";
import { CONSUMED, type MeterConsumption } from "./meter-consumption.ts";
import { BERLIN } from "./meter-world.ts";
import { simpleSpans } from "./simple-spans.ts";

const START = Date.UTC(2023, 11, 31, 23);
const settings = { zone: BERLIN, unit: "kWh" };

/** Rows of a day each, all of them measured unless said. */
function days(amounts: readonly number[], filled: readonly number[] = []): MeterConsumption {
  return {
    edgesMs: Float64Array.from({ length: amounts.length + 1 }, (_, i) => START + i * DAY_MS),
    amount: Float64Array.from(amounts),
    measured: Float64Array.from(amounts, (amount, i) => (filled.includes(i) ? 0 : amount)),
    missingMs: new Float64Array(amounts.length),
    flags: Uint16Array.from(amounts, (_, i) => (filled.includes(i) ? CONSUMED.filled : 0)),
  };
}
const told = (amounts: readonly number[], filled?: readonly number[]): number[] =>
  simpleSpans(days(amounts, filled), settings).map(({ fromMs }) => Math.round((fromMs - START) / DAY_MS));
const times = (count: number, value: number): number[] => new Array<number>(count).fill(value);

/**
 * What the rule answers, what the original answered to the same consumption, and why they differ. The original judged one row per
 * day that was zero but at the end of a month, so its rows were not what was used on a day.
 */
describe.each([
  {
    rows: [...times(6, 10), 24],
    ours: [],
    theirs: [],
    why: "24 is not above twice the mean of seven that it is one of: 2.4 times the others is the limit",
  },
  { rows: [...times(6, 10), 25], ours: [6], theirs: [6], why: "25 is" },
  { rows: [10, 30], ours: [], theirs: [], why: "of two rows none is above the sum of both" },
  { rows: [99, 0], ours: [], theirs: [], why: "the first row is its own mean" },
  {
    rows: [...times(31, 10), ...times(28, 10)],
    ours: [],
    theirs: [30, 58],
    why: "310 and 280 a month at 10 a day: the original saw 30 zeros, 310, 27 zeros, 280, and told every month end",
  },
  {
    rows: [...times(30, 0), 310, ...times(27, 0), 280],
    ours: [30, 58],
    theirs: [30, 58],
    why: "where a day truly used 310 after 30 of nothing both tell it",
  },
])("$rows: $why", ({ rows, ours, theirs }) => {
  it(`tells ${ours}; the original told ${theirs}`, () => {
    expect(told(rows)).toEqual(ours);
    expect(originally(rows)).toEqual(theirs);
  });
});

/** The original, restated: the monthly difference on the last day of each month, zero on every other, unless there is no month end. */
function originally(rows: readonly number[]): number[] {
  const isDaily = rows.length < 31 || rows.includes(0);
  const seen = isDaily ? rows : [...times(30, 0), sum(rows.slice(0, 31)), ...times(27, 0), sum(rows.slice(31))];
  return seen.flatMap((value, i) => {
    const window = seen.slice(Math.max(0, i - 6), i + 1);
    return value > (2 * sum(window)) / window.length ? [i] : [];
  });
}
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe("the simple rule", () => {
  it("neither tells rows that are filled in nor compares with them", () => {
    expect(told([...times(6, 10), 25], [6])).toEqual([]);
    expect(told([...times(6, 10), 1000, 25], [6])).toEqual([7]);
    expect(told([...times(6, 10), Number.NaN, 25])).toEqual([7]);
  });

  it("says what it compared", () => {
    expect(simpleSpans(days([...times(6, 10), 25]), settings)[0]).toMatchObject({
      id: `simple:${START + 6 * DAY_MS}`,
      expected: 85 / 7,
      high: 170 / 7,
      sentence: "Used 25 kWh on Sunday 7 January 2024; more than twice the mean of the last 7, 12.1 kWh.",
    });
  });
});
