import type { MeterFact } from "./meter-edits.ts";
import type { MeterDetailAnswer, MeterFigureAnswer, MeterInfo, MetersAnswer } from "./meters.ts";

/*
 * A house on Tuesday 10 March 2026, 18:04:10 by its clock (CET, UTC+1). Its cold water is read by hand about once a month, at 4.10 EUR a
 * cubic metre; 7.3 m³ lie between the readings of 1 February and 1 March.
 */
const NOW_MS = 1_773_162_250_000;
export const EXAMPLE_ZONE = "Europe/Berlin";
export const EXAMPLE_METER = "house.water_cold";
/** Midnight of 1 February, of 1 March and of 1 January. */
const FEBRUARY_MS = 1_769_900_400_000;
const MARCH_MS = 1_772_319_600_000;
const YEAR_MS = 1_767_222_000_000;

const CLOCKS: Readonly<Record<number, string>> = {
  [YEAR_MS]: "2026-01-01T00:00:00+01:00",
  [FEBRUARY_MS]: "2026-02-01T00:00:00+01:00",
  [MARCH_MS]: "2026-03-01T00:00:00+01:00",
  [NOW_MS]: "2026-03-10T18:04:10+01:00",
};

/** What is known of a stretch between two of the instants above. */
export function exampleFigure(range: readonly [fromMs: number, toMs: number], more: Partial<MeterFigureAnswer>): MeterFigureAnswer {
  const [fromMs, toMs] = range;
  const local = { fromLocal: CLOCKS[fromMs] ?? "", toLocal: CLOCKS[toMs] ?? "" };
  return { fromMs, toMs, ...local, amount: null, measured: null, missingMs: 0, flags: [], cost: null, ...more };
}

export const FEBRUARY_EXAMPLE = exampleFigure([FEBRUARY_MS, MARCH_MS], { amount: 7.3, measured: 7.3, cost: "29.93" });

const METER: MeterInfo = {
  id: EXAMPLE_METER,
  site: "house",
  meter: "water_cold",
  name: "Cold water",
  description: "Cellar, behind the stairs",
  kind: "physical",
  medium: "water",
  group: "House",
  unit: "m³",
  standing: "live",
  because: "",
  lastMs: MARCH_MS,
  lastValue: 412.6,
  dueMs: MARCH_MS + 2_419_200_000,
  everyMs: 2_419_200_000,
  readings: 38,
  thisMonth: exampleFigure([MARCH_MS, NOW_MS], { amount: 2.54, measured: 0, flags: ["filled", "extended"], cost: "10.414" }),
  yearBefore: exampleFigure([MARCH_MS, NOW_MS], { missingMs: NOW_MS - MARCH_MS }),
  thisYear: exampleFigure([YEAR_MS, NOW_MS], { amount: 18.1, measured: 15.4, flags: ["filled", "extended"], cost: "74.21" }),
  months: [FEBRUARY_EXAMPLE],
  within: [],
  parts: [],
  openEvents: 0,
  openAnomalies: 1,
  removedOn: null,
  calibratedUntil: "2031-12-31",
  serial: "8SEN0123456789",
  declared: null,
  demo: false,
};

export const METERS_EXAMPLE: MetersAnswer = {
  nowMs: NOW_MS,
  sentence: "1 meter: 1 live",
  counts: { live: 1, due: 0, silent: 0, implausible: 0, ended: 0, waiting: 0, broken: 0 },
  sites: [{ id: "house", name: "House", zone: EXAMPLE_ZONE, currency: "EUR" }],
  meters: [METER],
};

export const METER_DETAIL_EXAMPLE: MeterDetailAnswer = {
  ...METER,
  nowMs: NOW_MS,
  zone: EXAMPLE_ZONE,
  currency: "EUR",
  installedOn: "2022-05-02",
  point: "water_cold",
  series: [{ key: "house/water_cold/water-volume@manual", kind: "counter", unit: "m³", source: "manual" }],
  periods: [],
  formula: null,
  readEveryDays: 28,
  resetsOn: null,
  modulus: null,
  mostPerDay: null,
  factId: 12,
  replacements: [
    {
      tMs: 1_714_687_200_000,
      tLocal: "2024-05-03T00:00:00+02:00",
      lastReading: 1203.4,
      firstReading: 0,
      serial: "8SEN0123456789",
      from: "page",
      factId: 9,
    },
  ],
  prices: [{ fromDate: "2025-01-01", perUnit: "4.10", baseFeePerMonth: "0", from: "page", factId: 10 }],
  gas: [],
  pattern: Array.from({ length: 12 }, () => null),
  patternFrom: "none",
  patternSum: null,
  baseLoadPerHour: null,
  coverage: {
    readings: 38,
    firstMs: 1_651_442_400_000,
    lastMs: MARCH_MS,
    daysRead: 38,
    days: 1_400,
    largestGapMs: 5_270_400_000,
    medianGapMs: 2_419_200_000,
    extendedBackMs: 0,
    extendedForwardMs: NOW_MS - MARCH_MS,
  },
  events: [
    {
      id: "typo:1738364400000",
      kind: "typo",
      tMs: 1_738_364_400_000,
      tLocal: "2025-02-01T00:00:00+01:00",
      before: 318.2,
      value: 3254.1,
      counts: false,
      open: true,
      decision: null,
      factId: null,
      sentence:
        "3254.1 m³ is about ten times what it should show, and the next reading goes on from 318.2: it is left out. Say whether it is a typo.",
    },
  ],
  needs: [],
  partOf: [],
};

export const METER_FACT_EXAMPLE: MeterFact = {
  id: 21,
  site: "house",
  point: "water_cold",
  name: "meter-price",
  value: '{"perUnit":"4.10","baseFeePerMonth":"0"}',
  fromMs: FEBRUARY_MS,
  who: "Ada (cookie)",
  madeMs: NOW_MS,
};
