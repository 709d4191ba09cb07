import { Decimal } from "decimal.js";
import type { Intervals } from "#analytics/intervals.ts";
import type { Tiles } from "#analytics/live-tiles.ts";
import type { Zone } from "#calendar/zone.ts";
import type { DemandCharge, Plan } from "#tariffs/plan.ts";
import type { Ledger } from "./billing-desk.ts";
import { valueAt } from "./days.ts";
import { highestRow, isValid, NO_LAYER, sumOf, within } from "./interval-columns.ts";
import { periodRow } from "./period-rows.ts";
import type { PeriodFigures, Summary } from "./plant-answers.ts";

/** What the figures are made of. */
export interface SummaryFacts {
  readonly nowMs: number;
  readonly zone: Zone;
  readonly calendar: Ledger;
  /** Left out where bills are by calendar month. */
  readonly billing?: Ledger;
  /** Tiles of the last minutes. */
  readonly tiles: Tiles;
  readonly plan?: Plan;
}

const FIVE_MINUTES_MS = 300_000;

/** The figures of one glance. Days and months are local; an interval counts to the day it lies in. */
export function summaryOf(facts: SummaryFacts): Summary {
  const { nowMs, zone, calendar, billing } = facts;
  const all = calendar.intervals;
  const todayMs = zone.dayStart(nowMs);
  const monthMs = zone.startOf("month", nowMs);
  const today = within(all, { fromMs: todayMs, toMs: nowMs });
  const month = within(all, { fromMs: monthMs, toMs: nowMs });
  const dailyKwh = averageOfDays(all, todayMs, zone);
  const highest11 = peakOf(within(all, { fromMs: monthsBefore(todayMs, 11, zone), toMs: nowMs }));
  const monthKwh = sumOf(month.energyKwh);
  const monthRow = figuresOf(calendar, calendar.now);
  const lastMonth = calendar.now - 1 >= calendar.first ? figuresOf(calendar, calendar.now - 1) : undefined;
  const todayPeakKw = peakOf(today, "powerKw");
  return {
    ...newest(all, facts.tiles, nowMs),
    todayKwh: sumOf(today.energyKwh),
    todayPeakKw,
    todayPeakDemandKw: peakOf(today),
    monthKwh,
    ...(monthRow.energyCost === undefined ? {} : { monthEnergyCost: monthRow.energyCost }),
    yesterdayKwhToTime: sumOf(within(all, yesterdayToTime(nowMs, zone)).energyKwh),
    averageDailyKwh30: dailyKwh,
    // The part of today that is over counts as that part of a day.
    monthPacePct: (monthKwh / (dailyKwh * daysGone(nowMs, zone))) * 100,
    highest11MonthsKw: highest11,
    todayOf11MonthsPct: (todayPeakKw / highest11) * 100,
    month: monthRow,
    ...(lastMonth === undefined ? {} : { lastMonth }),
    ...(billing === undefined ? {} : { billing: figuresOf(billing, billing.now) }),
    ...yearOf100Kw(facts.plan),
    loadFactor: periodRow(billing ?? calendar, (billing ?? calendar).now).loadFactor,
  };
}

type Newest = Pick<
  Summary,
  | "currentKw"
  | "currentMs"
  | "current15sKw"
  | "current15sMs"
  | "previousKw"
  | "versusPreviousPct"
  | "live5minKw"
  | "versus5minPct"
  | "lastUpdatedMs"
>;

function newest(all: Intervals, tiles: Tiles, nowMs: number): Newest {
  const current = lastKnown(all, () => true);
  const valid = (row: number): boolean => isValid(all.quality[row] as number);
  const newestValid = lastKnown(all, valid);
  const before = newestValid < 0 ? -1 : lastKnown(all, valid, newestValid - 1);
  const currentKw = valueAt(all.powerKw, current);
  const previousKw = valueAt(all.powerKw, before);
  const tile = tiles.tMs.length - 1;
  const current15sKw = valueAt(tiles.powerKw, tile);
  const recent = tiles.powerKw.filter((_, i) => (tiles.tMs[i] as number) > nowMs - FIVE_MINUTES_MS);
  const live5minKw = sumOf(recent) / recent.filter((kw) => !Number.isNaN(kw)).length;
  return {
    currentKw,
    ...(current < 0 ? {} : { currentMs: all.tMs[current] as number }),
    current15sKw,
    ...(tile < 0 ? {} : { current15sMs: tiles.tMs[tile] as number }),
    previousKw,
    versusPreviousPct: changePct(valueAt(all.powerKw, newestValid), previousKw),
    live5minKw,
    versus5minPct: changePct(current15sKw, live5minKw),
    ...(newestValid < 0 ? {} : { lastUpdatedMs: all.tMs[newestValid] as number }),
  };
}

/** The last row at or before `from` that somebody spoke of. */
function lastKnown(all: Intervals, counts: (row: number) => boolean, from = all.tMs.length - 1): number {
  for (let row = from; row >= 0; row--) if (all.layer[row] !== NO_LAYER && counts(row)) return row;
  return -1;
}

function changePct(now: number, before: number): number {
  return before === 0 ? Number.NaN : ((now - before) / before) * 100;
}

/** Highest that counts as demand, or the highest power of valid intervals. */
function peakOf(rows: Intervals, column: "demandKw" | "powerKw" = "demandKw"): number {
  return valueAt(
    rows[column],
    highestRow(rows[column], (row) => column === "demandKw" || isValid(rows.quality[row] as number)),
  );
}

/** Mean of the thirty whole days before today that have any energy. */
function averageOfDays(all: Intervals, todayMs: number, zone: Zone): number {
  let sum = 0;
  let days = 0;
  for (let back = 1; back <= 30; back++) {
    const fromMs = zone.addDays(todayMs, -back);
    const kwh = sumOf(within(all, { fromMs, toMs: zone.addDays(todayMs, 1 - back) }).energyKwh);
    if (Number.isNaN(kwh)) continue;
    sum += kwh;
    days++;
  }
  return days === 0 ? Number.NaN : sum / days;
}

function daysGone(nowMs: number, zone: Zone): number {
  const dayMs = zone.dayStart(nowMs);
  return zone.daysBetween(zone.startOf("month", nowMs), nowMs) + (nowMs - dayMs) / (zone.addDays(nowMs, 1) - dayMs);
}

/** Yesterday until the clock showed what it shows now. */
function yesterdayToTime(nowMs: number, zone: Zone): { fromMs: number; toMs: number } {
  const fromMs = zone.addDays(nowMs, -1);
  const clockMs = zone.localOf(nowMs) - zone.localOf(zone.dayStart(nowMs));
  return { fromMs, toMs: Math.min(zone.instantOf(zone.localOf(fromMs) + clockMs, "later"), zone.dayStart(nowMs)) };
}

function monthsBefore(dayMs: number, months: number, zone: Zone): number {
  let atMs = zone.startOf("month", dayMs);
  const offset = zone.daysBetween(atMs, dayMs);
  for (let i = 0; i < months; i++) atMs = zone.startOf("month", atMs - 1);
  return Math.min(zone.addDays(atMs, offset), zone.nextStart("month", atMs) - 1);
}

/** Figures of one period of a ledger. */
export function figuresOf(ledger: Ledger, k: number): PeriodFigures {
  const { period, energyKwh, peakKw, demand, bill } = periodRow(ledger, k);
  const costOf = (kind: string): Decimal | undefined =>
    bill?.lines.filter((line) => line.kind === kind).reduce<Decimal | undefined>((sum, line) => line.amount.plus(sum ?? 0), undefined);
  const [demandCost, energyCost] = [costOf("demand"), costOf("energy")];
  return {
    period,
    energyKwh,
    peakKw,
    meteredKw: demand?.meteredKw ?? Number.NaN,
    ratchetFloorKw: demand === undefined ? Number.NaN : Math.max(demand.ratchetKw, demand.minimumKw),
    billedKw: demand?.billedKw ?? Number.NaN,
    ...(demandCost === undefined ? {} : { demandCost }),
    ...(energyCost === undefined ? {} : { energyCost }),
    ...(bill === undefined ? {} : { total: bill.total }),
  };
}

/** What a hundred kW of billing demand cost in a year, by the newest version's plain rates. */
function yearOf100Kw(plan: Plan | undefined): Pick<Summary, "costOf100KwYear"> {
  const charges = plan?.versions.at(-1)?.components.filter((one): one is DemandCharge => one.kind === "demand") ?? [];
  const rates = charges.flatMap((charge) => (charge.rate === undefined ? [] : [new Decimal(charge.rate)]));
  return rates.length === 0 ? {} : { costOf100KwYear: rates.reduce((sum, rate) => sum.plus(rate), new Decimal(0)).times(1200) };
}
