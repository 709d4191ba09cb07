import { DAY_MS, HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { lowerBound } from "#series/column.ts";
import { GapShape } from "./gap-shape.ts";
import { weekdayOf } from "./local-days.ts";
import { medianSpacing } from "./median-spacing.ts";
import type { Pace } from "./meter-consumption.ts";
import { type MeterIndex, STEP } from "./meter-index.ts";

/** Readings rarer than this say nothing about the hours of a day. */
const MOST_SPACING_MS = HOUR_MS;
/** A step longer than so many usual ones is a gap; one longer than a while belongs to the season, not to the hours. */
const GAP_STEPS = 1.5;
const LONGEST_GAP_MS = 62 * DAY_MS;
const LEAST_SLOT_MS = 15 * MINUTE_MS;
/** Habits show after some days. */
const LEAST_DAYS = 7;
const MOST_CELLS = 4_000_000;

/**
 * The pace of a meter that is read at least hourly: within gaps by its neighbours and by its habits through the day and the week, as
 * far as both prove right at gaps put into its own past; elsewhere by the pace that is given. Its weight is what the meter counts.
 * Missing: the pace that is given, where readings are rarer or there is no gap.
 */
export function shapedPace(index: MeterIndex, zone: Zone, { pace }: { pace: Pace }): Pace {
  const spacingMs = medianSpacing(index.tMs);
  if (!(spacingMs <= MOST_SPACING_MS)) return pace;
  const gaps = gapsOf(index, spacingMs);
  const spanMs = (index.tMs.at(-1) as number) - (index.tMs[0] as number);
  if (gaps.size === 0 || spanMs < LEAST_DAYS * DAY_MS || spanMs / spacingMs > MOST_CELLS) return pace;
  const shaped = new Shaped(index, { gaps, spacingMs, zone, pace });
  return { at: (tMs) => shaped.at(tMs), name: "by its neighbours and its habits through the week" };
}

/** Rows that end a gap. */
function gapsOf({ tMs, total, step }: MeterIndex, spacingMs: number): Set<number> {
  const gaps = new Set<number>();
  for (let i = 1; i < tMs.length; i += 1) {
    const ms = (tMs[i] as number) - (tMs[i - 1] as number);
    const isGap = ms > GAP_STEPS * spacingMs && ms <= LONGEST_GAP_MS && (total[i] as number) > (total[i - 1] as number);
    if (isGap && ((step[i] as number) & (STEP.unknown | STEP.extended)) === 0) gaps.add(i);
  }
  return gaps;
}

interface ShapedOptions {
  readonly gaps: ReadonlySet<number>;
  readonly spacingMs: number;
  readonly zone: Zone;
  readonly pace: Pace;
}

class Shaped {
  private readonly index: MeterIndex;
  private readonly options: ShapedOptions;
  private readonly shape: GapShape;
  /** By the row that ends a gap: what was used up to the end of each of its cells, as a share. */
  private readonly shares = new Map<number, Float64Array>();
  private row = 1;

  constructor(index: MeterIndex, options: ShapedOptions) {
    this.index = index;
    this.options = options;
    const used = usedOf(index, options);
    this.shape = new GapShape({ used, expected: expectedOf(used, { firstMs: index.tMs[0] as number, ...options }) });
  }

  at(atMs: number): number {
    const { tMs, total } = this.index;
    const last = tMs.length - 1;
    const { pace } = this.options;
    if (atMs <= (tMs[0] as number)) return pace.at(atMs) - pace.at(tMs[0] as number);
    if (atMs >= (tMs[last] as number)) return (total[last] as number) + pace.at(atMs) - pace.at(tMs[last] as number);
    if (!(atMs > (tMs[this.row - 1] as number) && atMs <= (tMs[this.row] as number))) this.row = lowerBound(tMs, atMs);
    const i = this.row;
    const before = total[i - 1] as number;
    return before + ((total[i] as number) - before) * (this.options.gaps.has(i) ? this.shareInGap(i, atMs) : this.shareByPace(i, atMs));
  }

  private shareByPace(i: number, atMs: number): number {
    const { pace } = this.options;
    const [fromMs, toMs] = [this.index.tMs[i - 1] as number, this.index.tMs[i] as number];
    const from = pace.at(fromMs);
    const weight = pace.at(toMs) - from;
    return weight > 0 ? (pace.at(atMs) - from) / weight : (atMs - fromMs) / (toMs - fromMs);
  }

  private shareInGap(i: number, atMs: number): number {
    const [fromMs, toMs] = [this.index.tMs[i - 1] as number, this.index.tMs[i] as number];
    const upTo = this.sharesOf(i);
    const at = ((atMs - fromMs) / (toMs - fromMs)) * upTo.length;
    const cell = Math.min(upTo.length - 1, Math.floor(at));
    const before = cell === 0 ? 0 : (upTo[cell - 1] as number);
    return before + ((upTo[cell] as number) - before) * (at - cell);
  }

  private sharesOf(i: number): Float64Array {
    const known = this.shares.get(i);
    if (known) return known;
    const { tMs, total } = this.index;
    const { spacingMs } = this.options;
    const firstMs = tMs[0] as number;
    const from = Math.round(((tMs[i - 1] as number) - firstMs) / spacingMs);
    const to = Math.max(from + 1, Math.round(((tMs[i] as number) - firstMs) / spacingMs));
    const all = (total[i] as number) - (total[i - 1] as number);
    let sum = 0;
    const upTo = this.shape.amounts(from, to, all).map((amount) => {
      sum += amount;
      return Math.min(1, sum / all);
    });
    upTo[upTo.length - 1] = 1;
    this.shares.set(i, upTo);
    return upTo;
  }
}

/** What each cell of usual length used; NaN in gaps and where nobody knows. */
function usedOf({ tMs, total, step }: MeterIndex, { gaps, spacingMs }: ShapedOptions): Float64Array {
  const firstMs = tMs[0] as number;
  const used = new Float64Array(Math.round(((tMs.at(-1) as number) - firstMs) / spacingMs)).fill(Number.NaN);
  for (let i = 1; i < tMs.length; i += 1) {
    if (gaps.has(i) || (step[i] as number) & (STEP.unknown | STEP.extended | STEP.estimated)) continue;
    const [fromMs, toMs] = [tMs[i - 1] as number, tMs[i] as number];
    if (toMs - fromMs > GAP_STEPS * spacingMs) continue;
    const cell = Math.floor(((fromMs + toMs) / 2 - firstMs) / spacingMs);
    if (cell < used.length) used[cell] = (((total[i] as number) - (total[i - 1] as number)) / (toMs - fromMs)) * spacingMs;
  }
  return used;
}

/** What a cell uses as a rule: mean of its time of day, times how its weekday compares. */
function expectedOf(used: Float64Array, { firstMs, spacingMs, zone }: { firstMs: number; spacingMs: number; zone: Zone }): Float64Array {
  const slotMs = Math.max(LEAST_SLOT_MS, spacingMs);
  const slots = new Means(Math.ceil(DAY_MS / slotMs));
  const weekdays = new Means(7);
  const place = (cell: number) => {
    const atMs = firstMs + (cell + 0.5) * spacingMs;
    const localMs = zone.localOf(atMs);
    return { slot: Math.floor((localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / slotMs), weekday: weekdayOf(atMs, zone) };
  };
  for (const [cell, amount] of used.entries()) {
    if (Number.isNaN(amount)) continue;
    const { slot, weekday } = place(cell);
    slots.add(slot, amount);
    weekdays.add(weekday, amount);
  }
  const isWeekKnown = used.length * spacingMs >= 28 * DAY_MS;
  const [bySlot, byWeekday] = [slots.all(), weekdays.all()];
  return used.map((_, cell) => {
    const { slot, weekday } = place(cell);
    return (bySlot[slot] as number) * (isWeekKnown ? (byWeekday[weekday] as number) : 1);
  });
}

class Means {
  private readonly sums: Float64Array;
  private readonly counts: Uint32Array;

  constructor(length: number) {
    this.sums = new Float64Array(length);
    this.counts = new Uint32Array(length);
  }

  add(i: number, value: number): void {
    this.sums[i] = (this.sums[i] as number) + value;
    this.counts[i] = (this.counts[i] as number) + 1;
  }

  /** Each mean; the overall one where nothing was seen. */
  all(): Float64Array {
    const count = this.counts.reduce((all, n) => all + n, 0);
    const overall = this.sums.reduce((all, sum) => all + sum, 0) / Math.max(1, count);
    return this.sums.map((sum, i) => (this.counts[i] === 0 ? overall : sum / (this.counts[i] as number)));
  }
}
