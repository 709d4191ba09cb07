import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { monthOf, yearOf } from "#web/charts/time-words.ts";
import { DAY_MS, HOUR_MS, type ZoneClock } from "#web/charts/zone-clock.ts";
import type { Grid } from "./meter-page-queries.ts";

/** Grids in the order of their buttons. */
export const GRIDS = ["interval", "hour", "day", "month", "year"] as const satisfies readonly Grid[];

/** The grid an address names; undefined for none. */
export const gridNamed = (text: string | undefined): Grid | undefined => GRIDS.find((grid) => grid === text);

interface WindowRules {
  readonly clock: ZoneClock;
  readonly nowMs: number;
  /** First reading there is; undefined without one. */
  readonly firstMs: number | undefined;
}

/** The window a grid begins with: a day of intervals, a week of hours, a month of days, two years of months, all years. It ends with the running row. */
export function gridWindow(grid: Grid, rules: WindowRules): TimeSpan {
  const { clock, nowMs, firstMs } = rules;
  const tomorrow = clock.addDaysMs(nowMs, 1);
  if (grid === "interval") return { fromMs: clock.addDaysMs(tomorrow, -1), toMs: tomorrow };
  if (grid === "hour") return { fromMs: clock.addDaysMs(tomorrow, -7), toMs: tomorrow };
  if (grid === "day") return { fromMs: clock.addDaysMs(tomorrow, -31), toMs: tomorrow };
  if (grid === "month") {
    const from = monthStart(nowMs, -23, clock);
    const first = firstMs === undefined ? from : monthStart(firstMs, 0, clock);
    const least = monthStart(nowMs, -11, clock);
    return { fromMs: Math.min(least, Math.max(from, first)), toMs: monthStart(nowMs, 1, clock) };
  }
  const least = yearStart(nowMs, -1, clock);
  return { fromMs: Math.min(least, yearStart(firstMs ?? nowMs, 0, clock)), toMs: yearStart(nowMs, 1, clock) };
}

/** Months and years begin on the wall's calendar. */
export function monthStart(tMs: number, months: number, clock: ZoneClock): number {
  const wall = clock.wallMs(tMs);
  return clock.instantMs(Date.UTC(yearOf(wall), monthOf(wall) + months, 1));
}

function yearStart(tMs: number, years: number, clock: ZoneClock): number {
  return clock.instantMs(Date.UTC(yearOf(clock.wallMs(tMs)) + years, 0, 1));
}

/** The grid a window is read in best: not so many rows that none can be seen, and more than one. */
export function gridFor({ fromMs, toMs }: TimeSpan): Grid {
  const days = (toMs - fromMs) / DAY_MS;
  if (days <= 1.5) return "interval";
  if (days <= 10) return "hour";
  if (days <= 110) return "day";
  if (days <= 6 * 366) return "month";
  return "year";
}

/** More rows than this are slower than they are useful. */
const MOST_ROWS = 4_000;
const ROW_MS: Readonly<Record<Grid, number>> = {
  interval: HOUR_MS / 12,
  hour: HOUR_MS,
  day: DAY_MS,
  month: 30 * DAY_MS,
  year: 365 * DAY_MS,
};

/** Whether a window can be asked in a grid. */
export function fits(grid: Grid, { fromMs, toMs }: TimeSpan): boolean {
  return (toMs - fromMs) / ROW_MS[grid] <= MOST_ROWS;
}

/** The window widened to whole rows of its grid; whole hours at the least. */
export function snapped({ fromMs, toMs }: TimeSpan, grid: Grid, clock: ZoneClock): TimeSpan {
  const down = (tMs: number): number => {
    if (grid === "day") return clock.dayStartMs(tMs);
    if (grid === "month") return monthStart(tMs, 0, clock);
    if (grid === "year") return yearStart(tMs, 0, clock);
    return Math.floor(tMs / HOUR_MS) * HOUR_MS;
  };
  const up = (tMs: number): number => {
    const at = down(tMs);
    if (at === tMs) return at;
    if (grid === "day") return clock.addDaysMs(tMs, 1);
    if (grid === "month") return monthStart(tMs, 1, clock);
    if (grid === "year") return yearStart(tMs, 1, clock);
    return at + HOUR_MS;
  };
  const from = down(fromMs);
  return { fromMs: from, toMs: Math.max(up(toMs), from + HOUR_MS) };
}

/** The same length earlier or later: whole months and years where the window is made of them. */
export function stepped(span: TimeSpan, steps: -1 | 1, clock: ZoneClock): TimeSpan {
  const from = clock.wallMs(span.fromMs);
  const to = clock.wallMs(span.toMs);
  const months = (yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from);
  if (monthStart(span.fromMs, 0, clock) === span.fromMs && monthStart(span.toMs, 0, clock) === span.toMs && months > 0) {
    return { fromMs: monthStart(span.fromMs, steps * months, clock), toMs: monthStart(span.toMs, steps * months, clock) };
  }
  const days = Math.round((to - from) / DAY_MS);
  if (clock.dayStartMs(span.fromMs) === span.fromMs && clock.dayStartMs(span.toMs) === span.toMs && days > 0) {
    return { fromMs: clock.addDaysMs(span.fromMs, steps * days), toMs: clock.addDaysMs(span.toMs, steps * days) };
  }
  const by = steps * (span.toMs - span.fromMs);
  return { fromMs: span.fromMs + by, toMs: span.toMs + by };
}

/** The next finer grid, to look into one row; undefined for the finest. */
export function finer(grid: Grid): Grid | undefined {
  return GRIDS[GRIDS.indexOf(grid) - 1];
}
