import type { PlantDesk } from "#api/plants/desk.ts";
import { greatest } from "#api/plants/spell.ts";
import { figure } from "#api/plants/wire.ts";
import { dateText } from "#calendar/local-text.ts";
import type { OldBilling, OldMonth, OldSummary } from "#contract/old-kyz.ts";
import type { IntervalRow } from "#reports/plant-answers.ts";
import { isInvalid, newestRow, oldDate, oldRows } from "./old-rows.ts";
import { oldTimeOrNull } from "./old-time.ts";

const FIVE_MINUTES_MS = 300_000;
const DAY_MS = 86_400_000;
const MONTHS_BACK = 11;
const DAYS_BACK = 30;
const MONTHS = 12;
const PEAK_KW = 100;

export interface OldSummaryWish {
  readonly plantName: string;
  readonly nowMs: number;
  readonly calendar: OldBilling;
  readonly billing: OldBilling;
}

/** The figures of the old first page, each by its own definition. */
export async function oldSummary(desk: PlantDesk, wish: OldSummaryWish): Promise<OldSummary> {
  const { nowMs, calendar, billing } = wish;
  const [current, last] = [calendar.months.at(-1), calendar.months.at(-2)];
  const { tariff } = calendar;
  const floor = tariff.minBillingKW;
  return {
    plantName: wish.plantName,
    ...(await energyFigures(desk, nowMs, tariff.energyRatePerKWh)),
    ...(await liveFigures(desk, nowMs)),
    currentMonthTop3AvgKW: current?.top3AvgKW ?? 0,
    ratchetFloorKW: current?.ratchetFloorKW ?? floor,
    billedDemandEstimateKW: current?.billedDemandKW ?? floor,
    demandEstimateMonth: current?.demandCost ?? floor * tariff.demandRatePerKW,
    lastMonthTop3AvgKW: last?.top3AvgKW ?? null,
    top3AvgPctVsLastMonth: more(current?.top3AvgKW, last?.top3AvgKW),
    lastMonthBilledDemandKW: last?.billedDemandKW ?? null,
    billedDemandPctVsLastMonth: more(current?.billedDemandKW, last?.billedDemandKW),
    lastMonthDemandCost: last?.demandCost ?? null,
    demandCostPctVsLastMonth: more(current?.demandCost, last?.demandCost),
    costOf100kwPeakAnnual: PEAK_KW * tariff.demandRatePerKW * MONTHS,
    ...periodFigures(billing.basis === "billing" ? billing.months.at(-1) : undefined),
  };
}

type Energy = Pick<
  OldSummary,
  | "lastUpdated"
  | "currentKW"
  | "currentKWPrev15m"
  | "currentKWPctVsPrev15m"
  | "todayKWh"
  | "todayPeakKW"
  | "yesterdayKWhToTime"
  | "todayKWhPctVsYesterdayToTime"
  | "mtdKWh"
  | "avgDailyKWh30d"
  | "mtdKWhPacePctVs30dAvg"
  | "maxIntervalKW11mo"
  | "todayPeakPctOf11moMax"
  | "energyEstimateMonth"
>;

async function energyFigures(desk: PlantDesk, nowMs: number, rate: number): Promise<Energy> {
  const { zone } = desk;
  const todayMs = zone.dayStart(nowMs);
  const monthMs = zone.startOf("month", nowMs);
  const earliest = Math.min(monthMs, zone.addDays(nowMs, -DAYS_BACK));
  const rows = (await oldRows(desk, earliest, nowMs)).filter((row) => !isInvalid(row));
  const [previous, current] = rows.slice(-2).length === 2 ? rows.slice(-2) : [undefined, rows.at(-1)];
  const today = rows.filter((row) => row.endMs >= todayMs);
  const month = rows.filter((row) => row.endMs >= monthMs);
  const before = rows.filter((row) => row.endMs < todayMs && row.endMs >= zone.addDays(nowMs, -DAYS_BACK));
  const yesterdayMs = zone.addDays(nowMs, -1);
  const yesterday = before.filter((row) => row.endMs >= yesterdayMs && row.endMs < yesterdayMs + (nowMs - todayMs));
  const todayKWh = energyOf(today);
  const mtdKWh = energyOf(month);
  const todayPeakKW = Math.max(0, ...today.map((row) => row.powerKw));
  const avgDailyKWh30d = meanDay(before, desk);
  const dayOfMonth = Number(dateText(nowMs, zone).slice(8, 10));
  const highest = await highestOf(desk, nowMs);
  return {
    lastUpdated: oldTimeOrNull(month.at(-1)?.endMs, zone),
    currentKW: figure((await newestRow(desk))?.powerKw ?? Number.NaN),
    currentKWPrev15m: figure(previous?.powerKw ?? Number.NaN),
    currentKWPctVsPrev15m: more(current?.powerKw, previous?.powerKw),
    todayKWh,
    todayPeakKW,
    yesterdayKWhToTime: yesterday.length === 0 ? null : energyOf(yesterday),
    todayKWhPctVsYesterdayToTime: more(todayKWh, energyOf(yesterday)),
    mtdKWh,
    avgDailyKWh30d,
    mtdKWhPacePctVs30dAvg: avgDailyKWh30d === null ? null : share(mtdKWh, avgDailyKWh30d * dayOfMonth),
    maxIntervalKW11mo: highest,
    todayPeakPctOf11moMax: highest === null ? null : share(todayPeakKW, highest),
    energyEstimateMonth: mtdKWh * rate,
  };
}

async function liveFigures(
  desk: PlantDesk,
  nowMs: number,
): Promise<Pick<OldSummary, "currentKW_15s" | "liveKWAvg5m" | "liveKWPctVs5mAvg">> {
  const tiles = await desk.reports.live({ fromMs: nowMs - DAY_MS, toMs: nowMs + 1 });
  const newest = tiles.powerKw.at(-1) ?? Number.NaN;
  const recent = Array.from(tiles.powerKw).filter((kw, i) => (tiles.tMs[i] as number) >= nowMs - FIVE_MINUTES_MS && !Number.isNaN(kw));
  const mean = recent.length === 0 ? Number.NaN : recent.reduce((a, b) => a + b, 0) / recent.length;
  return { currentKW_15s: figure(newest), liveKWAvg5m: figure(mean), liveKWPctVs5mAvg: more(newest, mean) };
}

/** Highest demand since eleven months ago, without invalid and excluded intervals. Missing: null where there is none. */
async function highestOf(desk: PlantDesk, nowMs: number): Promise<number | null> {
  const [fromMs = nowMs] = desk.zone.starts("month", nowMs - 400 * DAY_MS, nowMs).slice(-(MONTHS_BACK + 1));
  const toMs = desk.reports.finishedMs();
  if (toMs <= fromMs) return null;
  const { demandKw } = await desk.reports.intervals({ fromMs, toMs });
  const row = greatest(demandKw);
  return row < 0 ? null : (demandKw[row] as number);
}

/** Mean of the days that have any row; a short day counts as a day, as it did. */
function meanDay(rows: readonly IntervalRow[], desk: PlantDesk): number | null {
  const days = new Map<string, number>();
  for (const row of rows) days.set(oldDate(row, desk), (days.get(oldDate(row, desk)) ?? 0) + row.energyKwh);
  return days.size === 0 ? null : [...days.values()].reduce((a, b) => a + b, 0) / days.size;
}

function periodFigures(period: OldMonth | undefined) {
  return {
    billingPeriodStart: period?.periodStart ?? null,
    billingPeriodEnd: period?.periodEnd ?? null,
    btdKWh: period?.energyKWh ?? null,
    billingEnergyEstimate: period?.energyCost ?? null,
    currentBillingPeriodTop3AvgKW: period?.top3AvgKW ?? null,
    currentBillingPeriodBilledDemandKW: period?.billedDemandKW ?? null,
    billingRatchetFloorKW: period?.ratchetFloorKW ?? null,
  };
}

const energyOf = (rows: readonly IntervalRow[]): number => rows.reduce((sum, row) => sum + row.energyKwh, 0);
const share = (part: number, whole: number): number | null => (whole === 0 ? null : figure((part / whole) * 100));

/** Percent more than before. Missing: null where either is missing or the earlier is 0. */
function more(now: number | undefined, before: number | undefined): number | null {
  return now === undefined || before === undefined ? null : share(now - before, before);
}
