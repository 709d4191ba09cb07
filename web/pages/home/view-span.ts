import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { weekdayOf } from "#web/charts/time-words.ts";
import { DAY_MS, HOUR_MS, type ZoneClock } from "#web/charts/zone-clock.ts";

/** The five lengths of the page, in the order of their keys 1 to 5. */
export const VIEWS = ["hour", "day", "week", "month", "year"] as const;
export type ViewName = (typeof VIEWS)[number];

/** The right edge follows the newest reading from this close to it on. */
export const FOLLOW_MS = 2 * 60_000;

/** The view an address names, the day where it names none. */
export function viewNamed(text: string | undefined): ViewName {
  return VIEWS.find((view) => view === text) ?? "day";
}

export interface ViewRules {
  readonly clock: ZoneClock;
  readonly nowMs: number;
  /** 0 for Sunday. */
  readonly weekStart: number;
}

/**
 * The window a button means: the last hour; the local day; the week since its first day, and month and year since the same
 * date, all up to the end of today, because the typical course of the rest of the day is part of the picture.
 */
export function viewSpan(view: ViewName, { clock, nowMs, weekStart }: ViewRules): TimeSpan {
  if (view === "hour") return { fromMs: nowMs - HOUR_MS, toMs: nowMs };
  const today = clock.dayStartMs(nowMs);
  const toMs = clock.addDaysMs(today, 1);
  if (view === "day") return { fromMs: today, toMs };
  const wall = clock.wallMs(today);
  if (view === "week") return { fromMs: clock.addDaysMs(today, -((weekdayOf(wall) - weekStart + 7) % 7)), toMs };
  return { fromMs: clock.instantMs(sameDateBefore(wall, view)), toMs };
}

/** The same date a month or a year before; a date that month does not have is its last one. */
function sameDateBefore(wallMs: number, view: "month" | "year"): number {
  const at = new Date(wallMs);
  const months = at.getUTCFullYear() * 12 + at.getUTCMonth() - (view === "month" ? 1 : 12);
  const last = new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate();
  return Date.UTC(Math.floor(months / 12), months % 12, Math.min(at.getUTCDate(), last));
}

/** The local day an instant lies in, 23 or 25 hours long where the clock is changed. */
export function dayOf(tMs: number, clock: ZoneClock): TimeSpan {
  const fromMs = clock.dayStartMs(tMs);
  return { fromMs, toMs: clock.addDaysMs(fromMs, 1) };
}

/** Whether a stretch is one whole local day. */
export function isDay({ fromMs, toMs }: TimeSpan, clock: ZoneClock): boolean {
  const day = dayOf(fromMs, clock);
  return day.fromMs === fromMs && day.toMs === toMs;
}

/** As many local days before or after; what is no number of whole days moves by its own length. */
export function steppedSpan(span: TimeSpan, steps: -1 | 1, clock: ZoneClock): TimeSpan {
  const from = clock.wallMs(span.fromMs);
  const to = clock.wallMs(span.toMs);
  const days = (to - from) / DAY_MS;
  if (from % DAY_MS !== 0 || !Number.isInteger(days) || days < 1) {
    const by = steps * (span.toMs - span.fromMs);
    return { fromMs: span.fromMs + by, toMs: span.toMs + by };
  }
  return { fromMs: clock.addDaysMs(span.fromMs, steps * days), toMs: clock.addDaysMs(span.toMs, steps * days) };
}

/** A window whose right edge was now when it was made grows with the clock. */
export function extended(span: TimeSpan, nowMs: number): TimeSpan {
  return nowMs > span.toMs ? { fromMs: span.fromMs, toMs: nowMs } : span;
}

/** "1772697600000-1772724600000" as a span; anything else is no selection. */
export function selectionOf(text: string | undefined): TimeSpan | undefined {
  const match = /^(\d{9,16})-(\d{9,16})$/.exec(text ?? "");
  const fromMs = Number(match?.[1]);
  const toMs = Number(match?.[2]);
  return match !== null && fromMs < toMs ? { fromMs, toMs } : undefined;
}

/** Whole seconds: a finger does not mean milliseconds. A window of less than one stays as it is. */
export function wholeSeconds({ fromMs, toMs }: TimeSpan): TimeSpan {
  const rounded = { fromMs: Math.round(fromMs / 1000) * 1000, toMs: Math.round(toMs / 1000) * 1000 };
  return rounded.toMs > rounded.fromMs ? rounded : { fromMs: Math.floor(fromMs), toMs: Math.ceil(toMs) };
}

/** A selection as the address has it. */
export function selectionText(span: TimeSpan): string {
  const { fromMs, toMs } = wholeSeconds(span);
  return `${fromMs}-${toMs}`;
}
