import type { PlantDesk } from "#api/plants/desk.ts";
import { dateText } from "#calendar/local-text.ts";
import { type BillingPeriod, type PeriodRule, Periods } from "#calendar/periods.ts";
import type { OldBilling, OldMonth, OldTariff } from "#contract/old-kyz.ts";
import { QUALITY } from "#series/quality.ts";
import type { Store } from "#store/store.ts";
import { top3 } from "./old-rows.ts";

const LOOK_BACK = 11;
const DEFAULTS: OldTariff = {
  customerCharge: 120,
  demandRatePerKW: 24.74,
  energyRatePerKWh: 0.04143,
  ratchetPercent: 0.6,
  minBillingKW: 50,
};
const PERCENT = 100;

export interface OldBillingWish {
  readonly months: number;
  readonly basis: "calendar" | "billing";
  readonly nowMs: number;
}

/** The five numbers the old dashboard billed with, out of the plan; its own defaults where the plan has no such line. */
export function oldTariff({ reports }: PlantDesk): OldTariff {
  const components = reports.settings.plan?.versions.at(-1)?.components ?? [];
  const fixed = components.find((one) => one.kind === "fixed");
  const energy = components.find((one) => one.kind === "energy");
  const demand = components.find((one) => one.kind === "demand");
  if (components.length === 0) return DEFAULTS;
  return {
    customerCharge: Number(fixed?.rate ?? 0),
    demandRatePerKW: Number(demand?.rate ?? 0),
    energyRatePerKWh: Number(energy?.rate ?? 0),
    ratchetPercent: Number(demand?.ratchet?.percent ?? 0) / PERCENT,
    minBillingKW: demand?.minimumKw ?? 0,
  };
}

/**
 * The old billing series, by the date of an interval's end. Its rule is kept: top three, ratchet over the billed demand of the eleven
 * months before, the minimum. Unlike the original the look-back is over all history and by month, so the first months shown are right.
 */
export async function oldBilling(desk: PlantDesk, store: Store, wish: OldBillingWish): Promise<OldBilling> {
  const { billing } = desk.reports.settings;
  const anchor = billing.kind === "anchored" ? billing.anchor.slice(0, 10) : null;
  const basis = wish.basis === "billing" && billing.kind !== "calendar" ? "billing" : "calendar";
  const tariff = oldTariff(desk);
  const rule: PeriodRule = basis === "billing" ? billing : { kind: "calendar" };
  const months = billed(await monthsOf(desk, store, { rule, nowMs: wish.nowMs }), tariff, desk);
  return { basis, requestedBasis: wish.basis, anchorDate: anchor, tariff, months: months.slice(-(wish.months + 1)) };
}

interface Month {
  readonly period: BillingPeriod;
  readonly kw: number[];
  energyKwh: number;
  rows: number;
}

/** What every month of history holds, empty ones included so that the look-back is by month. */
async function monthsOf(desk: PlantDesk, store: Store, { rule, nowMs }: { rule: PeriodRule; nowMs: number }): Promise<Month[]> {
  const firstMs = await beginning(desk, store);
  if (firstMs === undefined) return [];
  const fromMs = Math.floor(firstMs / desk.lengthMs) * desk.lengthMs;
  const toMs = Math.min(desk.reports.finishedMs(), nowMs);
  if (toMs <= fromMs) return [];
  const intervals = await desk.reports.intervals({ fromMs, toMs });
  const months = new Periods(rule, desk.zone).between(fromMs, toMs + 1).map((period): Month => ({ period, kw: [], energyKwh: 0, rows: 0 }));
  let at = 0;
  for (let i = 0; i < intervals.tMs.length; i++) {
    const endMs = intervals.tMs[i] as number;
    while (at < months.length - 1 && endMs >= (months[at] as Month).period.toMs) at += 1;
    const month = months[at] as Month;
    const energyKwh = intervals.energyKwh[i] as number;
    if (Number.isNaN(energyKwh)) continue;
    month.rows += 1;
    if (((intervals.quality[i] as number) & QUALITY.invalidAlarm) !== 0) continue;
    month.energyKwh += energyKwh;
    const demandKw = intervals.demandKw[i] as number;
    if (!Number.isNaN(demandKw)) month.kw.push(demandKw);
  }
  return months;
}

/** Missing: undefined where nothing was ever stored of the plant. */
async function beginning(desk: PlantDesk, store: Store): Promise<number | undefined> {
  const { site, point } = desk.reports.settings;
  const series = (await store.registry()).series.filter((one) => one.site === site && one.point === point);
  const extents = await store.extent(series.map((one) => one.id));
  return extents.length === 0 ? undefined : Math.min(...extents.map((one) => one.firstMs));
}

function billed(months: readonly Month[], tariff: OldTariff, desk: PlantDesk): OldMonth[] {
  const done: number[] = [];
  const rows: OldMonth[] = [];
  for (const { period, kw, energyKwh, rows: count } of months) {
    const top3AvgKW = top3(kw);
    const ratchetFloorKW = Math.max(tariff.minBillingKW, tariff.ratchetPercent * Math.max(0, ...done.slice(-LOOK_BACK)));
    const billedDemandKW = Math.max(top3AvgKW, ratchetFloorKW);
    // A month nobody measured sets no ratchet and is not shown, as in the original.
    done.push(count === 0 ? 0 : billedDemandKW);
    if (count === 0) continue;
    const demandCost = billedDemandKW * tariff.demandRatePerKW;
    const energyCost = energyKwh * tariff.energyRatePerKWh;
    const start = dateText(period.fromMs, desk.zone);
    rows.push({
      monthStart: start,
      periodStart: start,
      periodEnd: dateText(period.toMs, desk.zone),
      top3AvgKW,
      ratchetFloorKW,
      billedDemandKW,
      demandCost,
      energyKWh: energyKwh,
      energyCost,
      customerCharge: tariff.customerCharge,
      totalEstimatedCost: demandCost + energyCost + tariff.customerCharge,
    });
  }
  return rows;
}
