import { describe, expect, it } from "vitest";
import type { Column } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import type { CounterDecision, CounterEventKind } from "./counter-events.ts";
import type { CounterSettings } from "./counter-settings.ts";
import { sumOfCounters } from "./counter-sum.ts";
import { counterTruth } from "./counter-truth.ts";

const BEGIN = Date.UTC(2026, 5, 1, 12);
const HOUSE: CounterSettings = { connectionKw: 43 };

/** Readings every so many seconds; a text is one of bad quality. */
function readings(values: readonly (number | "–")[], seconds = 10): Column {
  return {
    tMs: Float64Array.from(values, (_, i) => BEGIN + i * seconds * 1000),
    value: Float64Array.from(values, (value) => (value === "–" ? 0 : value)),
    quality: Uint16Array.from(values, (value) => (value === "–" ? QUALITY.badStatus : 0)),
  };
}

const stays = (value: number, count = 70, step = 0): number[] => Array.from({ length: count }, (_, i) => value + i * step);
const rounded = (kwh: number): number => Number(kwh.toFixed(6));

interface Case {
  readonly name: string;
  readonly source: string;
  readonly values: readonly (number | "–")[];
  readonly seconds?: number;
  readonly settings?: Partial<CounterSettings>;
  readonly kwh: number;
  readonly events: readonly CounterEventKind[];
  readonly open?: boolean;
  readonly pending?: boolean;
}

const CASES: readonly Case[] = [
  {
    name: "one reading of zero and back, every 10 s",
    source: "F1, refoss_rpc #14",
    values: [3.737, "–", 0, 3.746],
    kwh: 0.009,
    events: ["blip"],
  },
  {
    name: "one reading of zero and back, every quarter-hour",
    source: "F1, refoss_rpc #14, evcc #30592",
    values: [3.737, "–", 0, 3.746],
    seconds: 900,
    kwh: 0.009,
    events: ["blip"],
  },
  {
    name: "a house meter whose reader sends zero: not 53.7 MWh in a quarter-hour",
    source: "F1, evcc #30592",
    values: [53_700.1, 0, 53_700.3, 53_700.4],
    seconds: 900,
    kwh: 0.3,
    events: ["blip"],
  },
  {
    name: "a reader that starts again: zero for ten minutes",
    source: "F1, sem-community #782",
    values: [15_500.2, ...stays(0, 60), 15_500.3, 15_500.4],
    kwh: 0.2,
    events: ["blip"],
  },
  {
    name: "a reader that says zero for the better part of an hour",
    source: "F1, sem-community #782",
    values: [3.737, ...stays(0, 340), 3.746],
    kwh: 0.009,
    events: ["blip"],
  },
  {
    name: "several readings elsewhere, not all the same",
    source: "F1",
    values: [500.1, 0, 0.001, 12.5, 500.2],
    kwh: 0.1,
    events: ["blip"],
  },
  {
    name: "a number far above for a moment",
    source: "n3rgy 16777.215, evcc #29286",
    values: [500.1, 16_777.215, 500.2, 500.2],
    kwh: 0.1,
    events: ["blip"],
  },
  {
    name: "a little too much for a moment",
    source: "F1",
    values: [100, 100.5, 100.01, 100.02],
    kwh: 0.02,
    events: ["blip"],
  },
  {
    name: "the last digit goes back",
    source: "F2, grott #99",
    values: [215.6, 215.7, 215.6, 215.6, 215.7, 215.8],
    kwh: 0.2,
    events: ["jitter"],
  },
  {
    name: "the last digit flickers all night",
    source: "F2, grott #99",
    values: [215.6, ...Array.from({ length: 2_000 }, (_, i) => (i % 7 === 0 ? 215.7 : 215.6)), 215.7],
    kwh: 0.1,
    events: ["jitter"],
  },
  {
    name: "a register that begins again and stays low, within what the connection gives",
    source: "F3",
    values: [439_534, 0.1, ...stays(0.1, 70, 0.1)],
    seconds: 60,
    kwh: 7,
    events: ["reset"],
    open: false,
  },
  {
    name: "a register that begins again by more than can be: for a person",
    source: "F3, hass_wibeee #191",
    values: [439_534, 718, ...stays(718, 70, 0.1)],
    kwh: 6.9,
    events: ["reset"],
    open: true,
  },
  {
    name: "an older total after a restart: it goes on from there",
    source: "Tasmota #7766",
    values: [215.7, 213.2, ...stays(213.2, 70, 0.1)],
    seconds: 3_600,
    kwh: 6.9,
    events: ["reset"],
    open: true,
  },
  ...[2 ** 16, 1e5, 1e6, 1e7, 1e8, 2 ** 32].map(
    (end): Case => ({
      name: `a register of ${end} digits that passes its end`,
      source: "F4",
      values: [...[3, 2, 1].map((digits) => (end - digits) / 10), 0.1, ...stays(0.2)],
      settings: { resolutionKwh: 0.1 },
      kwh: 0.5,
      events: ["rollover"],
      open: false,
    }),
  ),
  {
    name: "an end somebody stated",
    source: "F4",
    values: [7_900, 100, ...stays(100)],
    seconds: 86_400,
    settings: { modulusKwh: 8_000 },
    kwh: 200,
    events: ["rollover"],
    open: false,
  },
  {
    name: "far from any end it has not passed it",
    source: "F4",
    values: [61_234.5, 40.2, ...stays(40.2)],
    kwh: 0,
    events: ["reset"],
    open: true,
  },
  {
    name: "another meter, readings written down",
    source: "F5",
    values: [99_812, 3, ...stays(3)],
    settings: { swaps: [{ tMs: BEGIN + 5_000, endKwh: 99_812.4, startKwh: 2.9 }] },
    kwh: 0.5,
    events: ["swap"],
    open: false,
  },
  {
    name: "another meter, nothing written down",
    source: "F5",
    values: [99_812, 3, 3.1],
    settings: { swaps: [{ tMs: BEGIN + 5_000 }] },
    kwh: 0.1,
    events: ["swap"],
    open: false,
  },
  {
    name: "more than the connection can deliver",
    source: "evcc #30592, Tasmota #15212",
    values: [100, 5_000, ...stays(5_000, 70, 0.1)],
    kwh: 6.9,
    events: ["implausible"],
    open: true,
  },
  { name: "a reader that has not heard its meter yet", source: "F1", values: [0, 0, 4_711.2, ...stays(4_711.3)], kwh: 0.1, events: [] },
  {
    name: "messages that waited and came at once",
    source: "F5",
    values: stays(100, 100, 0.01),
    seconds: 0.02,
    kwh: 0.99,
    events: [],
  },
  {
    name: "a reader that could not see its meter and said the same for an hour",
    source: "F5",
    values: [...stays(99.9, 11, 0.01), ...stays(100, 360), 103.5, ...stays(103.5, 70, 0.01)],
    kwh: 4.29,
    events: ["caught-up"],
    open: false,
  },
  { name: "everything a silence counted", source: "F5", values: [100, 340], seconds: 86_400, kwh: 240, events: [] },
  { name: "bad quality never counts", source: "F1", values: [100, "–", "–", 100.1], kwh: 0.1, events: [] },
  {
    name: "zero as the newest reading is not known to be anything yet",
    source: "F1",
    values: [3.737, 3.74, 0],
    kwh: 0.003,
    events: ["reset"],
    open: true,
    pending: true,
  },
];

describe("what a register does besides counting", () => {
  it.each(CASES)("$name ($source)", ({ values, seconds, settings, kwh, events, open, pending }) => {
    const truth = counterTruth(readings(values, seconds), { ...HOUSE, ...settings });
    expect(rounded(truth.energyKwh.at(-1) as number)).toBe(kwh);
    expect(truth.events.map(({ kind }) => kind)).toEqual(events);
    if (open !== undefined) expect(truth.events[0]?.open).toBe(open);
    expect(truth.events[0]?.pending ?? false).toBe(pending ?? false);
    for (const { sentence } of truth.events) expect(sentence).toMatch(/^The .+ kWh.+\.$/);
  });

  it("keeps what it was taken for, with the readings around it and what counts", () => {
    const [event] = counterTruth(readings([3.737, "–", 0, 3.746]), HOUSE).events;
    expect({ ...event, countedKwh: rounded(event?.countedKwh ?? Number.NaN) }).toEqual({
      kind: "blip",
      tMs: BEGIN + 20_000,
      beforeKwh: 3.737,
      afterKwh: 3.746,
      beforeMs: BEGIN,
      afterMs: BEGIN + 30_000,
      countedKwh: 0.009,
      open: false,
      sentence: "The register went from 3.737 kWh to 0 kWh for a moment and back to 3.746 kWh; 0.009 kWh are counted.",
    });
  });

  it("does not take a counter of one day for a blip, however often it begins again", () => {
    const days = [0, 1, 2].flatMap(() => stays(0, 144, 0.02));
    const { energyKwh, events } = counterTruth(readings(days, 600), { ...HOUSE, resolutionKwh: 0.001 });
    expect(rounded(energyKwh.at(-1) as number)).toBe(rounded(3 * 143 * 0.02));
    expect(events.map(({ kind, open }) => [kind, open])).toEqual([
      ["reset", false],
      ["reset", false],
    ]);
  });

  it("takes a reset for one although nonsense is shown on the way back up to where it was", () => {
    // 100 kWh, begun again, 9999 for a moment, and past 100 after 25 hours.
    const column = readings([...stays(95, 11, 0.5), ...stays(0.5, 30, 0.5), 9_999, ...stays(16, 200, 0.5)], 900);
    const { energyKwh, events } = counterTruth(column, HOUSE);
    expect(events.map(({ kind }) => kind)).toEqual(["reset", "blip"]);
    expect(energyKwh.at(-1)).toBeCloseTo(5 + 115.5, 9);
  });

  it("adds registers that are each freed of their own resets", () => {
    // Source: home-assistant/core #133588, where the sum fell and was booked whole.
    const night = counterTruth(readings([5_000, 5_000.1, 0, 5_000.2, 5_000.3]), HOUSE);
    const day = counterTruth(readings([800, 800.2, 800.4, 800.6, 800.8]), HOUSE);
    const sum = sumOfCounters([night, day]);
    expect(Array.from(sum.energyKwh, rounded)).toEqual([0, 0.3, 0.55, 0.8, 1.1]);
    expect(sum.events.map(({ kind }) => kind)).toEqual(["blip"]);
  });
});

describe("what people decide", () => {
  const reset = [439_534, 718, ...stays(718, 70, 0.1)];
  const jump = [100, 5_000, ...stays(5_000, 70, 0.1)];
  const blip = [3.737, 0, 3.746];
  const decided: readonly [string, readonly number[], CounterDecision, number][] = [
    ["a reset counts from 0", reset, "reset", 724.9],
    ["another meter counts nothing", reset, "swap", 6.9],
    ["nonsense counts nothing", reset, "blip", 6.9],
    ["a rollover counts up to the next end", [999_990, 5, ...stays(5)], "rollover", 15],
    ["a real jump counts whole", jump, "real", 4_906.9],
    ["a blip may be one", blip, "blip", 0.009],
  ];
  it.each(decided)("%s", (_name, values, decision, kwh) => {
    const decisions = new Map([[BEGIN + 10_000, decision]]);
    const truth = counterTruth(readings(values), { ...HOUSE, resolutionKwh: 0.001, decisions });
    expect(rounded(truth.energyKwh.at(-1) as number)).toBe(kwh);
    expect(truth.events[0]?.open).toBe(false);
    expect(truth.events).toHaveLength(1);
  });

  it("overrule what is taken for a blip", () => {
    const decisions = new Map<number, CounterDecision>([[BEGIN + 900_000, "reset"]]);
    const { energyKwh, events } = counterTruth(readings([3.737, 0, 0.01, 0.02, 3.75, ...stays(3.75)], 900), { ...HOUSE, decisions });
    expect(rounded(energyKwh.at(-1) as number)).toBe(3.75);
    expect(events.map(({ kind }) => kind)).toEqual(["reset"]);
  });
});
