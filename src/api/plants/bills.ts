import type { Intervals } from "#analytics/intervals.ts";
import { dateText } from "#calendar/local-text.ts";
import type { BillRow, BillsAnswer } from "#contract/plant-bills.ts";
import { within } from "#reports/interval-columns.ts";
import type { Basis, PeriodRow } from "#reports/plant-answers.ts";
import type { PlantDesk } from "./desk.ts";
import { estimatedShare } from "./estimated.ts";
import { bare } from "./peaks.ts";
import { costOf, costOfRule, periodAnswer } from "./period-parts.ts";
import { basisOf } from "./period-summary.ts";
import { finished } from "./spell.ts";
import { dateOrNull, figure, money, orNull } from "./wire.ts";

/** The newest periods with their bills, the oldest first. */
export async function billsAnswer(desk: PlantDesk, count: number, basis: Basis): Promise<BillsAnswer> {
  const { settings } = desk.reports;
  const rows = await desk.reports.periods(count, basis);
  const ratchet = newestRatchet(desk);
  return {
    basis,
    periods: basis === "calendar" ? "calendar" : basisOf(desk),
    anchor: anchorOf(desk),
    zone: settings.zone,
    currency: settings.currency,
    ratchetPercent: figure(ratchet?.percent ?? Number.NaN),
    ratchetPeriods: figure(ratchet?.periods ?? Number.NaN),
    bills: await billRows(rows, desk),
    remarks: settings.plan === undefined ? ["No tariff is set for this plant: energy and demand are told without money."] : [],
  };
}

/** Periods in a row; their intervals are asked for once, for all of them. */
export async function billRows(rows: readonly PeriodRow[], desk: PlantDesk): Promise<BillRow[]> {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return [];
  const over = finished(desk, { fromMs: first.period.fromMs, toMs: last.period.toMs });
  const intervals = over.toMs > over.fromMs ? await desk.reports.intervals(over) : undefined;
  return rows.map((row) => billRow(row, desk, intervals && within(intervals, row.period)));
}

function billRow(row: PeriodRow, desk: PlantDesk, intervals: Intervals | undefined): BillRow {
  const { bill, demand, period } = row;
  return {
    period: periodAnswer(period, desk.zone),
    planName: orNull(bill?.planName),
    planVersion: orNull(bill?.planVersion),
    energyKwh: figure(row.energyKwh),
    meteredKw: figure(demand?.meteredKw ?? Number.NaN),
    peakKw: figure(row.peakKw),
    ratchetKw: figure(demand?.ratchetKw ?? Number.NaN),
    minimumKw: figure(demand?.minimumKw ?? Number.NaN),
    billedKw: figure(demand?.billedKw ?? Number.NaN),
    rule: demand?.rule ?? "none",
    setting: (demand?.peaks ?? []).map((peak) => bare(peak, desk)),
    ratchetFrom: dateOrNull(demand?.ratchetFromMs, desk.zone),
    ratchetUntil: dateOrNull(demand?.ratchetUntilMs, desk.zone),
    ratchetCost: costOfRule(bill),
    fixedCost: costOf(bill, ["fixed"]),
    energyCost: costOf(bill, ["energy"]),
    demandCost: costOf(bill, ["demand"]),
    otherCost: costOf(bill, ["reactive", "percent", "minimum", "credit", "feed-in"]),
    total: bill === undefined ? null : money(bill.total),
    loadFactorPercent: figure(row.loadFactor * 100),
    coverage: row.coverage,
    estimated: intervals === undefined ? 0 : estimatedShare(intervals),
    uncertain: demand?.uncertain ?? null,
  };
}

/** The local date the periods were anchored to. Missing: null for calendar months and listed dates. */
export function anchorOf(desk: PlantDesk): string | null {
  const { billing } = desk.reports.settings;
  return billing.kind === "anchored" ? billing.anchor.slice(0, 10) : null;
}

/** The ratchet of the newest plan's demand line. Missing: undefined where it has none. */
export function newestRatchet(desk: PlantDesk): { readonly percent: number; readonly periods: number } | undefined {
  const version = desk.reports.settings.plan?.versions.at(-1);
  for (const component of version?.components ?? []) {
    if (component.kind !== "demand" || component.ratchet === undefined) continue;
    const { percent, lookBack } = component.ratchet;
    return { percent: Number(percent), periods: "periods" in lookBack ? lookBack.periods : lookBack.months };
  }
  return undefined;
}

/** Name of a period: the local date it begins on. */
export function nameOf(row: PeriodRow, desk: PlantDesk): string {
  return dateText(row.period.fromMs, desk.zone);
}
