import { ApiError } from "#api/errors.ts";
import type { BillAnswer, BillLineInfo } from "#contract/plant-bills.ts";
import type { Basis, Explanation, PeriodRow } from "#reports/plant-answers.ts";
import type { BillLine, DemandBasis, Peak } from "#tariffs/bill.ts";
import { demandWords } from "./bill-words.ts";
import { billRows, nameOf } from "./bills.ts";
import type { PlantDesk } from "./desk.ts";
import { estimatedShare } from "./estimated.ts";
import { tracedAll, tracedOrNull } from "./peaks.ts";
import { costOfRule, periodAnswer } from "./period-parts.ts";
import { finished } from "./spell.ts";
import { cents, dateOrNull, exact, figure, money, orNull } from "./wire.ts";

/** Periods of the timeline before the one that is asked for, where the plan says nothing. */
const LOOK_BACK = 12;
const MONTH_MS = 28 * 86_400_000;
const MOST_PERIODS = 240;

/** One bill with why it is what it is. Errors: unknown-period where there is none, or no tariff. */
export async function billAnswer(desk: PlantDesk, period: string, basis: Basis): Promise<BillAnswer> {
  const { settings } = desk.reports;
  const explanation = await desk.reports.explain(period, basis);
  if (explanation === undefined) throw new ApiError("unknown-period", { period });
  const { bill, row } = explanation;
  const around = await neighbours(desk, row, basis);
  const over = finished(desk, row.period);
  return {
    period: periodAnswer(row.period, desk.zone),
    basis,
    zone: settings.zone,
    currency: bill.currency,
    planName: bill.planName,
    planVersion: bill.planVersion,
    planSource: orNull(settings.plan?.source),
    lines: await Promise.all(bill.lines.map((line) => lineAnswer(line, desk, explanation))),
    total: money(bill.total),
    energyKwh: figure(bill.energyKwh),
    coverage: bill.coverage,
    estimated: over.toMs > over.fromMs ? estimatedShare(await desk.reports.intervals(over)) : 0,
    explain: demandWords(row.demand, desk.zone),
    remarks: [...bill.remarks],
    conservation: conservationAnswer(explanation.conservation),
    excluded: {
      intervals: row.excluded.count,
      energyKwh: figure(row.excluded.energyKwh),
      peakKw: figure(row.excluded.highestKw),
      billedKwWith: figure(explanation.withExcluded.billedKw),
      totalWith: cents(explanation.withExcluded.total),
    },
    ratchet: await billRows(around.timeline, desk),
    previousPeriod: around.previous === undefined ? null : nameOf(around.previous, desk),
    nextPeriod: around.next === undefined ? null : nameOf(around.next, desk),
  };
}

/** One line; without an explanation the ratchet's own intervals are left out. */
export async function lineAnswer(line: BillLine, desk: PlantDesk, explanation?: Explanation): Promise<BillLineInfo> {
  return {
    name: line.name,
    kind: line.kind,
    quantity: exact(line.quantity),
    unit: line.unit,
    rate: money(line.rate),
    amount: money(line.amount),
    unrounded: exact(line.unrounded),
    clause: orNull(line.clause),
    intervalsMs: line.intervalsMs === undefined ? null : [...line.intervalsMs],
    coverage: line.coverage,
    demand: line.demand === undefined ? null : await demandAnswer(line.demand, desk, explanation),
  };
}

async function demandAnswer(demand: DemandBasis, desk: PlantDesk, explanation?: Explanation): Promise<NonNullable<BillLineInfo["demand"]>> {
  const ratchetPeaks: readonly Peak[] = explanation?.ratchetPeaks ?? [];
  return {
    rule: demand.rule,
    billedKw: figure(demand.billedKw),
    meteredKw: figure(demand.meteredKw),
    ratchetKw: figure(demand.ratchetKw),
    minimumKw: figure(demand.minimumKw),
    peaks: await tracedAll(demand.peaks, desk),
    next: await tracedOrNull(demand.next, desk),
    ratchetFrom: dateOrNull(demand.ratchetFromMs, desk.zone),
    ratchetPeaks: await tracedAll(ratchetPeaks, desk),
    ratchetUntil: dateOrNull(demand.ratchetUntilMs, desk.zone),
    ratchetCost: costOfRule(explanation?.bill),
    uncertain: demand.uncertain ?? null,
  };
}

export function conservationAnswer(found: Explanation["conservation"]): BillAnswer["conservation"] {
  const comparable = !Number.isNaN(found.registerKwh) || !Number.isNaN(found.billedKwh);
  return {
    registerKwh: figure(found.registerKwh),
    intervalsKwh: figure(found.intervalsKwh),
    daysKwh: figure(found.daysKwh),
    billedKwh: figure(found.billedKwh),
    toleranceKwh: found.toleranceKwh,
    holds: comparable ? found.holds : null,
  };
}

interface Around {
  readonly timeline: readonly PeriodRow[];
  readonly previous?: PeriodRow | undefined;
  readonly next?: PeriodRow | undefined;
}

/** The periods whose demand this one may remember, and those beside it. */
async function neighbours(desk: PlantDesk, row: PeriodRow, basis: Basis): Promise<Around> {
  const newest = await desk.reports.period(basis);
  const since = Math.ceil(Math.max(0, newest.fromMs - row.period.fromMs) / MONTH_MS);
  const rows = await desk.reports.periods(Math.min(MOST_PERIODS, since + LOOK_BACK + 1), basis);
  const at = rows.findIndex((one) => one.period.fromMs === row.period.fromMs);
  if (at < 0) return { timeline: [row] };
  return { timeline: rows.slice(Math.max(0, at - LOOK_BACK + 1), at + 1), previous: rows[at - 1], next: rows[at + 1] };
}
