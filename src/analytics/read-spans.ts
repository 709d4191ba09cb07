import { DAY_MS, HOUR_MS } from "#calendar/civil.ts";
import { lowerBound } from "#series/column.ts";
import { weekdayOf } from "./local-days.ts";
import { isMeasured } from "./measured-rows.ts";
import type { MeterConsumption, Pace } from "./meter-consumption.ts";
import { type MeterIndex, STEP } from "./meter-index.ts";
import type { RuleSettings } from "./meter-words.ts";

/**
 * Stretches whose consumption was read, not filled in.
 * Shape:   columns of one length, ascending, one after another; where nothing was read there is a hole between two rows.
 * Units:   `weight` in days as the season weighs them: a day of January is more than one where winters use more.
 */
export interface ReadSpans {
  readonly fromMs: Float64Array;
  readonly toMs: Float64Array;
  readonly amount: Float64Array;
  readonly weight: Float64Array;
  /** 0 is Monday, a holiday is a Sunday; NOT_A_DAY where the stretch is no day or so. */
  readonly weekday: Uint8Array;
}

export const NOT_A_DAY = 7;

export interface SpanSettings extends Pick<RuleSettings, "zone" | "isHoliday"> {
  readonly pace: Pace;
}

/** Around midnight readings may be so far apart for the local day to be read. */
const MOST_APART_MS = 4 * HOUR_MS;
/** Shorter stretches are joined with the next; up to this length it is a day. */
const LEAST_SPAN_MS = 0.85 * DAY_MS;
const LONGEST_DAY_MS = 1.5 * DAY_MS;
const UNREAD = STEP.unknown | STEP.estimated;
/** So much of time weighs the same in every season: a month of no share is not a month of nothing. */
const EVEN_SHARE = 0.1;
const YEAR_MS = 365.25 * DAY_MS;

/** Of readings: local days where they are dense, elsewhere from reading to reading. The index is not extended beyond its readings. */
export function readSpans(index: MeterIndex, settings: SpanSettings): ReadSpans {
  const cuts = cutsOf(index, settings.zone.starts("day", index.tMs[0] ?? 0, (index.tMs.at(-1) ?? -1) + 1));
  const rows: ReadRow[] = [];
  for (let i = 1; i < cuts.length; i += 1) {
    const before = cuts[i - 1] as Cut;
    const cut = cuts[i] as Cut;
    if (!isUnread(index, before, cut)) rows.push({ fromMs: before.tMs, toMs: cut.tMs, amount: cut.total - before.total });
  }
  return spansOf(rows, settings);
}

/** Of consumption by rows: those that are measured. */
export function rowSpans(rows: MeterConsumption, settings: SpanSettings): ReadSpans {
  const read: ReadRow[] = [];
  for (let i = 0; i < rows.amount.length; i += 1) {
    if (!isMeasured(rows, i)) continue;
    read.push({ fromMs: rows.edgesMs[i] as number, toMs: rows.edgesMs[i + 1] as number, amount: rows.amount[i] as number });
  }
  return spansOf(read, settings);
}

interface ReadRow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly amount: number;
}

/** An instant at which the total is known. */
interface Cut {
  readonly tMs: number;
  readonly total: number;
  /** First reading at or behind it. */
  readonly row: number;
}

/** Midnights between near readings; where a midnight is not, the readings until the next that is, at least most of a day apart. */
function cutsOf(index: MeterIndex, midnights: readonly number[]): Cut[] {
  const { tMs, total } = index;
  const cuts: Cut[] = [];
  let row = 0;
  const readUntil = (untilMs: number, isEnd: boolean): void => {
    for (; row < tMs.length && (tMs[row] as number) < untilMs; row += 1) {
      const at = tMs[row] as number;
      const last = cuts.at(-1)?.tMs ?? Number.NEGATIVE_INFINITY;
      const leavesEnough = isEnd || untilMs - at >= LEAST_SPAN_MS;
      if (at - last >= LEAST_SPAN_MS && leavesEnough) cuts.push({ tMs: at, total: total[row] as number, row });
    }
  };
  for (const midnight of midnights) {
    const cut = midnightCut(index, midnight);
    if (cut === undefined) continue;
    const last = cuts.at(-1);
    if (last === undefined || cut.tMs - last.tMs > LONGEST_DAY_MS) readUntil(cut.tMs, false);
    cuts.push(cut);
    row = cut.row;
  }
  readUntil(Infinity, true);
  return cuts;
}

function midnightCut({ tMs, total }: MeterIndex, midnight: number): Cut | undefined {
  const row = lowerBound(tMs, midnight);
  const afterMs = tMs[row];
  if (afterMs === undefined) return undefined;
  if (afterMs === midnight) return { tMs: midnight, total: total[row] as number, row };
  const beforeMs = tMs[row - 1];
  if (beforeMs === undefined || afterMs - beforeMs > MOST_APART_MS) return undefined;
  const from = total[row - 1] as number;
  return { tMs: midnight, row, total: from + (((total[row] as number) - from) * (midnight - beforeMs)) / (afterMs - beforeMs) };
}

/** A step belongs to the row it ends at. */
function isUnread({ tMs, step }: MeterIndex, from: Cut, to: Cut): boolean {
  const first = tMs[from.row] === from.tMs ? from.row + 1 : from.row;
  for (let row = first; row <= to.row; row += 1) if (((step[row] as number) & UNREAD) !== 0) return true;
  return false;
}

function spansOf(rows: readonly ReadRow[], { zone, pace, isHoliday }: SpanSettings): ReadSpans {
  const spans = {
    fromMs: new Float64Array(rows.length),
    toMs: new Float64Array(rows.length),
    amount: new Float64Array(rows.length),
    weight: new Float64Array(rows.length),
    weekday: new Uint8Array(rows.length),
  };
  const firstMs = rows[0]?.fromMs ?? 0;
  const perDay = ((pace.at(firstMs + YEAR_MS) - pace.at(firstMs)) / YEAR_MS) * DAY_MS;
  for (let i = 0; i < rows.length; i += 1) {
    const { fromMs, toMs, amount } = rows[i] as ReadRow;
    const days = (toMs - fromMs) / DAY_MS;
    const season = perDay > 0 ? (pace.at(toMs) - pace.at(fromMs)) / perDay : days;
    spans.fromMs[i] = fromMs;
    spans.toMs[i] = toMs;
    spans.amount[i] = amount;
    spans.weight[i] = EVEN_SHARE * days + (1 - EVEN_SHARE) * season;
    spans.weekday[i] = weekdayIn((fromMs + toMs) / 2, toMs - fromMs, { zone, isHoliday });
  }
  return spans;
}

function weekdayIn(
  middleMs: number,
  lengthMs: number,
  { zone, isHoliday }: Pick<SpanSettings, "zone"> & { isHoliday: SpanSettings["isHoliday"] },
): number {
  if (lengthMs > LONGEST_DAY_MS || lengthMs < LEAST_SPAN_MS) return NOT_A_DAY;
  return isHoliday?.(zone.dayStart(middleMs)) ? 6 : weekdayOf(middleMs, zone);
}
