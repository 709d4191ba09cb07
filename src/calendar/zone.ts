import { civilMs, civilOf, DAY_MS, HOUR_MS, MINUTE_MS } from "./civil.ts";
import { slowOffsetMs, type Transitions, transitionsOf } from "./transitions.ts";

export const LOCAL_UNITS = ["minute", "quarter-hour", "hour", "day", "week", "month", "year"] as const;
/** Weeks start on Monday. */
export type LocalUnit = (typeof LOCAL_UNITS)[number];

/** What a clock reading that occurs twice means; one that never occurs is refused by `none`, and moved by the others to the change itself. */
export type Repeated = "earlier" | "later" | "none";

/**
 * The local clock of a place.
 * Units: instants are epoch milliseconds UTC; a "local" number is the clock reading in milliseconds as if the clock stood in UTC.
 */
export class Zone {
  readonly id: string;
  private readonly table: Transitions;
  /** Row of the last answer: neighbours in time are asked one after another. */
  private row = 0;

  constructor(id: string) {
    this.id = id;
    this.table = transitionsOf(id);
  }

  /** Milliseconds east of UTC at an instant. */
  offsetAt(tMs: number): number {
    const { atMs, offsetMs, fromMs, toMs } = this.table;
    if (tMs < fromMs || tMs >= toMs) return slowOffsetMs(this.id, tMs);
    let row = this.row;
    if (tMs < (atMs[row] as number) || tMs >= (atMs[row + 1] ?? toMs)) {
      row = rowAt(atMs, tMs);
      this.row = row;
    }
    return offsetMs[row] as number;
  }

  /** The clock reading at an instant. */
  localOf(tMs: number): number {
    return tMs + this.offsetAt(tMs);
  }

  /** The instants at which the clock shows this: two in a repeated hour, none in a skipped one. Ascending. */
  instantsOf(localMs: number): readonly number[] {
    const before = localMs - this.offsetAt(localMs - DAY_MS);
    const after = localMs - this.offsetAt(localMs + DAY_MS);
    const found: number[] = [];
    for (const tMs of before === after ? [before] : before < after ? [before, after] : [after, before]) {
      if (this.localOf(tMs) === localMs) found.push(tMs);
    }
    return found;
  }

  /** The instant of a clock reading. Missing: undefined under `none` for a reading that occurs twice or never. */
  instantOf(localMs: number, repeated: "earlier" | "later"): number;
  instantOf(localMs: number, repeated: Repeated): number | undefined;
  instantOf(localMs: number, repeated: Repeated): number | undefined {
    const offsetMs = this.offsetAt(localMs - DAY_MS);
    // Far from any change: by far the most.
    if (offsetMs === this.offsetAt(localMs + DAY_MS) && this.offsetAt(localMs - offsetMs) === offsetMs) return localMs - offsetMs;
    const found = this.instantsOf(localMs);
    if (found.length === 1) return found[0];
    if (repeated === "none") return undefined;
    if (found.length === 0) return this.endOfGap(localMs);
    return repeated === "earlier" ? found[0] : found.at(-1);
  }

  /** The instant of the change whose skipped hour holds this clock reading. */
  private endOfGap(localMs: number): number {
    let low = localMs - 2 * DAY_MS;
    let high = localMs + 2 * DAY_MS;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.localOf(middle) <= localMs) low = middle;
      else high = middle;
    }
    return high;
  }

  /** The instant at which the local minute, quarter, hour, day, week, month or year that holds `tMs` began. */
  startOf(unit: LocalUnit, tMs: number): number {
    const offsetMs = this.offsetAt(tMs);
    const localMs = tMs + offsetMs;
    if (unit === "minute") return tMs - mod(localMs, MINUTE_MS);
    if (unit === "quarter-hour") return this.startWithin(tMs, localMs, 15 * MINUTE_MS);
    if (unit === "hour") return this.startWithin(tMs, localMs, HOUR_MS);
    return this.instantOf(startOfLocalDate(unit, localMs), "earlier");
  }

  /** Within a repeated hour the running clock counts, not the first time it showed this. */
  private startWithin(tMs: number, localMs: number, lengthMs: number): number {
    const start = tMs - mod(localMs, lengthMs);
    return this.localOf(start) === localMs - mod(localMs, lengthMs) ? start : this.changeBefore(tMs, start);
  }

  private changeBefore(tMs: number, start: number): number {
    const offsetMs = this.offsetAt(tMs);
    let low = start;
    let high = tMs;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.offsetAt(middle) === offsetMs) high = middle;
      else low = middle;
    }
    return high;
  }

  /** Midnight that began the local day of `tMs`: the first instant of that date. */
  dayStart(tMs: number): number {
    return this.startOf("day", tMs);
  }

  /** The first instant of the date that many local days away from the day of `tMs`. */
  addDays(tMs: number, days: number): number {
    return this.instantOf(startOfLocalDate("day", this.localOf(tMs)) + days * DAY_MS, "earlier");
  }

  /** The first instant of the next local day, week, month … */
  nextStart(unit: "day" | "week" | "month" | "year", tMs: number): number {
    if (unit === "day") return this.addDays(tMs, 1);
    const c = civilOf(startOfLocalDate(unit, this.localOf(tMs)));
    if (unit === "month" || unit === "year") {
      const months = c.month - 1 + (unit === "year" ? 12 : 1);
      const next = { ...c, year: c.year + Math.floor(months / 12), month: (months % 12) + 1 };
      return this.instantOf(civilMs(next), "earlier");
    }
    return this.instantOf(civilMs(c) + (unit === "week" ? 7 : 1) * DAY_MS, "earlier");
  }

  /** Whole local days from the date of one instant to the date of another. */
  daysBetween(fromMs: number, toMs: number): number {
    return Math.floor(this.localOf(toMs) / DAY_MS) - Math.floor(this.localOf(fromMs) / DAY_MS);
  }

  /** The starts of all local units that touch [fromMs, toMs), ascending. */
  starts(unit: "day" | "week" | "month" | "year", fromMs: number, toMs: number): number[] {
    const starts: number[] = [];
    for (let at = this.startOf(unit, fromMs); at < toMs; at = this.nextStart(unit, at)) starts.push(at);
    return starts;
  }
}

/** The clock reading at which the unit of this clock reading began. */
function startOfLocalDate(unit: "day" | "week" | "month" | "year", localMs: number): number {
  const day = Math.floor(localMs / DAY_MS);
  if (unit === "day") return day * DAY_MS;
  // Day 0 of the epoch was a Thursday.
  if (unit === "week") return (day - mod(day + 3, 7)) * DAY_MS;
  const c = civilOf(localMs);
  return civilMs({ year: c.year, month: unit === "year" ? 1 : c.month, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 });
}

function rowAt(atMs: Float64Array, tMs: number): number {
  let low = 0;
  let high = atMs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((atMs[middle] as number) <= tMs) low = middle;
    else high = middle - 1;
  }
  return low;
}

function mod(n: number, by: number): number {
  return n - Math.floor(n / by) * by;
}

const zones = new Map<string, Zone>();
const MOST_ZONES = 1_000;

/** The zone of that IANA name. Building its table takes some 20 ms, so it is built once. Errors: RangeError for a zone nobody knows. */
export function zoneNamed(id: string): Zone {
  const known = zones.get(id);
  if (known) return known;
  const zone = new Zone(id);
  if (zones.size < MOST_ZONES) zones.set(id, zone);
  return zone;
}

/** Whether there is such a zone. */
export function isZone(id: string): boolean {
  try {
    slowOffsetMs(id, 0);
    return true;
  } catch {
    return false;
  }
}
