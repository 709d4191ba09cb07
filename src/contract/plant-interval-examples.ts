import { BEGAN_MS, NOW_MS, QUARTER_MS } from "./plant-example-parts.ts";
import type { DaysAnswer, HeatAnswer, IntervalDetailAnswer, IntervalRow, IntervalsAnswer } from "./plant-intervals.ts";
import type { ImportsAnswer, PlantQualityAnswer } from "./plant-quality.ts";

const ROW: IntervalRow = {
  startMs: BEGAN_MS - QUARTER_MS,
  endMs: BEGAN_MS,
  startLocal: "2026-03-10T14:15:00-04:00",
  endLocal: "2026-03-10T14:30:00-04:00",
  energyKwh: 96.9,
  demandKw: 387.6,
  powerKw: 387.6,
  possibleKw: null,
  pulses: 57,
  totalKwh: 966_068.7,
  coverage: 1,
  quality: [],
  estimated: false,
  source: "kyz",
};
const EXCLUDED: IntervalRow = {
  ...ROW,
  startMs: 1_772_815_500_000,
  endMs: 1_772_816_400_000,
  startLocal: "2026-03-06T11:45:00-05:00",
  endLocal: "2026-03-06T12:00:00-05:00",
  energyKwh: 105.4,
  demandKw: null,
  powerKw: 421.6,
  pulses: 62,
  totalKwh: 943_221.3,
  quality: ["excludedFromDemand"],
  source: "plc",
};

export const INTERVALS_EXAMPLE: IntervalsAnswer = {
  fromMs: 1_772_773_200_000,
  toMs: BEGAN_MS,
  zone: "America/Indiana/Indianapolis",
  intervalMinutes: 15,
  expected: 438,
  matching: 2,
  page: 1,
  pages: 1,
  size: 100,
  energyKwh: 202.3,
  peakKw: 387.6,
  rows: [EXCLUDED, ROW],
};

export const INTERVALS_CSV_EXAMPLE =
  "interval end (America/Indiana/Indianapolis),interval end (UTC),kWh,demand kW,power kW,pulses,register kWh,coverage,quality,estimated,source\r\n" +
  "2026-03-10T14:30:00-04:00,2026-03-10T18:30:00Z,96.9,387.6,387.6,57,966068.7,1,,,kyz\r\n";

export const INTERVAL_EXAMPLE: IntervalDetailAnswer = {
  interval: EXCLUDED,
  remarks: ["R17 leaves this interval out of the demand; its energy counts."],
  sources: [
    {
      source: "plc",
      rank: 3,
      taken: true,
      energyKwh: 105.4,
      powerKw: 421.6,
      pulses: 62,
      totalKwh: 943_221.3,
      coverage: 1,
      quality: ["excludedFromDemand"],
      differenceKwh: 0,
    },
    {
      source: "kyz",
      rank: 1,
      taken: false,
      energyKwh: 102,
      powerKw: 408,
      pulses: 60,
      totalKwh: null,
      coverage: 0.97,
      quality: [],
      differenceKwh: -3.4,
    },
  ],
  revisions: [
    {
      series: "plant/main/energy@plc",
      kind: "replaced",
      value: 104,
      unit: "kWh",
      quality: ["excludedFromDemand"],
      receivedMs: 1_772_820_003_000,
      receivedLocal: "2026-03-06T13:00:03-05:00",
    },
  ],
  previousEndMs: 1_772_815_500_000,
  nextEndMs: 1_772_817_300_000,
};

export const DAYS_EXAMPLE: DaysAnswer = {
  fromMs: 1_772_946_000_000,
  toMs: 1_773_115_200_000,
  zone: "America/Indiana/Indianapolis",
  days: [
    {
      date: "2026-03-08",
      startMs: 1_772_946_000_000,
      endMs: 1_773_028_800_000,
      energyKwh: 4_406.4,
      peakKw: 238,
      peakEndMs: 1_772_989_200_000,
      peakWithExcludedKw: 238,
      expected: 92,
      observed: 92,
      missing: 0,
      excluded: 0,
      invalid: 0,
      estimatedKwh: 0,
      complete: true,
    },
    {
      date: "2026-03-09",
      startMs: 1_773_028_800_000,
      endMs: 1_773_115_200_000,
      energyKwh: 5_941.5,
      peakKw: 401.2,
      peakEndMs: 1_773_071_100_000,
      peakWithExcludedKw: 401.2,
      expected: 96,
      observed: 96,
      missing: 0,
      excluded: 0,
      invalid: 0,
      estimatedKwh: 0,
      complete: true,
    },
  ],
};

export const HEAT_EXAMPLE: HeatAnswer = {
  fromMs: 1_773_028_800_000,
  toMs: 1_773_115_200_000,
  zone: "America/Indiana/Indianapolis",
  intervalMinutes: 360,
  slots: ["00:00", "06:00", "12:00", "18:00"],
  days: [{ date: "2026-03-09", startMs: 1_773_028_800_000 }],
  kw: [[188.7, 311.1, 297.5, null]],
  quality: [[0, 0, 0, 0]],
  endMs: [[1_773_050_400_000, 1_773_072_000_000, 1_773_093_600_000, 1_773_115_200_000]],
  repeated: [],
  maxKw: 311.1,
};

const COUNTS = {
  fromMs: NOW_MS - 86_400_000,
  toMs: NOW_MS,
  expected: 96,
  observed: 94,
  missing: 2,
  estimated: 2,
  excluded: 1,
  invalid: 0,
  recovered: 2,
  suspect: 0,
  coverage: 0.979,
};

export const QUALITY_EXAMPLE: PlantQualityAnswer = {
  nowMs: NOW_MS,
  zone: "America/Indiana/Indianapolis",
  intervalMinutes: 15,
  range: COUNTS,
  lastDay: COUNTS,
  lastWeek: { ...COUNTS, fromMs: NOW_MS - 604_800_000, expected: 668, observed: 666, coverage: 0.997 },
  gaps: [
    {
      fromMs: 1_773_122_400_000,
      toMs: 1_773_124_200_000,
      fromLocal: "2026-03-10T02:00:00-04:00",
      toLocal: "2026-03-10T02:30:00-04:00",
      intervals: 2,
      recoveredKwh: 98.6,
      possibleKw: 394.4,
    },
  ],
  moreGaps: false,
  flagged: [
    { endMs: 1_773_103_500_000, endLocal: "2026-03-09T20:45:00-04:00", powerKw: 312.8, quality: ["excludedFromDemand"], source: "plc" },
  ],
  moreFlagged: false,
  conservation: { registerKwh: 5_903, intervalsKwh: 5_902.4, daysKwh: null, billedKwh: null, toleranceKwh: 4.4, holds: true },
  sources: [
    { source: "plc", taken: 84, spoke: 84, differing: 1, differenceKwh: 0 },
    { source: "kyz", taken: 10, spoke: 94, differing: 0, differenceKwh: -3.4 },
  ],
  lastIntervalMs: BEGAN_MS,
  clockOffsetMs: 400,
};

export const IMPORTS_EXAMPLE: ImportsAnswer = {
  imports: [
    {
      id: 17,
      source: "plc",
      file: "EnergyLog_2026-03-10.csv",
      bytes: 18_211,
      sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      status: "done",
      startedMs: 1_773_165_600_000,
      endedMs: 1_773_165_600_412,
      rows: 96,
      fromMs: 1_773_029_700_000,
      toMs: 1_773_115_200_000,
      new: 2,
      confirmed: 93,
      replaced: 1,
      unchanged: 0,
      energyBeforeKwh: 77_994.1,
      energyAfterKwh: 78_096.3,
      peakBeforeKw: 421.6,
      peakAfterKw: 414.8,
      billedBeforeKw: 410.3,
      billedAfterKw: 408,
      billBefore: "13502.11",
      billAfter: "13449.45",
      currency: "USD",
      sentence: "96 rows: 2 new, 93 confirmed, 1 replaced; the highest demand went from 421.6 to 414.8 kW.",
      bills: [
        {
          period: "2026-02-24",
          billedBeforeKw: 410.3,
          billedAfterKw: 408,
          totalBefore: "13502.11",
          totalAfter: "13449.45",
          currency: "USD",
        },
      ],
      changed: [
        {
          endMs: 1_773_071_100_000,
          endLocal: "2026-03-09T11:45:00-04:00",
          beforeKwh: 105.4,
          afterKwh: 100.3,
          beforeKw: 421.6,
          afterKw: 401.2,
          beforeSource: "kyz",
        },
      ],
      problems: [],
      problemCount: 0,
      archivedAs: null,
    },
  ],
};
