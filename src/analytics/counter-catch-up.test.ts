import { describe, expect, it } from "vitest";
import type { Column } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import type { CounterDecision, CounterEventKind } from "./counter-events.ts";
import type { CounterSettings } from "./counter-settings.ts";
import { counterTruth } from "./counter-truth.ts";

const BEGIN = Date.UTC(2026, 5, 1, 12);
const HOUSE: CounterSettings = { connectionKw: 43 };

/** Readings every so many seconds. */
function readings(values: readonly number[], seconds = 10): Column {
  return {
    tMs: Float64Array.from(values, (_, i) => BEGIN + i * seconds * 1000),
    value: Float64Array.from(values),
    quality: new Uint16Array(values.length),
  };
}

const stays = (value: number, count = 70, step = 0): number[] => Array.from({ length: count }, (_, i) => value + i * step);
const rounded = (kwh: number): number => Number(kwh.toFixed(6));

interface Case {
  readonly name: string;
  readonly source: string;
  readonly values: readonly number[];
  readonly seconds?: number;
  readonly settings?: Partial<CounterSettings>;
  readonly kwh: number;
  readonly events: readonly CounterEventKind[];
  readonly open?: boolean;
}

const CASES: readonly Case[] = [
  {
    name: "523 kWh at once after half a day in which the register stood still: counted, and for a person",
    source: "F5, evcc #30592",
    values: [...stays(999.9, 101, 0.001), ...stays(1_000, 4_320), 1_523, ...stays(1_523, 70, 0.001)],
    settings: { connectionKw: 100 },
    kwh: 523.169,
    events: ["caught-up"],
    open: true,
  },
  {
    name: "a gap with a catch-up total whose reader is asked every quarter-hour",
    source: "F5",
    values: [...stays(100, 40, 0.125), ...stays(104.875, 48), 110.875, ...stays(110.875, 70, 0.125)],
    seconds: 900,
    kwh: 19.5,
    events: ["caught-up"],
    open: false,
  },
  {
    name: "15.5 MWh in ten seconds after a night of standing still: no connection brings that",
    source: "F1, sem-community #782",
    values: [...stays(40, 11, 0.01), ...stays(40.1, 4_320), 15_500.2, ...stays(15_500.2)],
    kwh: 0.1,
    events: ["implausible"],
    open: true,
  },
  {
    name: "a whole-kWh meter that stands still between its digits by nature",
    source: "F5",
    values: Array.from({ length: 20_000 }, (_, i) => 800 + Math.floor(i / 1_500)),
    kwh: 13,
    events: [],
  },
  {
    name: "a whole-kWh meter whose reader was stuck for half a day",
    source: "F5",
    values: [...stays(800, 2_000), 801, ...stays(801, 4_320), 806, ...stays(806, 2_000)],
    kwh: 6,
    events: ["caught-up"],
    open: false,
  },
  {
    name: "a holiday home that stands still for days and then uses a little",
    source: "F5",
    values: [...stays(500, 3_000), ...stays(500, 300, 0.015), ...stays(504.5, 200, 0.06)],
    seconds: 300,
    kwh: 16.44,
    events: [],
  },
  {
    name: "a holiday home in which a car is charged on arrival, read every quarter-hour",
    source: "F5",
    values: [...stays(500, 400), ...stays(502.75, 30, 2.75)],
    seconds: 900,
    kwh: 82.5,
    events: [],
  },
  {
    name: "a meter whose reader hears it once an hour and repeats it all the time",
    source: "F5",
    values: Array.from({ length: 120 * 24 }, (_, i) => 500 + Math.floor(i / 120) * (Math.floor(i / 120) > 12 ? 2.5 : 1.5)),
    seconds: 30,
    kwh: 57.5,
    events: [],
  },
  {
    name: "a reader that says zero for three days, once a quarter-hour: the way back is for a person",
    source: "F1, F3",
    values: [...stays(2_800, 40, 0.125), ...stays(0, 360), 2_836, ...stays(2_836, 70, 0.125)],
    seconds: 900,
    kwh: 13.5,
    events: ["reset", "implausible"],
  },
  {
    name: "a register that begins again and is stepped up after days, once a quarter-hour",
    source: "F3",
    values: [2_800, 0, ...stays(0.125, 300, 0.125), 2_836, ...stays(2_836, 70, 0.125)],
    seconds: 900,
    kwh: 46.125,
    events: ["reset", "implausible"],
  },
  {
    name: "zero for three readings, once a quarter-hour",
    source: "F1, refoss_rpc #14",
    values: [2_800, 0, 0, 0, 2_800.5, ...stays(2_800.5)],
    seconds: 900,
    kwh: 0.5,
    events: ["blip"],
    open: false,
  },
];

describe("a register that stood still, or was elsewhere for long", () => {
  it.each(CASES)("$name ($source)", ({ values, seconds, settings, kwh, events, open }) => {
    const truth = counterTruth(readings(values, seconds), { ...HOUSE, ...settings });
    expect(truth.events.map(({ kind }) => kind)).toEqual(events);
    expect(rounded(truth.energyKwh.at(-1) as number)).toBe(kwh);
    if (open !== undefined) expect(truth.events[0]?.open).toBe(open);
    for (const { sentence } of truth.events) expect(sentence).toMatch(/^The .+ kWh.+\.$/);
  });
});

describe("what a register caught up", () => {
  const caughtUp = [...stays(99, 101, 0.01), ...stays(100, 360), 112.5, ...stays(112.5, 70, 0.01)];
  const atMs = BEGIN + 461 * 10_000;

  it.each<[CounterDecision | undefined, number]>([
    [undefined, 14.19],
    ["real", 14.19],
    ["blip", 1.69],
    ["reset", 1.69],
    ["swap", 1.69],
  ])("counts as somebody decided: %s", (decision, kwh) => {
    const decisions = new Map(decision === undefined ? [] : [[atMs, decision]]);
    const { energyKwh, events } = counterTruth(readings(caughtUp), { ...HOUSE, resolutionKwh: 0.001, decisions });
    expect(rounded(energyKwh.at(-1) as number)).toBe(kwh);
    expect(events.map(({ tMs, open }) => [tMs, open])).toEqual([[atMs, decision === undefined]]);
    if (decision === undefined || decision === "real") expect(events[0]?.kind).toBe("caught-up");
  });

  it("is told in words, and marked where it came", () => {
    const { events, quality } = counterTruth(readings(caughtUp), HOUSE);
    expect(events[0]?.sentence).toBe(
      "The register stood still at 100 kWh for 60 minutes and then went to 112.5 kWh, far more than it counts around that time; " +
        "12.5 kWh are counted unless somebody decides otherwise.",
    );
    expect(quality[461]).toBe(QUALITY.filled | QUALITY.recoveredAfterGap | QUALITY.suspect);
  });

  it("is told again at the next night in which the reader is stuck", () => {
    const day = (first: number) => [...stays(first, 60, 0.125), ...stays(first + 7.375, 36)];
    const { events } = counterTruth(readings([...day(100), ...day(114), ...day(128), ...stays(142)], 900), {
      ...HOUSE,
      resolutionKwh: 0.001,
    });
    expect(events.map(({ kind, open }) => [kind, open])).toEqual([1, 2, 3].map(() => ["caught-up", false]));
  });
});
