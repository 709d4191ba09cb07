import type {
  HomeBalanceAnswer,
  HomeChartAnswer,
  HomeDaysAnswer,
  HomeEventsAnswer,
  HomeFact,
  HomeFigures,
  HomeImport,
  HomeSelectionAnswer,
  HomeSummaryAnswer,
  HomesAnswer,
} from "./home.ts";

/*
 * One home on Tuesday 10 March 2026, 18:04:10 by its clock (CET, UTC+1): 0.3102 EUR a kWh and 10 EUR a month, 95 EUR paid each month
 * since January.
 */
const NOW_MS = 1_773_162_250_000;
const NOW = "2026-03-10T18:04:10+01:00";
const DAY_MS = 86_400_000;
/** Midnight of 10 March. */
const TODAY_MS = 1_773_097_200_000;
const TODAY = "2026-03-10T00:00:00+01:00";
const HOME = "home.meter";
const ZONE = "Europe/Berlin";

const figures = (from: readonly [fromMs: number, fromLocal: string], boughtKwh: number, cost: readonly [string, string]): HomeFigures => ({
  fromMs: from[0],
  toMs: NOW_MS,
  fromLocal: from[1],
  toLocal: NOW,
  boughtKwh,
  soldKwh: null,
  cost: cost[0],
  baseFee: cost[1],
  earned: null,
  coverage: 0.999,
  typicalKwh: null,
  typicalSoFarKwh: null,
});

const FIGURES: HomeFigures = { ...figures([TODAY_MS, TODAY], 6.9, ["2.463", "0.3226"]), typicalKwh: 9.4, typicalSoFarKwh: 6.7 };

export const HOMES_EXAMPLE: HomesAnswer = {
  nowMs: NOW_MS,
  homes: [
    {
      id: HOME,
      site: "home",
      siteName: "Home",
      point: "meter",
      name: "Meter",
      zone: ZONE,
      currency: "EUR",
      series: {
        power: "home/meter/power@tasmota",
        bought: "home/meter/energy-import@tasmota",
        sold: null,
        phases: [],
        solar: [],
        battery: [],
      },
      reader: { title: "Tasmota reader", url: "http://192.0.2.20/", everyMs: 10_000 },
      wholeKwh: false,
      hasSold: false,
      hasPhases: false,
      hasBalance: false,
      firstMs: 1_704_063_605_000,
      lastMs: NOW_MS - 4_000,
      prices: [{ fromDate: "2024-01-01", perKwh: "0.3102", baseFeePerMonth: "10.00", feedInPerKwh: null, from: "page", factId: 4 }],
      instalments: [{ fromDate: "2026-01-01", amount: "95.00", from: "page", factId: 5 }],
      settlement: "01-01",
      plant: null,
      openEvents: 0,
      needs: [],
      demo: false,
    },
  ],
};

export const HOME_SUMMARY_EXAMPLE: HomeSummaryAnswer = {
  home: HOME,
  zone: ZONE,
  currency: "EUR",
  nowMs: NOW_MS,
  nowLocal: NOW,
  power: { powerW: 412, atMs: NOW_MS - 4_000, ageMs: 4_000, derived: false, phasesW: null, source: "tasmota" },
  today: FIGURES,
  week: figures([TODAY_MS - DAY_MS, "2026-03-09T00:00:00+01:00"], 16.1, ["5.6395", "0.6452"]),
  month: figures([1_772_319_600_000, "2026-03-01T00:00:00+01:00"], 91.4, ["31.5782", "3.2258"]),
  year: figures([1_767_222_000_000, "2026-01-01T00:00:00+01:00"], 642.3, ["222.4673", "23.2258"]),
  total: figures([1_704_063_605_000, "2024-01-01T00:00:05+01:00"], 7_480.2, ["2583.5839", "263.2258"]),
  instalments: {
    year: {
      fromMs: 1_767_222_000_000,
      toMs: 1_798_758_000_000,
      fromLocal: "2026-01-01T00:00:00+01:00",
      toLocal: "2027-01-01T00:00:00+01:00",
    },
    paid: "285.00",
    paidCount: 3,
    yearPaid: "1140.00",
    yearCount: 12,
    each: "95.00",
    costSoFar: "222.4673",
    costFromMs: 1_767_222_000_000,
    costBefore: "0",
    balanceSoFar: "62.5327",
    yearEnd: { cost: "1088.00", balance: "52.00", plusMinus: "60.00", method: "The rest of the year as in the year before." },
  },
  readings: { today: 6_498, expectedToday: 6_505, lastHour: 360 },
};

export const HOME_CHART_EXAMPLE: HomeChartAnswer = {
  fromMs: TODAY_MS,
  toMs: TODAY_MS + 120_000,
  stepMs: 60_000,
  tMs: [TODAY_MS, TODAY_MS + 60_000],
  powerW: [398, null],
  minW: [371, null],
  maxW: [455, null],
  quality: [0, 0],
  boughtKwh: [0.0066, null],
  soldKwh: [null, null],
  phasesW: null,
  derived: false,
  typical: { tMs: [TODAY_MS], powerW: [385], days: 8 },
};

export const HOME_SELECTION_EXAMPLE: HomeSelectionAnswer = {
  ...FIGURES,
  perKwh: "0.3102",
  maxW: 3_214,
  maxMs: TODAY_MS + 25_800_000,
  minW: 96,
  minMs: TODAY_MS + 11_340_000,
  meanW: 382,
  count: 6_498,
  derived: false,
};

export const HOME_DAYS_EXAMPLE: HomeDaysAnswer = {
  home: HOME,
  zone: ZONE,
  days: [
    {
      date: "2026-03-09",
      fromMs: TODAY_MS - DAY_MS,
      toMs: TODAY_MS,
      fromLocal: "2026-03-09T00:00:00+01:00",
      toLocal: TODAY,
      boughtKwh: 9.2,
      soldKwh: null,
      cost: "3.1764",
      coverage: 1,
      partial: false,
      mean30Kwh: 9.7,
      typicalKwh: 9.1,
    },
  ],
};

export const HOME_BALANCE_EXAMPLE: HomeBalanceAnswer = {
  balance: {
    fromMs: TODAY_MS,
    toMs: NOW_MS,
    fromLocal: TODAY,
    toLocal: NOW,
    gridInKwh: 3.1,
    gridOutKwh: 6.4,
    solarKwh: 14.2,
    batteryInKwh: 4.1,
    batteryOutKwh: 2,
    houseKwh: 8.8,
    coverage: 1,
    selfConsumption: 0.549,
    autarky: 0.648,
    now: { gridW: 412, solarW: 0, batteryW: null, houseW: 412 },
  },
};

export const HOME_EVENTS_EXAMPLE: HomeEventsAnswer = {
  home: HOME,
  events: [
    {
      id: "energy-import@tasmota:1773158400000",
      kind: "reset",
      quantity: "energy-import",
      source: "tasmota",
      tMs: 1_773_158_400_000,
      local: "2026-03-10T17:00:00+01:00",
      beforeKwh: 7_479.1,
      afterKwh: 0.4,
      beforeMs: 1_773_158_390_000,
      afterMs: 1_773_158_400_000,
      countedKwh: 0,
      open: true,
      sentence: "The register went from 7,479.1 to 0.4 kWh: it looks like another meter, or one that began again.",
      decision: null,
    },
  ],
};

export const HOME_FACT_EXAMPLE: HomeFact = {
  id: 4,
  site: "home",
  point: "meter",
  name: "home-price",
  value: '{"perKwh":"0.3102","baseFeePerMonth":"10","feedInPerKwh":null}',
  fromMs: 1_704_063_600_000,
  who: "Ada (cookie)",
  madeMs: NOW_MS,
};

export const HOME_IMPORT_EXAMPLE: HomeImport = {
  dryRun: true,
  rows: 8_640,
  new: 17_262,
  known: 16,
  different: 0,
  covered: 0,
  rejected: 1,
  problems: [{ line: 4_711, sentence: '"n.a." is no time' }],
  firstMs: TODAY_MS - DAY_MS,
  lastMs: TODAY_MS,
};

export const HOME_CSV_EXAMPLE =
  "time (Europe/Berlin),time (UTC),power W,bought kWh,sold kWh,quality,source\r\n2026-03-10T18:04:06+01:00,2026-03-10T17:04:06Z,412,7480.2,,,tasmota\r\n";
