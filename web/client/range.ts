import { one } from "./search.ts";

/** Presets of the range select, in the order they are offered. Rolling ones end now; the others follow the site's calendar. */
export const RANGES = {
  "1h": "Last hour",
  "6h": "Last 6 hours",
  "24h": "Last 24 hours",
  today: "Today",
  yesterday: "Yesterday",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "365d": "Last 365 days",
} as const;
export type RangeName = keyof typeof RANGES;

/** The same at the end of a sentence. */
export const RANGE_WORDS: Readonly<Record<RangeName, string>> = {
  "1h": "in the last hour",
  "6h": "in the last 6 hours",
  "24h": "in the last 24 hours",
  today: "today",
  yesterday: "yesterday",
  "7d": "in the last 7 days",
  "30d": "in the last 30 days",
  "365d": "in the last 365 days",
};

/** The part of the address every page shares: the site, and the time as a preset or as two instants. */
export interface ViewSearch {
  readonly site?: string | undefined;
  readonly range?: RangeName | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** What is wrong with the two instants an address named; a page may say it. */
  readonly wrong?: RangeFault | undefined;
}

/** Two instants that cannot be a time: the second is not later, one cannot be read, one is not there. */
export type RangeFault = "order" | "unreadable" | "half";

/**
 * What of an address is a view; what is not understood is left out rather than refused.
 * Every name is there, also as undefined: the router keeps raw text under a name that is not.
 */
export function viewOf(raw: Readonly<Record<string, unknown>>): ViewSearch {
  const site = one(raw, "site");
  const range = one(raw, "range");
  const from = instant(one(raw, "from"));
  const to = instant(one(raw, "to"));
  const ends = from !== undefined && to !== undefined && from < to;
  const preset = !ends && isRange(range) ? range : undefined;
  return {
    site,
    range: preset,
    from: ends ? from : undefined,
    to: ends ? to : undefined,
    wrong: rangeFault(one(raw, "from"), one(raw, "to")) ?? (preset === undefined && !ends ? keptFault(one(raw, "wrong")) : undefined),
  };
}

/** What is wrong with two ends as they were written; undefined where nothing is, or neither is there. */
export function rangeFault(from: string | undefined, to: string | undefined): RangeFault | undefined {
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined || to === undefined) return "half";
  const [fromMs, toMs] = [instant(from), instant(to)];
  if (fromMs === undefined || toMs === undefined) return "unreadable";
  return fromMs < toMs ? undefined : "order";
}

/** The router takes ends that cannot be out of the address; what was wrong with them stays in it. */
function keptFault(text: string | undefined): RangeFault | undefined {
  return text === "order" || text === "unreadable" || text === "half" ? text : undefined;
}

function isRange(name: string | undefined): name is RangeName {
  return name !== undefined && Object.hasOwn(RANGES, name);
}

/** Epoch milliseconds, or anything ISO 8601. */
function instant(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^-?\d{9,}$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(ms) ? ms : undefined;
}

const HOUR = 3_600_000;
const ROLLING: Readonly<Partial<Record<RangeName, number>>> = {
  "1h": HOUR,
  "6h": 6 * HOUR,
  "24h": 24 * HOUR,
  "7d": 7 * 24 * HOUR,
  "30d": 30 * 24 * HOUR,
  "365d": 365 * 24 * HOUR,
};

/** A range in time, half open. `rolling`: it ends now and moves on. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly rolling: boolean;
}

/** The instants a view means. Calendar days are those of `zone`, also on days of 23 or 25 hours. */
export function spanOf(view: ViewSearch, nowMs: number, zone: string): Span {
  if (view.from !== undefined && view.to !== undefined) return { fromMs: view.from, toMs: view.to, rolling: false };
  const range = view.range ?? "24h";
  const length = ROLLING[range];
  if (length !== undefined) return { fromMs: nowMs - length, toMs: nowMs, rolling: true };
  const today = startOfDay(nowMs, zone);
  if (range === "today") return { fromMs: today, toMs: nowMs, rolling: true };
  return { fromMs: startOfDay(today - 1, zone), toMs: today, rolling: false };
}

/** The same length one step earlier (-1) or later (+1), never past now. Units: ms. */
export function shiftSpan(span: Span, steps: number, nowMs: number): Span {
  const length = span.toMs - span.fromMs;
  const toMs = Math.min(span.toMs + steps * length, nowMs);
  return { fromMs: toMs - length, toMs, rolling: false };
}

/**
 * One step earlier (-1) or later (+1), as somebody means it who presses an arrow: days of the zone's calendar for the day so
 * far and for whole days, the same length for everything else; never past now.
 */
export function stepSpan(span: Span, steps: -1 | 1, { nowMs, zone }: { readonly nowMs: number; readonly zone: string }): Span {
  const { fromMs, toMs } = span;
  const whole = startOfDay(fromMs, zone) === fromMs && (toMs === nowMs || startOfDay(toMs, zone) === toMs);
  const days = Math.round((toMs - fromMs) / (24 * HOUR)) || 1;
  if (!whole || (toMs === nowMs && toMs - fromMs > 24 * HOUR)) return shiftSpan(span, steps, nowMs);
  const moved = (tMs: number): number => startOfDay(startOfDay(tMs, zone) + steps * days * 24 * HOUR + 12 * HOUR, zone);
  const from = moved(fromMs);
  if (from >= nowMs) return { ...span, rolling: false };
  const to = toMs === nowMs ? startOfDay(nowMs, zone) : moved(toMs);
  return { fromMs: from, toMs: Math.min(to, nowMs), rolling: false };
}

/** First instant of the local day that holds `tMs`. Where midnight is skipped it is the first instant after it. */
export function startOfDay(tMs: number, zone: string): number {
  const parts = wallClock(tMs, zone);
  const guess = tMs - parts.sinceMidnightMs;
  // A change of the clock between midnight and now moves the guess by that change; look once more from there.
  const there = wallClock(guess, zone);
  if (there.day === parts.day) return guess - there.sinceMidnightMs;
  const missing = 24 * HOUR - there.sinceMidnightMs;
  return guess + missing;
}

interface WallClock {
  readonly day: string;
  readonly sinceMidnightMs: number;
}

function wallClock(tMs: number, zone: string): WallClock {
  const found: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const part of partsFormat(zone).formatToParts(tMs)) found[part.type] = part.value;
  const seconds = Number(found.hour) * 3600 + Number(found.minute) * 60 + Number(found.second);
  return { day: `${found.year}-${found.month}-${found.day}`, sinceMidnightMs: seconds * 1000 + (((tMs % 1000) + 1000) % 1000) };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsFormat(zone: string): Intl.DateTimeFormat {
  const made =
    formats.get(zone) ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
  formats.set(zone, made);
  return made;
}
