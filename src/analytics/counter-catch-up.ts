import { HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import type { Column } from "#series/column.ts";
import type { CounterLimits } from "./counter-limits.ts";
import { isReading } from "./counter-reading.ts";

/** Readings on either side that say how a register usually moves. */
export const AROUND_ROWS = 360;
/** Less than this often said again is no standing still. */
const STILL_ROWS = 3;
const STILL_MS = HOUR_MS;
/** So many times the most there is around it: no neighbour shows such a rate. */
const OUTSTANDING = 3;
/** A mean of no more than this asks nobody, however little was used around it: kW. */
const ORDINARY_KW = 1;
/** Steps of one digit say nothing about how often a reader hears its meter. */
const ONE_DIGIT = 1.5;

/** A register that stood still while it was read, and what it then brought at once. */
export interface CatchUp {
  readonly stillMs: number;
  /** Far more than the register counts around it, over the time it stood still. */
  readonly isFar: boolean;
}

/** A step up from where a register stood. */
export interface StepUp {
  readonly kwh: number;
  /** Since the reading before. */
  readonly ms: number;
  /** From the reading it last moved at to the one before the step, and readings that said the same in between. */
  readonly stillMs: number;
  readonly stillRows: number;
}

/** Whether a step may be one at all: what says at once that most are none. */
export function mayCatchUp({ kwh, ms, stillMs, stillRows }: StepUp, limits: CounterLimits): boolean {
  if (kwh <= limits.smallKwh || stillRows < STILL_ROWS) return false;
  // No house draws so much at once, nor did it over a shorter time.
  return isAbove(kwh - limits.digitKwh, ms, limits) && (stillMs >= STILL_MS || isAbove(kwh, stillMs + ms, limits));
}

/**
 * What a step brought that was counted before, judged by how the register moves on both sides of it.
 * Missing: undefined where the register moves like that by itself: a meter that is heard once an hour, or a load that goes on.
 */
export function catchUpOf(step: StepUp, paces: readonly Pace[], limits: CounterLimits): CatchUp | undefined {
  const { kwh, ms, stillMs } = step;
  const usualMs = median(paces.flatMap(({ movesMs }) => movesMs));
  const mostPerMs = Math.max(...paces.map(({ kwhPerMs }) => kwhPerMs));
  const atOnceMs = Math.max(ms, MINUTE_MS, usualMs);
  const atOnceKwh = kwh - limits.digitKwh;
  if (!isAbove(atOnceKwh, atOnceMs, limits) || atOnceKwh <= OUTSTANDING * mostPerMs * atOnceMs) return undefined;
  const overMs = stillMs + ms;
  return { stillMs: overMs, isFar: kwh > OUTSTANDING * Math.max(mostPerMs, ORDINARY_KW / HOUR_MS) * overMs };
}

function isAbove(kwh: number, ms: number, { housePerMs }: CounterLimits): boolean {
  return kwh > housePerMs * ms;
}

/** How a register moves, reading by reading. */
export class Pace {
  /** Most it counted over at least a minute, kWh per millisecond; what a catch-up brought is taken over all of its time. */
  kwhPerMs = 0;
  /** Times from one move to the next. */
  readonly movesMs: number[] = [];
  private readonly limits: CounterLimits;
  private levelKwh = Number.NaN;
  private levelMs = Number.NaN;
  private movedMs = Number.NaN;
  private sinceKwh = Number.NaN;
  private sinceMs = Number.NaN;

  constructor(limits: CounterLimits) {
    this.limits = limits;
  }

  /** It is known to have moved at this reading. */
  begin(atMs: number, kwh: number): void {
    this.movedMs = this.levelMs = this.sinceMs = atMs;
    this.levelKwh = this.sinceKwh = kwh;
  }

  take(atMs: number, kwh: number): void {
    const step = kwh - this.levelKwh;
    const fromMs = Number.isNaN(this.movedMs) ? this.levelMs : this.movedMs;
    if (step > 0 && this.limits.isPossibleLate(step, atMs - fromMs)) this.move(atMs, kwh);
    else if (!(step <= 0 && step >= -this.limits.flickerKwh)) {
      // It goes on elsewhere.
      this.levelKwh = kwh;
      this.movedMs = this.sinceMs = Number.NaN;
    }
    this.levelMs = atMs;
  }

  private move(atMs: number, kwh: number): void {
    if (Number.isNaN(this.movedMs)) {
      this.begin(atMs, kwh);
      return;
    }
    const isOneDigit = kwh - this.levelKwh <= ONE_DIGIT * this.limits.digitKwh;
    this.movesMs.push(atMs - (isOneDigit ? this.levelMs : this.movedMs));
    const ms = atMs - this.sinceMs;
    if (ms >= MINUTE_MS) {
      this.kwhPerMs = Math.max(this.kwhPerMs, (kwh - this.sinceKwh) / ms);
      this.sinceMs = atMs;
      this.sinceKwh = kwh;
    }
    this.levelKwh = kwh;
    this.movedMs = atMs;
  }
}

/** How a register went on from a row. */
export function paceAfter({ tMs, value, quality }: Column, row: number, limits: CounterLimits): Pace {
  const pace = new Pace(limits);
  pace.begin(tMs[row] as number, value[row] as number);
  let readings = 0;
  for (let next = row + 1; next < tMs.length && readings < AROUND_ROWS; next += 1) {
    const kwh = value[next] as number;
    if (!isReading(kwh, quality[next] as number)) continue;
    readings += 1;
    pace.take(tMs[next] as number, kwh);
  }
  return pace;
}

/** How a register moved up to the row at which it moved last, of what it counted. */
export function paceBefore(
  tMs: Float64Array,
  energyKwh: Float64Array,
  { movedAt, limits }: { movedAt: number; limits: CounterLimits },
): Pace {
  const pace = new Pace(limits);
  for (let row = Math.max(0, movedAt - AROUND_ROWS); row <= movedAt; row += 1) pace.take(tMs[row] as number, energyKwh[row] as number);
  return pace;
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? 0;
}
