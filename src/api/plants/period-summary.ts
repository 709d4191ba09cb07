import { dateText } from "#calendar/local-text.ts";
import type { SummaryAnswer } from "#contract/plant.ts";
import type { PeriodRow } from "#reports/plant-answers.ts";
import type { PlantDesk } from "./desk.ts";
import { estimatedShare } from "./estimated.ts";
import { traced, tracedAll } from "./peaks.ts";
import { costOf, energyCostOf } from "./period-parts.ts";
import { summed } from "./spell.ts";
import { cents, changePercent, figure, money } from "./wire.ts";

type Period = NonNullable<SummaryAnswer["period"]>;

/** What comes of scaling a part to the whole is worth nothing on the first day. */
const LEAST_SHARE_DAYS = 1;

/** The running billing period, without the headroom. */
export async function periodAnswerOf(row: PeriodRow, desk: PlantDesk, nowMs: number): Promise<Omit<Period, "headroomKw">> {
  const { period, bill, demand } = row;
  const { zone } = desk;
  const spell = await summed(desk, { fromMs: period.fromMs, toMs: Math.min(nowMs, period.toMs) });
  const setting = demand === undefined ? [] : await tracedAll(demand.peaks, desk);
  const fourth = demand?.next;
  const lowest = demand?.peaks.at(-1);
  return {
    ...spell,
    toMs: period.toMs,
    name: dateText(period.fromMs, zone),
    basis: basisOf(desk),
    dayOfPeriod: zone.daysBetween(period.fromMs, nowMs) + 1,
    daysOfPeriod: zone.daysBetween(period.fromMs, period.toMs),
    predictedEnd: period.predicted ?? false,
    setting,
    fourth: fourth === undefined ? null : await traced(fourth, desk),
    fourthBelowKw: fourth === undefined || lowest === undefined ? null : lowest.kw - fourth.kw,
    meteredKw: figure(demand?.meteredKw ?? Number.NaN),
    ratchetKw: figure(demand?.ratchetKw ?? Number.NaN),
    minimumKw: figure(demand?.minimumKw ?? Number.NaN),
    billedKw: figure(demand?.billedKw ?? Number.NaN),
    rule: demand?.rule ?? "none",
    loadFactorPercent: figure(row.loadFactor * 100),
    demandCost: costOf(bill, ["demand"]),
    energyCost: energyCostOf(row, spell.energyKwh),
    energyCostToDate: costOf(bill, ["energy"]),
    billToDate: bill === undefined ? null : money(bill.total),
    billExpected: expected(row, zone.daysBetween(period.fromMs, nowMs), nowMs),
    coverage: row.coverage,
    estimated: estimatedShare(
      await desk.reports.intervals({ fromMs: spell.fromMs, toMs: Math.max(spell.toMs, spell.fromMs + desk.lengthMs) }),
    ),
    uncertain: demand?.uncertain ?? null,
  };
}

/** How the periods of the plant are made. */
export function basisOf(desk: PlantDesk): Period["basis"] {
  return desk.reports.settings.billing.kind;
}

/** The period before, in short. Missing: null where there is none. */
export function previousAnswer(row: PeriodRow | undefined, billedKw: number | null, desk: PlantDesk): SummaryAnswer["previous"] {
  if (row === undefined || !(row.energyKwh >= 0)) return null;
  return {
    name: dateText(row.period.fromMs, desk.zone),
    meteredKw: figure(row.demand?.meteredKw ?? Number.NaN),
    billedKw: figure(row.demand?.billedKw ?? Number.NaN),
    energyKwh: figure(row.energyKwh),
    loadFactorPercent: figure(row.loadFactor * 100),
    demandCost: costOf(row.bill, ["demand"]),
    total: row.bill === undefined ? null : money(row.bill.total),
    demandChangePercent: changePercent(billedKw ?? Number.NaN, row.demand?.billedKw ?? Number.NaN),
  };
}

/** The bill at the end of the period, if the rest uses energy like what is over and sets no higher demand. */
function expected(row: PeriodRow, daysOver: number, nowMs: number): string | null {
  const { bill, period } = row;
  if (bill === undefined || daysOver < LEAST_SHARE_DAYS) return null;
  const share = (nowMs - period.fromMs) / (period.toMs - period.fromMs);
  const energy = bill.lines.filter((line) => line.kind === "energy").map((line) => line.unrounded);
  if (energy.length === 0) return money(bill.total);
  const more = energy.reduce((a, b) => a.plus(b)).times(1 / Math.min(1, share) - 1);
  return cents(bill.total.plus(more));
}
