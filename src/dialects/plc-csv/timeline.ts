import { civilOf, DAY_MS, HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { LIVE_MS } from "#dialects/repeated-hour.ts";
import type { RejectItem } from "#readings/reading.ts";

export interface TimelineRule {
  readonly zone: Zone;
  readonly intervalMs: number;
  readonly toleranceMs: number;
  /** When the file was last written. */
  readonly writtenMs: number;
}

/** End of an interval. `night` is set in the repeated hour of autumn: the local date of the night it belongs to. */
export interface IntervalEnd {
  readonly tMs: number;
  readonly night?: number;
  /** The second of the two hours was taken. */
  readonly second?: boolean;
  /** The file was written just then, so that it can be no other hour. */
  readonly live?: boolean;
}

/** The row before says something about the order only when it is not long ago. */
const NEAR_MS = 3 * HOUR_MS;

/** Clock readings of one file, in the order of its lines, as ends of intervals. */
export class Timeline {
  readonly #rule: TimelineRule;
  #previousMs = Number.NEGATIVE_INFINITY;
  /** The newest rows stand first. */
  #falling = false;

  constructor(rule: TimelineRule) {
    this.#rule = rule;
  }

  /** Errors: `no-such-time` for the skipped hour of spring, `off-grid` for a time that is near to no end of an interval. */
  end(localMs: number): IntervalEnd | RejectItem {
    const [first, second] = this.#rule.zone.instantsOf(localMs).map((tMs) => this.#snapped(tMs));
    if (first === undefined) return this.#skipped(localMs);
    if (Number.isNaN(first)) return this.#offGrid(localMs);
    const end = second === undefined ? this.#only(first) : this.#chosen(first, second, Math.floor(localMs / DAY_MS));
    this.#previousMs = end.tMs;
    return end;
  }

  #only(tMs: number): IntervalEnd {
    if (tMs !== this.#previousMs) this.#falling = tMs < this.#previousMs;
    return { tMs };
  }

  /** The order of the lines tells the two hours apart: between them the clock went back. */
  #chosen(first: number, second: number, night: number): IntervalEnd {
    const { writtenMs } = this.#rule;
    const live = { first: Math.abs(writtenMs - first) <= LIVE_MS, second: Math.abs(writtenMs - second) <= LIVE_MS };
    const followed = this.#previousMs >= first - NEAR_MS && this.#previousMs <= second + NEAR_MS;
    const inOrder = this.#falling ? this.#previousMs >= second : this.#previousMs > first;
    const isSecond = followed ? inOrder : live.second && !live.first;
    return isSecond ? { tMs: second, night, second: true, live: live.second } : { tMs: first, night, live: live.first };
  }

  /** The end of an interval that is near enough; NaN where none is. */
  #snapped(tMs: number): number {
    const { zone, intervalMs, toleranceMs } = this.#rule;
    const localMs = zone.localOf(tMs);
    const past = localMs - Math.floor(localMs / intervalMs) * intervalMs;
    if (past <= toleranceMs) return tMs - past;
    return intervalMs - past <= toleranceMs ? tMs + intervalMs - past : Number.NaN;
  }

  /** An interval that ends with the change itself may carry the old clock's label; any later one has a clock that does not change. */
  #skipped(localMs: number): IntervalEnd | RejectItem {
    const { zone, toleranceMs } = this.#rule;
    const changeMs = zone.instantOf(localMs, "earlier");
    const afterMs = localMs - zone.offsetAt(changeMs - 1) - changeMs;
    if (afterMs <= toleranceMs) {
      this.#previousMs = changeMs;
      return { tMs: changeMs };
    }
    return {
      code: "no-such-time",
      sentence: `${shown(localMs)} is a time that the clock of ${zone.id} never shows. If the PLC's clock has no summer time, set the source's zone to a fixed offset such as -05:00.`,
    };
  }

  #offGrid(localMs: number): RejectItem {
    const { intervalMs, toleranceMs } = this.#rule;
    const past = localMs - Math.floor(localMs / intervalMs) * intervalMs;
    const seconds = Math.min(past, intervalMs - past) / 1_000;
    return {
      code: "off-grid",
      sentence: `${shown(localMs)} is ${seconds} s away from the end of an interval of ${intervalMs / MINUTE_MS} minutes; ${toleranceMs / 1_000} s are tolerated (toleranceSeconds).`,
    };
  }
}

/** `10:22:10`, as the clock of the PLC showed it. */
function shown(localMs: number): string {
  const { hour, minute, second } = civilOf(localMs);
  return [hour, minute, second].map((part) => String(part).padStart(2, "0")).join(":");
}
