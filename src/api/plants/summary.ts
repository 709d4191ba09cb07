import { offsetText } from "#calendar/local-text.ts";
import type { SummaryAnswer } from "#contract/plant.ts";
import type { PlantPeak } from "#contract/plant-parts.ts";
import type { PlantDesk } from "./desk.ts";
import { peakOfRow, tracedOrNull } from "./peaks.ts";
import { energyCostOf } from "./period-parts.ts";
import { periodAnswerOf, previousAnswer } from "./period-summary.ts";
import { finished, peakIn, summed } from "./spell.ts";
import { cents, changePercent, figure, orNull, percent } from "./wire.ts";

const DAY_MS = 86_400_000;
const MEAN_DAYS = 30;
/** Months the highest demand is looked for, with this one. */
const LOOK_BACK_MONTHS = 12;

/** What the first page of a plant shows. */
export async function summaryAnswer(desk: PlantDesk, nowMs: number, clockOffsetMs: number | undefined): Promise<SummaryAnswer> {
  const { reports, zone } = desk;
  const { settings } = reports;
  const monthStartMs = zone.startOf("month", nowMs);
  const report = await reports.summary();
  const running = await reports.running();
  const periods = await reports.periods(2);
  const now = periods.at(-1);
  const before = periods.at(-2);
  const period = now === undefined ? null : await periodAnswerOf(now, desk, nowMs);
  const latest = await reports.latest();
  const today = await summed(desk, { fromMs: zone.dayStart(nowMs), toMs: nowMs });
  const month = await summed(desk, { fromMs: monthStartMs, toMs: nowMs });
  const highest = await highestOf(desk, nowMs);
  const liveKw = running.live.kw;
  const billingLevel = running.levels.find((level) => level.kind === "billing");
  return {
    plant: desk.id,
    name: settings.name,
    zone: settings.zone,
    currency: settings.currency,
    nowMs,
    nowLocal: offsetText(nowMs, zone),
    lastIntervalMs: orNull(latest?.endMs),
    clockOffsetMs: orNull(clockOffsetMs),
    current: await currentAnswer(desk),
    live: {
      kw: figure(liveKw),
      plusMinusKw: figure(running.live.plusMinusKw),
      atMs: orNull(running.live.tMs),
      meanOf5MinutesKw: figure(report.live5minKw),
      changePercent: changePercent(liveKw, report.live5minKw),
    },
    today: {
      ...today,
      energyCost: energyCostOf(now, today.energyKwh),
      yesterdayToTimeKwh: figure(report.yesterdayKwhToTime),
      changePercent: changePercent(today.energyKwh ?? Number.NaN, report.yesterdayKwhToTime),
      shareOfHighestPercent: highest === null || today.peak === null ? null : percent(today.peak.kw, highest.kw),
    },
    month: {
      ...month,
      energyCost: report.monthEnergyCost === undefined ? null : cents(report.monthEnergyCost),
      ...(await pace(desk, { energyKwh: month.energyKwh, monthStartMs, nowMs })),
    },
    highest,
    period: period && { ...period, headroomKw: billingLevel === undefined ? null : figure(billingLevel.kw - liveKw) },
    previous: previousAnswer(before, period?.billedKw ?? null, desk),
    costOf100KwYear: report.costOf100KwYear === undefined ? null : cents(report.costOf100KwYear),
    remarks: now?.bill === undefined ? [] : [...now.bill.remarks],
  };
}

/** The newest finished interval against the one right before it; where that one is missing there is no comparison. */
async function currentAnswer(desk: PlantDesk): Promise<SummaryAnswer["current"]> {
  const row = await desk.reports.latest();
  const previous = row === undefined ? undefined : await desk.row(row.endMs - desk.lengthMs);
  const [kw, previousKw] = [row?.powerKw ?? Number.NaN, previous?.powerKw ?? Number.NaN];
  return {
    interval: peakOfRow(row, desk),
    energyKwh: figure(row?.energyKwh ?? Number.NaN),
    previousKw: figure(previousKw),
    changePercent: changePercent(kw, previousKw),
  };
}

/** Highest demand that counts in this month and the eleven before. */
async function highestOf(desk: PlantDesk, nowMs: number): Promise<PlantPeak | null> {
  const { zone, reports } = desk;
  const months = zone.starts("month", nowMs - 370 * DAY_MS, nowMs).slice(-LOOK_BACK_MONTHS);
  const range = finished(desk, { fromMs: months[0] ?? nowMs, toMs: nowMs });
  if (range.toMs <= range.fromMs) return null;
  const intervals = await reports.intervals(range);
  return tracedOrNull(peakIn(intervals, intervals.demandKw), desk);
}

interface MonthSoFar {
  readonly energyKwh: number | null;
  readonly monthStartMs: number;
  readonly nowMs: number;
}

/** Only complete days make the mean, and the part of today that is over counts as that part. */
async function pace(
  desk: PlantDesk,
  { energyKwh, monthStartMs, nowMs }: MonthSoFar,
): Promise<{ meanDayKwh: number | null; pacePercent: number | null }> {
  const { zone, reports } = desk;
  const fromMs = zone.addDays(nowMs, -MEAN_DAYS);
  const days = await reports.days(offsetText(fromMs, zone).slice(0, 10), offsetText(zone.addDays(nowMs, -1), zone).slice(0, 10));
  const whole = days.filter((day) => day.count >= day.expected && !Number.isNaN(day.energyKwh));
  if (whole.length === 0) return { meanDayKwh: null, pacePercent: null };
  const meanDayKwh = whole.reduce((sum, day) => sum + day.energyKwh, 0) / whole.length;
  const todayMs = zone.dayStart(nowMs);
  const part = (nowMs - todayMs) / (zone.nextStart("day", nowMs) - todayMs);
  const daysOver = zone.daysBetween(monthStartMs, nowMs) + part;
  return { meanDayKwh, pacePercent: energyKwh === null ? null : percent(energyKwh, meanDayKwh * daysOver) };
}
