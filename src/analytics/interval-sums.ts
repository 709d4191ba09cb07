import { QUALITY } from "#series/quality.ts";
import type { IntervalGrid } from "./interval-grid.ts";
import type { Spans } from "./pulse-spans.ts";
import { graceFor, isPerInterval, lateUntilMs, usualGapMs } from "./spacing.ts";

/** Pulses per interval, before anybody says what a pulse is worth. */
export interface IntervalSums {
  readonly pulses: Float64Array;
  /** Pulses that may have been counted in the interval besides: all of the silences that reach into it, and what a reset hid. */
  readonly more: Float64Array;
  readonly quality: Uint16Array;
  readonly coveredMs: Float64Array;
  /** Whether anything is known of the interval. */
  readonly known: Uint8Array;
  /** Whether some of its pulses may have been counted in its neighbours. */
  readonly unsure: Uint8Array;
}

export interface SumSettings {
  readonly grid: IntervalGrid;
  /** Boundaries of the intervals, one more than there are intervals. */
  readonly boundsMs: Float64Array;
  /** Length of one of them, where that is not the grid's. */
  readonly lengthMs?: number;
  /** As somebody set it; left out, it is found out from the spacing around each boundary. */
  readonly graceMs?: number;
}

/** Observed without a message, this share of an interval tells that it had no pulses. */
const KNOWN_SHARE = 0.5;
const RECOVERED = QUALITY.recoveredAfterGap;

/**
 * Sums spans over intervals (start, end]. A message counts to the interval it came in, or within grace of its end; one that came
 * after more than its usual time is shared out over that time, and so are pulses that came back after a silence.
 */
export function sumIntervals(spans: Spans, settings: SumSettings): IntervalSums {
  return new Summing(spans, settings).sums();
}

class Summing {
  private readonly spans: Spans;
  private readonly grid: IntervalGrid;
  private readonly boundsMs: Float64Array;
  private readonly graceMs: number | undefined;
  private readonly lengthMs: number;
  private readonly into: IntervalSums;
  /** Observed time without a break, until it is written down. */
  private runFromMs = Number.NaN;
  private runToMs = Number.NaN;
  private beforeSlot = -2;

  constructor(spans: Spans, { grid, boundsMs, graceMs, lengthMs = grid.lengthMs }: SumSettings) {
    this.spans = spans;
    this.grid = grid;
    this.boundsMs = boundsMs;
    this.graceMs = graceMs;
    this.lengthMs = lengthMs;
    const length = Math.max(0, boundsMs.length - 1);
    this.into = {
      pulses: new Float64Array(length),
      more: new Float64Array(length),
      quality: new Uint16Array(length),
      coveredMs: new Float64Array(length),
      known: new Uint8Array(length),
      unsure: new Uint8Array(length),
    };
  }

  sums(): IntervalSums {
    const { boundsMs, spans, into } = this;
    const { toMs, quality, pulses } = spans;
    if (boundsMs.length < 2) return into;
    // Bounds before the span's end, and until when after the last of them a message is late for the interval it ended.
    let passed = 0;
    let lateMs = -Infinity;
    for (let s = 0; s < spans.length; s += 1) {
      const bits = quality[s] as number;
      if ((bits & RECOVERED) !== 0) {
        this.addRecovered(s);
        continue;
      }
      const tMs = toMs[s] as number;
      if (passed < boundsMs.length && (boundsMs[passed] as number) < tMs) {
        while (passed < boundsMs.length && (boundsMs[passed] as number) < tMs) passed += 1;
        lateMs = (boundsMs[passed - 1] as number) + this.lateMs(s);
      }
      const late = tMs < lateMs;
      const slot = late ? passed - 2 : passed - 1;
      if (slot === this.beforeSlot && !late && spans.fromMs[s] === this.runToMs) {
        if (slot >= 0 && slot < into.pulses.length) {
          into.pulses[slot] = (into.pulses[slot] as number) + (pulses[s] as number);
          into.quality[slot] = (into.quality[slot] as number) | bits;
          into.known[slot] = 1;
        }
        this.runToMs = tMs;
      } else {
        this.addEntering(s, slot, late ? (boundsMs[passed - 1] as number) : tMs);
      }
    }
    this.endRun();
    this.addEvents();
    return into;
  }

  /** A span that does not simply go on within its interval. `atMs` is its end, at the boundary where it is late for it. */
  private addEntering(s: number, slot: number, atMs: number): void {
    const { spans } = this;
    const saidMs = spans.fromMs[s] as number;
    const follows = saidMs === this.lastSaidMs(s) && !Number.isNaN(this.runToMs);
    const fromMs = follows ? this.runToMs : Math.min(this.effectiveMs(saidMs, s), atMs);
    if (!follows) {
      this.endRun();
      this.runFromMs = fromMs;
    }
    this.runToMs = atMs;
    const usualMs = usualGapMs(spans.toMs, spans.length, s);
    const isLong = fromMs < this.startOf(slot) && (spans.toMs[s] as number) - saidMs > 1.5 * usualMs;
    if (isLong && !isPerInterval(usualMs, this.lengthMs)) this.share(s, fromMs, atMs);
    else this.put(s, this.isLateByMore(s, slot, usualMs) ? slot - 1 : slot, slot);
    this.beforeSlot = slot;
  }

  private put(s: number, into: number, slot: number): void {
    const moved = into !== slot;
    this.addTo(into, this.spans.pulses[s] as number);
    this.flag(into, (this.spans.quality[s] as number) | (moved ? QUALITY.suspect : 0));
  }

  /** End of the message before, leaving out what lies over silences. */
  private lastSaidMs(s: number): number {
    for (let row = s - 1; row >= 0; row -= 1) {
      if (((this.spans.quality[row] as number) & RECOVERED) === 0) return this.spans.toMs[row] as number;
    }
    return Number.NaN;
  }

  /**
   * A publisher of one message per interval was so late that its message came after the grace: the interval before has none and
   * the next message follows in this one.
   */
  private isLateByMore(s: number, slot: number, usualMs: number): boolean {
    if (!isPerInterval(usualMs, this.lengthMs) || this.beforeSlot !== slot - 2 || s + 1 >= this.spans.length) return false;
    const endMs = this.boundsMs[slot + 1];
    const nextMs = this.spans.toMs[s + 1] as number;
    return endMs !== undefined && ((this.spans.quality[s + 1] as number) & RECOVERED) === 0 && nextMs < endMs + this.lateMs(s);
  }

  private startOf(slot: number): number {
    return slot < 0 ? -Infinity : (this.boundsMs[Math.min(slot, this.boundsMs.length - 1)] as number);
  }

  /** Time after a boundary in which a message is late for it, by what is usual around span `s`. */
  private lateMs(s: number): number {
    const { lengthMs } = this;
    return lateUntilMs(this.graceMs ?? graceFor(usualGapMs(this.spans.toMs, this.spans.length, s), lengthMs), lengthMs);
  }

  private effectiveMs(tMs: number, s: number): number {
    if (tMs === -Infinity) return tMs;
    const boundaryMs = this.grid.atOrBefore(tMs);
    return tMs < boundaryMs + this.lateMs(s) ? boundaryMs : tMs;
  }

  /** Pulses of a silence: certain where it lies within one interval, else somewhere in those it reaches into. */
  private addRecovered(s: number): void {
    const fromMs = this.effectiveMs(this.spans.fromMs[s] as number, s);
    const toMs = this.effectiveMs(this.spans.toMs[s] as number, s);
    const whole = this.spans.pulses[s] as number;
    this.eachShare({ fromMs, toMs, whole }, (slot, pulses) => {
      this.addTo(slot, pulses);
      this.flag(slot, RECOVERED);
      if (pulses === whole && this.isWithin(slot, fromMs, toMs)) return;
      this.into.more[slot] = (this.into.more[slot] as number) + whole - pulses;
      if (whole > 0) this.into.unsure[slot] = 1;
    });
  }

  private isWithin(slot: number, fromMs: number, toMs: number): boolean {
    return fromMs >= (this.boundsMs[slot] as number) && toMs <= (this.boundsMs[slot + 1] as number);
  }

  private share(s: number, fromMs: number, toMs: number): void {
    const bits = this.spans.quality[s] as number;
    let last = -1;
    this.eachShare({ fromMs, toMs, whole: this.spans.pulses[s] as number }, (slot, pulses) => {
      this.addTo(slot, pulses);
      last = slot;
    });
    this.flag(last, bits);
  }

  /** Shares in proportion to time, rounded so that whole pulses stay whole and their sum stays what it is. */
  private eachShare(span: { fromMs: number; toMs: number; whole: number }, take: (slot: number, pulses: number) => void): void {
    const { fromMs, toMs, whole } = span;
    const { boundsMs } = this;
    const lengthMs = Math.max(1, toMs - fromMs);
    const upTo = (tMs: number): number => {
      if (tMs >= toMs) return whole;
      return tMs <= fromMs ? 0 : Math.round((whole * (tMs - fromMs)) / lengthMs);
    };
    // A span that grace leaves no length lies in the interval it ends.
    for (let slot = Math.max(0, this.slotAt(Math.min(fromMs, toMs - 1))); slot < boundsMs.length - 1; slot += 1) {
      const startMs = boundsMs[slot] as number;
      if (startMs >= toMs) break;
      take(slot, upTo(boundsMs[slot + 1] as number) - upTo(startMs));
    }
  }

  /** The interval [start, end) an instant lies in; -1 before the first. */
  private slotAt(tMs: number): number {
    let low = 0;
    let high = this.boundsMs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.boundsMs[middle] as number) <= tMs) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  private endRun(): void {
    const { boundsMs, into } = this;
    if (!(this.runToMs >= this.runFromMs)) return;
    for (let slot = Math.max(0, this.slotAt(this.runFromMs)); slot < boundsMs.length - 1; slot += 1) {
      const fromMs = Math.max(this.runFromMs, boundsMs[slot] as number);
      const toMs = Math.min(this.runToMs, boundsMs[slot + 1] as number);
      if (toMs <= fromMs) break;
      const coveredMs = (into.coveredMs[slot] as number) + toMs - fromMs;
      into.coveredMs[slot] = coveredMs;
      // Where no message fell, seconds of one that came later do not say that nothing was used.
      if (coveredMs >= KNOWN_SHARE * this.lengthMs) into.known[slot] = 1;
    }
    this.runFromMs = Number.NaN;
    this.runToMs = Number.NaN;
  }

  private addTo(slot: number, pulses: number): void {
    const sums = this.into.pulses;
    if (slot < 0 || slot >= sums.length) return;
    sums[slot] = (sums[slot] as number) + pulses;
    this.into.known[slot] = 1;
  }

  private flag(slot: number, bits: number): void {
    const { quality } = this.into;
    if (slot >= 0 && slot < quality.length) quality[slot] = (quality[slot] as number) | bits;
  }

  /** What a register hid by starting again may have been counted in the interval. */
  private addEvents(): void {
    for (const { tMs, possible } of this.spans.events) {
      if (possible <= 0) continue;
      const slot = this.slotAt(tMs);
      if (slot >= 0 && slot < this.into.more.length) this.into.more[slot] = (this.into.more[slot] as number) + possible;
    }
  }
}
