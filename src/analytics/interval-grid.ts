import { HOUR_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";

/** Half-open in time. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Interval boundaries of a place: whole intervals of the clock on its wall. */
export class IntervalGrid {
  readonly zone: Zone;
  readonly lengthMs: number;

  /** Errors: RangeError for a length that does not divide an hour. */
  constructor(zone: Zone, lengthMs: number) {
    if (!(lengthMs >= 1000) || HOUR_MS % lengthMs !== 0) {
      throw new RangeError(`An interval of ${lengthMs} ms: whole intervals have to make up an hour, and last a second at least`);
    }
    this.zone = zone;
    this.lengthMs = lengthMs;
  }

  /** The last boundary at or before an instant. */
  atOrBefore(tMs: number): number {
    const offsetMs = this.zone.offsetAt(tMs);
    const boundary = tMs - mod(tMs + offsetMs, this.lengthMs);
    // Where the clock is moved by less than an interval, the change itself is a boundary.
    return this.shifts(this.zone.offsetAt(boundary), offsetMs) ? this.changeWithin(boundary, tMs) : boundary;
  }

  /** The first boundary after an instant. */
  after(tMs: number): number {
    const offsetMs = this.zone.offsetAt(tMs);
    const boundary = tMs - mod(tMs + offsetMs, this.lengthMs) + this.lengthMs;
    return this.shifts(offsetMs, this.zone.offsetAt(boundary)) ? this.changeWithin(tMs, boundary) : boundary;
  }

  /** Boundaries of the intervals that end in (fromMs, toMs], the start of the first one ahead of them. */
  boundaries({ fromMs, toMs }: TimeRange): Float64Array {
    const room = Math.max(0, Math.ceil((toMs - fromMs) / this.lengthMs)) + 8;
    const found: number[] = [];
    let at = this.before(this.after(fromMs));
    while (at <= toMs) {
      found.push(at);
      at = this.after(at);
      if (found.length > 2 * room) throw new Error("Interval boundaries do not advance");
    }
    return Float64Array.from(found);
  }

  private before(tMs: number): number {
    return this.atOrBefore(tMs - 1);
  }

  private shifts(earlierMs: number, laterMs: number): boolean {
    return earlierMs !== laterMs && mod(laterMs - earlierMs, this.lengthMs) !== 0;
  }

  /** The first instant after `fromMs` that has the offset of `toMs`. */
  private changeWithin(fromMs: number, toMs: number): number {
    const offsetMs = this.zone.offsetAt(toMs);
    let low = fromMs;
    let high = toMs;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.zone.offsetAt(middle) === offsetMs) high = middle;
      else low = middle;
    }
    return high;
  }
}

function mod(n: number, by: number): number {
  return n - Math.floor(n / by) * by;
}
