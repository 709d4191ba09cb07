import { clockWords, dayOfMonth, dayWords, monthOf, monthWord, weekdayOf, yearOf, zoneWord } from "./time-words.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type ZoneClock } from "./zone-clock.ts";

/** A mark on the time axis. `strong` marks get a vertical line through the picture. */
export interface TimeTick {
  readonly tMs: number;
  readonly label: string;
  readonly strong: boolean;
}

/** A stretch shaded behind the picture. */
export interface TimeShade {
  readonly fromMs: number;
  readonly toMs: number;
  readonly label: "weekend" | "night";
}

export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

const SHORT_STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR_MS),
];
const DAY_STEPS = [1, 2, 7];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120];
const SHORT_PX = 58;
const LONG_HOURS_PX = 84;
const DAY_PX = 64;
const MONTH_PX = 56;

/** Marks at round times of the zone's own wall clock, as many as the width has room for. A day that is not 24 hours long says so. */
export function timeTicks(span: TimeSpan, widthPx: number, clock: ZoneClock): TimeTick[] {
  const perPx = (span.toMs - span.fromMs) / Math.max(1, widthPx);
  if (!(perPx > 0)) return [];
  const short = SHORT_STEPS.find((step) => step >= perPx * (step < 6 * HOUR_MS ? SHORT_PX : LONG_HOURS_PX));
  if (short !== undefined) return clockTicks(span, short, clock);
  const days = DAY_STEPS.find((count) => count * DAY_MS >= perPx * DAY_PX);
  if (days !== undefined) return dayTicks(span, days, clock);
  const months = MONTH_STEPS.find((count) => count * 30 * DAY_MS >= perPx * MONTH_PX) ?? 120;
  return monthTicks(span, months, clock);
}

function clockTicks(span: TimeSpan, step: number, clock: ZoneClock): TimeTick[] {
  // Walked in half hours at the most, so that a clock change inside the day keeps the marks on round wall times.
  const stride = Math.min(step, 30 * MINUTE_MS);
  const ticks: TimeTick[] = [];
  let t = span.fromMs + ((stride - (((clock.wallMs(span.fromMs) % stride) + stride) % stride)) % stride);
  let offset = clock.offsetMs(span.fromMs);
  for (; t <= span.toMs; t += stride) {
    const wall = clock.wallMs(t);
    const changed = clock.offsetMs(t) !== offset;
    if (wall % DAY_MS === 0) ticks.push({ tMs: t, label: dayLabel(t, clock, true), strong: true });
    else if (wall % step === 0 || (changed && step <= HOUR_MS))
      ticks.push({ tMs: t, label: clockWords(wall, step < MINUTE_MS), strong: false });
    else continue;
    const last = ticks.at(-1);
    if (changed && last !== undefined) ticks[ticks.length - 1] = { ...last, label: `${last.label} ${zoneWord(clock.zone, t)}` };
    offset = clock.offsetMs(t);
  }
  return ticks;
}

function dayTicks(span: TimeSpan, every: number, clock: ZoneClock): TimeTick[] {
  const ticks: TimeTick[] = [];
  let month: number | undefined;
  for (const t of midnights(span, clock)) {
    const wall = clock.wallMs(t);
    const number = Math.floor(wall / DAY_MS);
    const wanted = every === 7 ? weekdayOf(wall) === 1 : number % every === 0;
    if (!wanted) continue;
    ticks.push({ tMs: t, label: dayLabel(t, clock, every === 7 || (month !== undefined && month !== monthOf(wall))), strong: true });
    month = monthOf(wall);
  }
  return ticks;
}

function dayLabel(t: number, clock: ZoneClock, withMonth: boolean): string {
  const wall = clock.wallMs(t);
  const words = dayWords(wall, withMonth || dayOfMonth(wall) === 1);
  const hours = (clock.addDaysMs(t, 1) - t) / HOUR_MS;
  return hours === 24 ? words : `${words}, ${hours} h`;
}

function monthTicks(span: TimeSpan, every: number, clock: ZoneClock): TimeTick[] {
  const ticks: TimeTick[] = [];
  const start = clock.wallMs(span.fromMs);
  let year: number | undefined;
  for (let index = yearOf(start) * 12 + monthOf(start); ; index++) {
    const wall = Date.UTC(Math.floor(index / 12), index % 12, 1);
    const t = clock.instantMs(wall);
    if (t > span.toMs) return ticks;
    if (t < span.fromMs || index % every !== 0) continue;
    const label = every >= 12 ? String(yearOf(wall)) : year === yearOf(wall) ? monthWord(wall) : `${monthWord(wall)} ${yearOf(wall)}`;
    ticks.push({ tMs: t, label, strong: true });
    year = yearOf(wall);
  }
}

/** First instants of the local days inside a span. */
export function midnights(span: TimeSpan, clock: ZoneClock): number[] {
  const found: number[] = [];
  let t = clock.dayStartMs(span.fromMs);
  while (t <= span.toMs) {
    if (t >= span.fromMs) found.push(t);
    t = clock.addDaysMs(t, 1);
  }
  return found;
}

const NIGHTS_UP_TO_MS = 4 * DAY_MS;
const WEEKENDS_UP_TO_MS = 100 * DAY_MS;
const NIGHT_FROM_HOUR = 22;
const NIGHT_TO_HOUR = 6;

/** Nights (22 to 6) of up to four days, weekends of longer spans; nothing where they would be stripes. */
export function timeShades(span: TimeSpan, clock: ZoneClock): TimeShade[] {
  const length = span.toMs - span.fromMs;
  if (length < 2 * HOUR_MS || length > WEEKENDS_UP_TO_MS) return [];
  const shades: TimeShade[] = [];
  const add = (fromMs: number, toMs: number, label: TimeShade["label"]) => {
    if (toMs > span.fromMs && fromMs < span.toMs) shades.push({ fromMs, toMs, label });
  };
  for (let t = clock.addDaysMs(span.fromMs, -1); t < span.toMs; t = clock.addDaysMs(t, 1)) {
    const wall = clock.wallMs(t);
    if (length <= NIGHTS_UP_TO_MS) {
      add(clock.instantMs(wall + NIGHT_FROM_HOUR * HOUR_MS), clock.instantMs(wall + DAY_MS + NIGHT_TO_HOUR * HOUR_MS), "night");
    } else if (weekdayOf(wall) === 6) add(t, clock.addDaysMs(t, 2), "weekend");
    else if (weekdayOf(wall) === 0 && t < span.fromMs) add(t, clock.addDaysMs(t, 1), "weekend");
  }
  return joinTouching(shades);
}

function joinTouching(shades: readonly TimeShade[]): TimeShade[] {
  const joined: TimeShade[] = [];
  for (const shade of shades) {
    const last = joined.at(-1);
    if (last !== undefined && shade.fromMs <= last.toMs) joined[joined.length - 1] = { ...last, toMs: Math.max(last.toMs, shade.toMs) };
    else joined.push(shade);
  }
  return joined;
}
