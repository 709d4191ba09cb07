import { isChangeOfValue, type Speaking } from "#series/change-of-value.ts";
import { type Column, lowerBound } from "#series/column.ts";
import { BAD_QUALITY, QUALITY } from "#series/quality.ts";
import type { TimeRange } from "./interval-grid.ts";

/** Why a sample enters no analysis. A sample is counted under the first that fits. */
export type ExcludedReason = "bad-status" | "not-a-number" | "sentinel" | "out-of-range" | "flat";

/** Samples that enter no analysis, by reason. */
export interface Excluded {
  readonly reason: ExcludedReason;
  readonly samples: number;
  readonly sentence: string;
}

/** What is no reading of a sensor, by its own numbers. Everything in the unit of the column. */
export interface SampleRules {
  /** Values that mean "no value": -250. */
  readonly sentinels?: readonly number[];
  /** Smallest and largest value the thing can have, inclusive. */
  readonly lowest?: number;
  readonly highest?: number;
  /** Longest a polled sensor says the very same; left out for setpoints, commands, states and all that speaks on change. */
  readonly flatMs?: number;
  /** For sentences. */
  readonly unit?: string;
}

/** A column without what is not to be believed. */
export interface CleanColumn {
  /** Of the same rows and quality; NaN in place of what is left out. */
  readonly column: Column;
  /** Those with at least one sample, in the order in which a sample is looked at. */
  readonly excluded: readonly Excluded[];
  /** Samples that count though a person or a program holds the point by hand. */
  readonly overridden: number;
}

export interface CleanOptions {
  /** Rows outside are cleaned and not counted: the one before the range, say. */
  readonly range?: TimeRange;
  /** How the series speaks, where that is known already. */
  readonly speaking?: Speaking;
}

const REASONS: readonly ExcludedReason[] = ["bad-status", "not-a-number", "sentinel", "out-of-range", "flat"];
const FLAT = REASONS.indexOf("flat") + 1;
/** A longer pause than so many usual gaps parts what is the same before and after it. */
const PAUSE_GAPS = 3;

/** A column without samples that say nothing of the thing they measure, and what was left out. */
export function cleanColumn(column: Column, rules: SampleRules, { range, speaking }: CleanOptions = {}): CleanColumn {
  const { why, marked } = reasonsOf(column, rules);
  if (rules.flatMs !== undefined) markFlat(column, why, { flatMs: rules.flatMs, speaking: speaking ?? isChangeOfValue(column) });
  // Most columns have nothing to leave out, and are long.
  const left = marked ? why.some((reason) => reason !== 0) : rules.flatMs !== undefined && why.includes(FLAT);
  if (!marked && !left) return { column, excluded: [], overridden: 0 };
  const value = left ? column.value.slice() : column.value;
  const counts = new Array<number>(REASONS.length).fill(0);
  const [from, end] = range === undefined ? [0, value.length] : [lowerBound(column.tMs, range.fromMs), lowerBound(column.tMs, range.toMs)];
  let overridden = 0;
  for (let row = 0; row < value.length; row += 1) {
    const reason = why[row] as number;
    if (reason !== 0) value[row] = Number.NaN;
    if (row < from || row >= end) continue;
    if (reason !== 0) counts[reason - 1] = (counts[reason - 1] as number) + 1;
    else if (((column.quality[row] as number) & QUALITY.overridden) !== 0) overridden += 1;
  }
  const excluded = REASONS.flatMap((reason, i) => {
    const samples = counts[i] as number;
    return samples === 0 ? [] : [{ reason, samples, sentence: sentenceOf(reason, samples, rules) }];
  });
  return { column: { ...column, value }, excluded, overridden };
}

/** Per row 0, or the number of the first reason that fits it by itself; `marked` where there is any, or a row that is held by hand. */
function reasonsOf({ value, quality }: Column, rules: SampleRules): { readonly why: Uint8Array; readonly marked: boolean } {
  const { lowest = -Infinity, highest = Infinity, sentinels = [] } = rules;
  const why = new Uint8Array(value.length);
  let marks = 0;
  for (let row = 0; row < value.length; row += 1) {
    const here = value[row] as number;
    marks |= (quality[row] as number) & QUALITY.overridden;
    if (((quality[row] as number) & BAD_QUALITY) === 0 && here >= lowest && here <= highest && !sentinels.includes(here)) continue;
    marks |= 1;
    if (((quality[row] as number) & BAD_QUALITY) !== 0) why[row] = 1;
    else if (Number.isNaN(here)) why[row] = 2;
    else if (sentinels.includes(here)) why[row] = 3;
    else why[row] = 4;
  }
  return { why, marked: marks !== 0 };
}

/** Marks runs of the very same value that last longer than `flatMs`; only where samples come at their hours can a value stand still. */
function markFlat(column: Column, why: Uint8Array, { flatMs, speaking }: { readonly flatMs: number; readonly speaking: Speaking }): void {
  const { changeOfValue, usualMs } = speaking;
  if (changeOfValue) return;
  const { tMs, value } = column;
  let [first, last] = [-1, -1];
  const close = () => {
    if (first >= 0 && (tMs[last] as number) - (tMs[first] as number) > flatMs) mark(why, first, last);
  };
  for (let row = 0; row < value.length; row += 1) {
    if (why[row] !== 0) continue;
    const goesOn = first >= 0 && value[row] === value[last] && (tMs[row] as number) - (tMs[last] as number) <= PAUSE_GAPS * usualMs;
    if (!goesOn) {
      close();
      first = row;
    }
    last = row;
  }
  close();
}

function mark(why: Uint8Array, first: number, last: number): void {
  for (let row = first; row <= last; row += 1) if (why[row] === 0) why[row] = FLAT;
}

function sentenceOf(reason: ExcludedReason, samples: number, rules: SampleRules): string {
  const unit = rules.unit ? ` ${rules.unit}` : "";
  const [many, say] = samples === 1 ? ["1 sample", "says"] : [`${samples} samples`, "say"];
  switch (reason) {
    case "bad-status":
      return `${many} of a status that makes the value bad.`;
    case "not-a-number":
      return `${many} without a value.`;
    case "sentinel":
      return `${many} ${say} ${(rules.sentinels ?? []).join(" or ")}${unit}, which means that there is no value.`;
    case "out-of-range":
      return `${many} outside what is possible, ${boundsText(rules)}${unit}.`;
    case "flat":
      return `${many} of a sensor that said exactly the same for longer than ${(rules.flatMs ?? 0) / 3_600_000} h.`;
  }
}

function boundsText({ lowest, highest }: SampleRules): string {
  if (lowest === undefined) return `at most ${rounded(highest)}`;
  return highest === undefined ? `at least ${rounded(lowest)}` : `${rounded(lowest)} to ${rounded(highest)}`;
}

function rounded(n = Number.NaN): number {
  return Math.round(10 * n) / 10;
}
