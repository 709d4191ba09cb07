import { type Column, lowerBound } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import type { TimeRange } from "./interval-grid.ts";
import type { RegisterEvent, Spans } from "./pulse-spans.ts";

const BROKEN: readonly RegisterEvent["kind"][] = ["reset", "jump", "swap", "rollover"];

/**
 * How far a register went from the last reading at or before `fromMs` to the last at or before `toMs`: end less start, and where it
 * broke in between the same for each part. It is counted apart from spans and intervals, so that they can be held against it.
 * Units:   the register's own.
 * Missing: NaN where no reading is at or before the start.
 */
export function registerDelta(totals: Column, { fromMs, toMs }: TimeRange, { events, modulus }: BreakSettings): number {
  const at = (tMs: number): number => lastGood(totals, tMs);
  const start = at(fromMs);
  if (Number.isNaN(start)) return Number.NaN;
  let delta = 0;
  let since = start;
  for (const event of events) {
    if (event.tMs <= fromMs || event.tMs > toMs || !BROKEN.includes(event.kind)) continue;
    if (event.kind === "swap") {
      const before = at(event.tMs - 1);
      delta += Math.max(0, before - since);
      since = firstFrom(totals, event.tMs);
      continue;
    }
    delta += event.before - since + rolled(event, modulus);
    since = event.after;
  }
  return Number.isNaN(since) ? delta : delta + Math.max(0, at(toMs) - since);
}

/**
 * How many pulses nobody can place before or after an instant: those of a silence that reaches over it, and those messages told
 * since the register was last read before it.
 */
export function unplacedPulses(totals: Column, spans: Spans, atMs: number): number {
  const readMs = totals.tMs[lowerBound(totals.tMs, atMs + 1) - 1] ?? Infinity;
  let pulses = 0;
  for (let s = 0; s < spans.length; s += 1) {
    const toMs = spans.toMs[s] as number;
    const isOver = (spans.fromMs[s] as number) < atMs && toMs > atMs && ((spans.quality[s] as number) & QUALITY.recoveredAfterGap) !== 0;
    if (isOver || (toMs > readMs && toMs <= atMs)) pulses += spans.pulses[s] as number;
  }
  return pulses;
}

export interface BreakSettings {
  /** What the register did that registers do not do, from its spans. */
  readonly events: readonly RegisterEvent[];
  readonly modulus?: number;
}

/** A register that went through its largest number counted on. */
function rolled(event: RegisterEvent, modulus: number | undefined): number {
  if (event.kind !== "rollover") return 0;
  const size = modulus ?? (event.before < 2 ** 16 ? 2 ** 16 : 2 ** 32);
  return size - event.before + event.after;
}

function lastGood({ tMs, value, quality }: Column, atMs: number): number {
  let row = lowerBound(tMs, atMs + 1) - 1;
  while (row >= 0 && !isGood(value[row], quality[row])) row -= 1;
  return value[row] ?? Number.NaN;
}

function firstFrom({ tMs, value, quality }: Column, fromMs: number): number {
  let row = lowerBound(tMs, fromMs);
  while (row < tMs.length && !isGood(value[row], quality[row])) row += 1;
  return value[row] ?? Number.NaN;
}

function isGood(value: number | undefined, quality: number | undefined): boolean {
  return Number.isFinite(value) && ((quality ?? 0) & QUALITY.badStatus) === 0;
}
