import { HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { type Column, lowerBound } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import type { CounterSettings } from "./counter-settings.ts";
import { isCoarse, spreadSteps } from "./counter-steps.ts";
import { type CounterTruth, counterTruth } from "./counter-truth.ts";
import { blank, NEVER_DEMAND } from "./demand-intervals.ts";
import { IntervalGrid, type TimeRange } from "./interval-grid.ts";
import type { Intervals } from "./intervals.ts";
import { usualGapMs } from "./spacing.ts";

export interface CounterIntervalSettings {
  readonly zone: Zone;
  readonly lengthMs: number;
  /** Name of the source, for `layers`. */
  readonly layer: string;
  /** Most the connection can deliver; Infinity where nobody knows. */
  readonly connectionKw: number;
}

/** A shorter silence is none, however often a source sends. */
const LEAST_GAP_MS = MINUTE_MS;
const GAP_TO_USUAL = 1.5;
/** Readings once an interval come a little early or late. */
const WIDE_TO_LENGTH = 1.5;
/** A source that sends when its register moves is not silent between two digits. */
const ONE_DIGIT = 1.5;
const RECOVERED = QUALITY.recoveredAfterGap;
const SPREAD = QUALITY.filled;
const RECOVERED_AT_ONCE = RECOVERED | SPREAD;

/**
 * Intervals of a range out of a register's rows and their margin (COUNTER_MARGIN_ROWS): the same as out of all there ever was.
 * The steps of a register of whole or tenths of kWh are spread over the time since the step before, within the local day.
 */
export function counterChunk(column: Column, range: TimeRange, settings: CounterSettings & CounterIntervalSettings): Intervals {
  const truth = counterTruth(column, settings);
  return counterIntervals(isCoarse(truth) ? spreadSteps(truth, settings.zone) : truth, range, settings);
}

/**
 * Energy of the intervals that end in (fromMs, toMs], out of what a register counted.
 * Shape:   see Intervals. At a boundary between two readings the register stands on the line between them, so that intervals add up
 *          to the difference of the register over any stretch.
 * Missing: NaN where nothing is known at all. What a silence or a reading rarer than the interval brought is spread evenly over
 *          it, marked `filled`; `demandKw` is NaN there, `possibleKw` what it can have been at most, and a silence is not covered.
 *          The first and the last interval count from and up to the first and last reading.
 * Errors:  RangeError for a length that does not divide an hour.
 */
export function counterIntervals(truth: CounterTruth, range: TimeRange, settings: CounterIntervalSettings): Intervals {
  const boundsMs = new IntervalGrid(settings.zone, settings.lengthMs).boundaries(range);
  const intervals = blank(Math.max(0, boundsMs.length - 1), settings);
  new Laying(truth, intervals, settings).lay(boundsMs);
  return intervals;
}

class Laying {
  private readonly truth: CounterTruth;
  private readonly into: Intervals;
  private readonly lengthMs: number;
  private readonly kwhPerMs: number;
  /** Row that ends the span one is in. */
  private row = 0;
  private nextUnknown = 0;
  // Of the interval one is in.
  private knownMs = 0;
  private seenMs = 0;
  private bits = 0;
  private isUnsure = false;
  private moreKwh = 0;

  constructor(truth: CounterTruth, into: Intervals, { lengthMs, connectionKw }: CounterIntervalSettings) {
    this.truth = truth;
    this.into = into;
    this.lengthMs = lengthMs;
    this.kwhPerMs = connectionKw / HOUR_MS;
  }

  lay(boundsMs: Float64Array): void {
    if (boundsMs.length < 2) return;
    this.row = lowerBound(this.truth.tMs, (boundsMs[0] as number) + 1);
    while ((this.truth.unknown[this.nextUnknown] ?? Infinity) < this.row) this.nextUnknown += 1;
    let startKwh = this.energyAt(boundsMs[0] as number);
    for (let slot = 0; slot < boundsMs.length - 1; slot += 1) {
      const startMs = boundsMs[slot] as number;
      const endMs = boundsMs[slot + 1] as number;
      this.into.tMs[slot] = endMs;
      this.walk(startMs, endMs);
      const endKwh = this.energyAt(endMs);
      this.tell(slot, endKwh - startKwh, endMs - startMs);
      startKwh = endKwh;
    }
  }

  /** Takes all spans that reach into an interval. */
  private walk(startMs: number, endMs: number): void {
    const { tMs, quality, unknown, length } = this.truth;
    let [seenMs, bits, row] = [0, 0, this.row];
    let unknownRow = unknown[this.nextUnknown] ?? Infinity;
    if (row === 0 && length > 0 && (tMs[0] as number) <= endMs) {
      bits = quality[0] as number;
      row = 1;
    }
    this.knownMs = 0;
    this.isUnsure = false;
    this.moreKwh = 0;
    for (; row > 0 && row < length; row += 1) {
      const fromMs = tMs[row - 1] as number;
      const toMs = tMs[row] as number;
      if (fromMs >= endMs) break;
      const insideMs = Math.min(toMs, endMs) - Math.max(fromMs, startMs);
      if (toMs - fromMs <= LEAST_GAP_MS && row !== unknownRow) {
        seenMs += insideMs;
        this.knownMs += insideMs;
      } else {
        this.bits = 0;
        seenMs += this.odd(row, insideMs, toMs > endMs || fromMs < startMs);
        bits |= this.bits;
      }
      if (toMs > endMs) break;
      bits |= quality[row] as number;
      if (row === unknownRow) {
        this.nextUnknown += 1;
        unknownRow = unknown[this.nextUnknown] ?? Infinity;
      }
    }
    this.row = row;
    this.seenMs = seenMs;
    this.bits = bits;
  }

  /** A span that is long, or of which nobody knows what was used. Returns how much of it was observed. */
  private odd(row: number, insideMs: number, reachesOut: boolean): number {
    const { tMs, energyKwh, unknown, resolutionKwh } = this.truth;
    const ms = (tMs[row] as number) - (tMs[row - 1] as number);
    const mostKwh = insideMs * this.kwhPerMs;
    if (row === unknown[this.nextUnknown]) {
      this.bits = QUALITY.suspect;
      this.isUnsure = true;
      this.moreKwh += mostKwh;
      return 0;
    }
    this.knownMs += insideMs;
    const kwh = (energyKwh[row] as number) - (energyKwh[row - 1] as number);
    // A register that stands where it stood: nothing was used.
    if (kwh === 0) return insideMs;
    const isOneDigit = kwh <= ONE_DIGIT * resolutionKwh;
    if (isOneDigit && !isCoarse(this.truth)) return insideMs;
    const isSilence = !isOneDigit && ms > GAP_TO_USUAL * usualGapMs(tMs, this.truth.length, row);
    if (!isSilence && ms <= WIDE_TO_LENGTH * this.lengthMs) return insideMs;
    if (reachesOut) {
      const insideKwh = (kwh * insideMs) / ms;
      this.isUnsure = true;
      this.moreKwh += Math.min(kwh, Math.max(mostKwh, insideKwh)) - insideKwh;
      this.bits = SPREAD;
    }
    if (!isSilence) return insideMs;
    this.bits |= RECOVERED;
    return 0;
  }

  /** What the register counted until an instant of the span one is in. */
  private energyAt(atMs: number): number {
    const { tMs, energyKwh, length } = this.truth;
    const { row } = this;
    if (row === 0 || length === 0) return 0;
    const beforeKwh = energyKwh[row - 1] as number;
    if (row >= length) return beforeKwh;
    const fromMs = tMs[row - 1] as number;
    return beforeKwh + (((energyKwh[row] as number) - beforeKwh) * (atMs - fromMs)) / ((tMs[row] as number) - fromMs);
  }

  private tell(slot: number, energyKwh: number, ms: number): void {
    const { into, knownMs, bits, moreKwh } = this;
    into.quality[slot] = bits;
    if (knownMs <= 0) return;
    const hours = ms / HOUR_MS;
    into.energyKwh[slot] = energyKwh;
    into.powerKw[slot] = energyKwh / hours;
    into.coverage[slot] = this.seenMs / ms;
    into.layer[slot] = 0;
    if ((bits & NEVER_DEMAND) !== 0) return;
    // What came at once after the register had stood still was used before, nobody knows when.
    if (this.isUnsure || (bits & RECOVERED_AT_ONCE) === RECOVERED_AT_ONCE) {
      if (Number.isFinite(moreKwh)) into.possibleKw[slot] = (energyKwh + moreKwh) / hours;
    } else if (knownMs >= ms) into.demandKw[slot] = energyKwh / hours;
  }
}
