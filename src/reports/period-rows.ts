import type { Intervals } from "#analytics/intervals.ts";
import { QUALITY } from "#series/quality.ts";
import type { Bill, DemandBasis, Period } from "#tariffs/bill.ts";
import type { Ledger } from "./billing-desk.ts";
import { valueAt } from "./days.ts";
import { highestRow, isValid, knownCount, meanCoverage, sumOf, within } from "./interval-columns.ts";
import type { PeriodRow } from "./plant-answers.ts";

const HOUR_MS = 3_600_000;

/** The newest periods of a ledger, the running one last. */
export function newestRows(ledger: Ledger, count: number): PeriodRow[] {
  const from = Math.max(ledger.first, ledger.now - count + 1);
  return Array.from({ length: Math.max(0, ledger.now - from + 1) }, (_, i) => periodRow(ledger, from + i));
}

/** Number of the period whose first local day is named. Missing: undefined where none of history begins then. */
export function periodNamed(ledger: Ledger, name: string): number | undefined {
  for (let k = ledger.now; k >= ledger.first; k--) if (ledger.periods.period(k).name === name) return k;
  return undefined;
}

/** What energy and demand were in one period. */
export function periodRow(ledger: Ledger, k: number): PeriodRow {
  const bill = ledger.bills.get(k);
  const period: Period = bill?.period ?? { ...ledger.periods.period(k), ...(k === ledger.now ? { open: true } : {}) };
  const demand = bill && demandOf(bill);
  return {
    period,
    ...figuresOf(within(ledger.intervals, period)),
    ...(demand === undefined ? {} : { demand }),
    ...(bill === undefined ? {} : { bill }),
  };
}

/** What set the first demand line of a bill. Missing: undefined where it has none. */
export function demandOf(bill: Bill): DemandBasis | undefined {
  return bill.lines.find((line) => line.kind === "demand" && line.demand !== undefined)?.demand;
}

function figuresOf(rows: Intervals): Omit<PeriodRow, "period" | "demand" | "bill"> {
  const peak = highestRow(rows.demandKw);
  const peakKw = valueAt(rows.demandKw, peak);
  const energyKwh = sumOf(rows.energyKwh);
  // Over the time that is known: what was not metered is neither load nor rest.
  const hours = (knownCount(rows.energyKwh) * rows.lengthMs) / HOUR_MS;
  return {
    energyKwh,
    peakKw,
    ...(peak < 0 ? {} : { peakMs: rows.tMs[peak] as number }),
    coverage: meanCoverage(rows.coverage),
    loadFactor: energyKwh / (peakKw * hours),
    excluded: markedOf(rows, (quality) => (quality & QUALITY.excludedFromDemand) !== 0),
    invalid: markedOf(rows, (quality) => !isValid(quality)),
  };
}

function markedOf(rows: Intervals, isMarked: (quality: number) => boolean): PeriodRow["excluded"] {
  let count = 0;
  let energyKwh = 0;
  let highestKw = Number.NaN;
  for (let i = 0; i < rows.tMs.length; i++) {
    if (!isMarked(rows.quality[i] as number)) continue;
    count++;
    const energy = rows.energyKwh[i] as number;
    const kw = rows.powerKw[i] as number;
    if (!Number.isNaN(energy)) energyKwh += energy;
    if (!(kw <= highestKw)) highestKw = Number.isNaN(kw) ? highestKw : kw;
  }
  return { count, energyKwh, highestKw };
}
