import { dateText } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type { BillPeriod } from "#contract/plant-bills.ts";
import type { PeriodRow } from "#reports/plant-answers.ts";
import type { Bill, BillLine, Period } from "#tariffs/bill.ts";
import { cents, money, span } from "./wire.ts";

/** A billing period as it is sent. */
export function periodAnswer(period: Period, zone: Zone): BillPeriod {
  return {
    ...span(period, zone),
    name: dateText(period.fromMs, zone),
    days: zone.daysBetween(period.fromMs, period.toMs),
    open: period.open ?? false,
    predicted: period.predicted ?? false,
  };
}

/** Amounts of the lines of these kinds together. Missing: null where there is no bill. */
export function costOf(bill: Bill | undefined, kinds: readonly BillLine["kind"][]): string | null {
  if (bill === undefined) return null;
  const amounts = bill.lines.filter((line) => kinds.includes(line.kind)).map((line) => line.amount);
  const total = amounts.reduce((a, b) => a.plus(b), bill.total.minus(bill.total));
  return money(total);
}

/** What billing demand above the metered demand costs. Missing: null without a demand line. */
export function costOfRule(bill: Bill | undefined): string | null {
  const line = bill?.lines.find((one) => one.demand !== undefined);
  if (line?.demand === undefined) return null;
  const heldKw = Math.max(0, line.demand.billedKw - line.demand.meteredKw);
  return cents(line.rate.times(Number.isNaN(heldKw) ? 0 : heldKw));
}

/** What energy of a part of a period costs, at the mean price of the period. Missing: null without a bill. */
export function energyCostOf(row: PeriodRow | undefined, energyKwh: number | null): string | null {
  if (row?.bill === undefined || energyKwh === null || !(row.energyKwh > 0)) return null;
  const lines = row.bill.lines.filter((line) => line.kind === "energy").map((line) => line.unrounded);
  if (lines.length === 0) return null;
  return cents(
    lines
      .reduce((a, b) => a.plus(b))
      .times(energyKwh)
      .div(row.energyKwh),
  );
}
