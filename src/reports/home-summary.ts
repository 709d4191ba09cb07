import { weekdayOf } from "#analytics/local-days.ts";
import { typicalEnergy } from "#analytics/typical.ts";
import type { Series } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import type { HomeFigures, HomeSummary } from "./home-answers.ts";
import type { HomeStanding } from "./home-books.ts";
import { figuresOf } from "./home-figures.ts";

const QUARTER_MS = 900_000;
const HOUR_MS = 3_600_000;
const LOOK_ROWS = 64;

/** Energy and money of the usual stretches until now. */
export function stretchesOf(at: HomeStanding, weekStart: number): Pick<HomeSummary, "today" | "week" | "month" | "year" | "total"> {
  const { nowMs } = at;
  const { zone } = at.bought.days;
  const todayMs = zone.dayStart(nowMs);
  const of = (unit: "day" | "month" | "year"): HomeFigures => {
    const fromMs = zone.startOf(unit, nowMs);
    return figuresOf(at, { range: { fromMs, toMs: zone.nextStart(unit, fromMs) }, unit });
  };
  const [today, month, year] = [of("day"), of("month"), of("year")];
  const total = { fromMs: zone.dayStart(Math.min(at.first ?? nowMs, nowMs)), toMs: zone.nextStart("day", nowMs) };
  return { today, week: weekOf(at, { todayMs, weekStart }), month, year, total: figuresOf(at, { range: total, unit: "none" }) };
}

/** The week as the reader's locale begins it: its typical is that of its seven days. */
function weekOf(at: HomeStanding, { todayMs, weekStart }: { readonly todayMs: number; readonly weekStart: number }): HomeFigures {
  const { days } = at.bought;
  const { zone } = days;
  const sinceSunday = (weekdayOf(todayMs, zone) + 1) % 7;
  const fromMs = zone.addDays(todayMs, -((sinceSunday - weekStart + 7) % 7));
  let [typicalKwh, typicalSoFarKwh] = [0, 0];
  for (let day = 0; day < 7; day++) {
    const dayMs = zone.addDays(fromMs, day);
    const isToday = dayMs === todayMs;
    const { wholeKwh, soFarKwh } = typicalEnergy(days, { unit: "day", atMs: isToday ? at.nowMs : dayMs }, { isHoliday: at.isHoliday });
    typicalKwh += wholeKwh;
    if (dayMs <= todayMs) typicalSoFarKwh += isToday ? soFarKwh : wholeKwh;
  }
  const figures = figuresOf(at, { range: { fromMs, toMs: zone.addDays(fromMs, 7) }, unit: "none" });
  return { ...figures, typicalKwh, typicalSoFarKwh };
}

/** How the grid meter is read. */
export interface Reading {
  readonly source?: string;
  /** Middle spacing of the newest readings. NaN while there are too few. */
  readonly everyMs: number;
}

type Reader = Pick<Store, "read" | "readBuckets">;

/** Missing: NaN while there are too few readings. */
export async function readingOf(store: Reader, { series, nowMs }: HomeStanding): Promise<Reading> {
  const counted = series.bought ?? series.sold;
  if (counted === undefined) return { everyMs: Number.NaN };
  const { tMs } = await store.read(counted.id, { fromMs: -8.64e15, toMs: nowMs + 1 }, { limit: -LOOK_ROWS });
  const gaps = tMs.subarray(1).map((at, i) => at - (tMs[i] as number));
  return { source: counted.source, everyMs: gaps.sort()[Math.floor(gaps.length / 2)] ?? Number.NaN };
}

/** How many readings came today and lately, and how many there should be. */
export async function readingsOf(store: Reader, at: HomeStanding): Promise<HomeSummary["readings"]> {
  const counted = at.series.bought ?? at.series.sold;
  if (counted === undefined) return { today: 0, expectedToday: 0, lastHour: 0 };
  const todayMs = at.bought.days.zone.dayStart(at.nowMs);
  const [today, lastHour, { everyMs }] = await Promise.all([
    todayCount(store, counted, { fromMs: todayMs, toMs: at.nowMs + 1 }),
    store.read(counted.id, { fromMs: at.nowMs - HOUR_MS, toMs: at.nowMs + 1 }),
    readingOf(store, at),
  ]);
  return { today, expectedToday: Math.floor((at.nowMs - todayMs) / everyMs) || 0, lastHour: lastHour.tMs.length };
}

async function todayCount(store: Reader, series: Series, range: { fromMs: number; toMs: number }): Promise<number> {
  const { n, nBad } = await store.readBuckets(series.id, range, QUARTER_MS);
  return n.reduce((sum, count) => sum + count, 0) + nBad.reduce((sum, count) => sum + count, 0);
}
