import type { BillAnswer, BillRow, BillsAnswer, CapAnswer, CheckBillAnswer } from "./plant-bills.ts";
import { PEAKS, peak } from "./plant-example-parts.ts";

const PERIOD = {
  name: "2026-02-24",
  fromMs: 1_771_909_200_000,
  toMs: 1_774_324_800_000,
  fromLocal: "2026-02-24T00:00:00-05:00",
  toLocal: "2026-03-24T00:00:00-04:00",
  days: 28,
  open: true,
  predicted: false,
} as const;

const BILL_ROW: BillRow = {
  period: PERIOD,
  planName: "Rate SL",
  planVersion: "2025",
  energyKwh: 78_096.3,
  meteredKw: 408,
  peakKw: 414.8,
  ratchetKw: 393.1,
  minimumKw: 50,
  billedKw: 408,
  rule: "metered",
  setting: [PEAKS.first, PEAKS.second, PEAKS.third],
  ratchetFrom: "2025-07-24",
  ratchetUntil: "2026-07-24",
  ratchetCost: "0.00",
  fixedCost: "120.00",
  energyCost: "3235.53",
  demandCost: "10093.92",
  otherCost: "0.00",
  total: "13449.45",
  loadFactorPercent: 53.8,
  coverage: 0.994,
  estimated: 0.006,
  uncertain: null,
};

export const BILLS_EXAMPLE: BillsAnswer = {
  basis: "billing",
  periods: "anchored",
  anchor: "2025-01-24",
  zone: "America/Indiana/Indianapolis",
  currency: "USD",
  ratchetPercent: 60,
  ratchetPeriods: 11,
  bills: [BILL_ROW],
  remarks: [],
};

export const BILL_EXAMPLE: BillAnswer = {
  period: PERIOD,
  basis: "billing",
  zone: "America/Indiana/Indianapolis",
  currency: "USD",
  planName: "Rate SL",
  planVersion: "2025",
  planSource: "tariff sheet of January 2025",
  lines: [
    line({ name: "Customer charge", kind: "fixed", quantity: "1", unit: "month", rate: "120.00", amount: "120.00", unrounded: "120" }),
    line({
      name: "Energy",
      kind: "energy",
      quantity: "78096.3",
      unit: "kWh",
      rate: "0.04143",
      amount: "3235.53",
      unrounded: "3235.529709",
    }),
    {
      ...line({ name: "Demand", kind: "demand", quantity: "408", unit: "kW", rate: "24.74", amount: "10093.92", unrounded: "10093.92" }),
      clause: "Mean of the three highest quarter-hours, not below 60 % of the highest billed demand of the previous 11 periods nor 50 kW",
      intervalsMs: [PEAKS.first.endMs, PEAKS.second.endMs, PEAKS.third.endMs],
      demand: {
        rule: "metered",
        billedKw: 408,
        meteredKw: 408,
        ratchetKw: 393.1,
        minimumKw: 50,
        peaks: [PEAKS.first, PEAKS.second, PEAKS.third],
        next: PEAKS.fourth,
        ratchetFrom: "2025-07-24",
        ratchetPeaks: [peak(1_753_380_900_000, 655.2, "plc", ["2025-07-24T14:00:00-04:00", "2025-07-24T14:15:00-04:00"])],
        ratchetUntil: "2026-07-24",
        ratchetCost: "0.00",
        uncertain: null,
      },
    },
  ],
  total: "13449.45",
  energyKwh: 78_096.3,
  coverage: 0.994,
  estimated: 0.006,
  explain: [
    "Billing demand is 408.0 kW: the mean of the three highest quarter-hours, 414.8, 408.0 and 401.2 kW.",
    "The ratchet stands at 393.1 kW, 60 % of the 655.2 kW of the period from 24 July 2025; it counts until the period from 24 July 2026.",
  ],
  remarks: [],
  conservation: { registerKwh: 78_097, intervalsKwh: 78_096.3, daysKwh: 78_096.3, billedKwh: 78_096.3, toleranceKwh: 4.4, holds: true },
  excluded: { intervals: 1, energyKwh: 105.4, peakKw: 421.6, billedKwWith: 414.8, totalWith: "13617.68" },
  ratchet: [BILL_ROW],
  previousPeriod: "2026-01-24",
  nextPeriod: null,
};

function line(parts: Pick<BillAnswer["lines"][number], "name" | "kind" | "quantity" | "unit" | "rate" | "amount" | "unrounded">) {
  return { ...parts, clause: null, intervalsMs: null, coverage: 0.994, demand: null };
}

export const CAP_EXAMPLE: CapAnswer = {
  period: PERIOD,
  kw: 395,
  intervals: [
    { ...PEAKS.first, overKwh: 4.95 },
    { ...PEAKS.second, overKwh: 3.25 },
    { ...PEAKS.third, overKwh: 1.55 },
  ],
  moveKwh: 9.75,
  meteredKw: 408,
  meteredKwCapped: 395,
  billedKw: 408,
  billedKwCapped: 395,
  savedNow: "321.62",
  savedLater: null,
  usefulDownToKw: 393.1,
  heldBy: "metered",
};

export const CHECK_BILL_EXAMPLE: CheckBillAnswer = {
  bill: {
    period: PERIOD,
    currency: "USD",
    planName: "Rate SL",
    planVersion: "2025",
    lines: BILL_EXAMPLE.lines,
    total: "13449.45",
    energyKwh: 78_096.3,
    coverage: 0.994,
    remarks: [],
  },
  compared: [
    { what: "energy", unit: "kWh", theirs: "78096", ours: "78096.3", difference: "-0.3", agrees: true },
    { what: "demand", unit: "kW", theirs: "414.8", ours: "408", difference: "6.8", agrees: false },
    { what: "total", unit: "USD", theirs: "13617.68", ours: "13449.45", difference: "168.23", agrees: false },
  ],
  findings: ["The demand differs by 6.8 kW. With the intervals R17 leaves out it would be 414.8 kW: they seem to have been counted."],
  agrees: false,
};
