import type { AnomaliesAnswer } from "./anomalies.ts";
import type { CorrectionInfo, CorrectionMadeAnswer, CorrectionsAnswer } from "./corrections.ts";
import { EXAMPLE_METER, EXAMPLE_ZONE, exampleFigure, FEBRUARY_EXAMPLE } from "./meter-examples.ts";
import type {
  MeterConsumptionAnswer,
  MeterCostsAnswer,
  MeterExpectation,
  MeterLineageAnswer,
  MeterProfileAnswer,
  MeterReading,
  MeterReadingsAnswer,
  ReadingSaidAnswer,
} from "./meter-history.ts";
import type { RoundAnswer } from "./round.ts";

/* The house of the other examples: cold water on 10 March 2026. */
const NOW_MS = 1_773_162_250_000;
const FEBRUARY_MS = 1_769_900_400_000;
const MARCH_MS = 1_772_319_600_000;
const DAY_MS = 86_400_000;
const NAME = "Cold water";
const SERIES = "house/water_cold/water-volume@manual";

export const METER_CONSUMPTION_EXAMPLE: MeterConsumptionAnswer = {
  meter: EXAMPLE_METER,
  unit: "m³",
  zone: EXAMPLE_ZONE,
  currency: "EUR",
  by: "month",
  fromMs: [FEBRUARY_MS],
  toMs: [MARCH_MS],
  amount: [7.3],
  measured: [7.3],
  missingMs: [0],
  flags: [[]],
  register: [412.6],
  cost: ["29.93"],
  total: FEBRUARY_EXAMPLE,
};

export const METER_CSV_EXAMPLE =
  "from (Europe/Berlin),to (Europe/Berlin),from (UTC),to (UTC),Cold water [m³],measured [m³],missing hours,register [m³],cost [EUR],remarks\r\n" +
  "2026-02-01T00:00:00+01:00,2026-03-01T00:00:00+01:00,2026-01-31T23:00:00Z,2026-02-28T23:00:00Z,7.3,7.3,0,412.6,29.93,\r\n";

const READING: MeterReading = {
  tMs: MARCH_MS,
  tLocal: "2026-03-01T00:00:00+01:00",
  value: 412.6,
  unit: "m³",
  quality: [],
  source: "manual",
  series: SERIES,
  counts: true,
  because: "",
  since: 7.3,
  raw: null,
  correctionId: null,
  photo: "9f1c2d3e4b5a",
  note: "tap in the garden was open",
};

export const METER_READINGS_EXAMPLE: MeterReadingsAnswer = { meter: EXAMPLE_METER, unit: "m³", zone: EXAMPLE_ZONE, readings: [READING] };

export const METER_LINEAGE_EXAMPLE: MeterLineageAnswer = {
  meter: EXAMPLE_METER,
  name: NAME,
  unit: "m³",
  figure: FEBRUARY_EXAMPLE,
  rules: ["2 readings from manual, the first on 1 February 2026 at 00:00, the last on 1 March 2026 at 00:00"],
  readings: [READING],
  readingCount: 2,
  parts: [],
};

const HOURS: readonly (number | null)[] = Array.from({ length: 24 }, () => null);

export const METER_PROFILE_EXAMPLE: MeterProfileAnswer = {
  meter: EXAMPLE_METER,
  unit: "m³",
  zone: EXAMPLE_ZONE,
  heat: { dayMs: [], slots: 24, amount: [] },
  hours: { workday: [...HOURS], saturday: [...HOURS], sunday: [...HOURS] },
  years: [{ year: 2026, months: [FEBRUARY_EXAMPLE] }],
  baseLoadPerHour: null,
};

export const METER_EXPECTATION_EXAMPLE: MeterExpectation = {
  tMs: NOW_MS,
  lastMs: MARCH_MS,
  lastValue: 412.6,
  expected: 415.1,
  low: 414.2,
  high: 416.4,
  sentence: "412.6 m³ on 1 March, and about 0.26 m³ a day since",
};

export const READING_SAID_EXAMPLE: ReadingSaidAnswer = {
  stored: true,
  verdict: "plausible",
  sentence: "415.3 m³ is about what was to be expected: 414.2 m³ to 416.4 m³.",
  expectation: METER_EXPECTATION_EXAMPLE,
};

export const METER_COSTS_EXAMPLE: MeterCostsAnswer = {
  year: 2026,
  sites: [
    {
      site: "house",
      currency: "EUR",
      rows: [
        {
          meter: EXAMPLE_METER,
          name: NAME,
          unit: "m³",
          medium: "water",
          group: "House",
          months: [FEBRUARY_EXAMPLE],
          year: exampleFigure([1_767_222_000_000, NOW_MS], { amount: 18.1, measured: 15.4, flags: ["filled", "extended"], cost: "74.21" }),
        },
      ],
    },
  ],
};

export const ANOMALIES_EXAMPLE: AnomaliesAnswer = {
  nowMs: NOW_MS,
  method: "What a meter used between two readings is held against what its season, its weekday and its own past explain.",
  anomalies: [
    {
      id: "unusual:1769900400000:1772319600000",
      meter: EXAMPLE_METER,
      name: NAME,
      unit: "m³",
      rule: "unusual",
      fromMs: FEBRUARY_MS,
      toMs: MARCH_MS,
      fromLocal: "2026-02-01T00:00:00+01:00",
      toLocal: "2026-03-01T00:00:00+01:00",
      amount: 7.3,
      expected: 4.9,
      low: 4,
      high: 5.9,
      score: 4.6,
      sentence: "7.3 m³ in February, where 4 to 5.9 m³ were to be expected.",
      dismissed: null,
    },
  ],
};

const CORRECTION: CorrectionInfo = {
  id: 4,
  series: SERIES,
  meter: EXAMPLE_METER,
  name: NAME,
  unit: "m³",
  action: "set",
  fromMs: MARCH_MS,
  toMs: MARCH_MS,
  fromLocal: "2026-03-01T00:00:00+01:00",
  toLocal: "2026-03-01T00:00:00+01:00",
  value: 410.6,
  was: 412.6,
  who: "Ada (cookie)",
  why: "0 and 2 misread; the picture shows it",
  madeMs: NOW_MS,
  undoneMs: null,
};

export const CORRECTIONS_EXAMPLE: CorrectionsAnswer = { corrections: [CORRECTION] };

export const CORRECTION_MADE_EXAMPLE: CorrectionMadeAnswer = {
  correction: CORRECTION,
  readings: 1,
  changes: [
    {
      meter: EXAMPLE_METER,
      name: NAME,
      unit: "m³",
      before: FEBRUARY_EXAMPLE,
      after: { ...FEBRUARY_EXAMPLE, amount: 5.3, measured: 5.3, flags: ["corrected"], cost: "21.73" },
    },
  ],
  sentence: "1 reading is changed; 1 month of 1 meter is other than before.",
};

export const ROUND_EXAMPLE: RoundAnswer = {
  nowMs: NOW_MS,
  stops: [
    {
      meter: EXAMPLE_METER,
      site: "house",
      name: NAME,
      group: "House",
      medium: "water",
      unit: "m³",
      serial: "8SEN0123456789",
      decimals: 1,
      due: false,
      dueMs: MARCH_MS + 28 * DAY_MS,
      lastMs: MARCH_MS,
      lastValue: 412.6,
      expected: 415.1,
      low: 414.2,
      high: 416.4,
      perDay: 0.26,
    },
  ],
};
