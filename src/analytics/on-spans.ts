import type { Column } from "#series/column.ts";
import { isGood } from "#series/good-rows.ts";
import type { TimeRange } from "./interval-grid.ts";
import { type StandingOptions, standsUntil } from "./standing.ts";
import { common, joined, without } from "./time-spans.ts";

export interface HeldOptions extends StandingOptions {
  readonly is: (value: number) => boolean;
}

/**
 * When a good value for which something `is` so held, within the range.
 * Shape:   ascending, none touching the next. The column begins with the last row before the range where there is one.
 */
export function heldSpans(column: Column, range: TimeRange, { is, ...standing }: HeldOptions): TimeRange[] {
  const until = standsUntil(column.tMs, standing);
  const held: TimeRange[] = [];
  for (let row = 0; row < until.length; row += 1) {
    const [fromMs, toMs] = [column.tMs[row] as number, until[row] as number];
    if (toMs > range.fromMs && fromMs < range.toMs && isGood(column, row) && is(column.value[row] as number)) held.push({ fromMs, toMs });
  }
  return common(joined(held), [range]);
}

/** When something was on, and when anything is known of it. */
export interface OnSpans {
  readonly on: readonly TimeRange[];
  readonly known: readonly TimeRange[];
}

/** When a fan or the like was on, within the range. */
export function onSpans(column: Column, range: TimeRange, { is: isOn, ...standing }: HeldOptions): OnSpans {
  return { on: heldSpans(column, range, { is: isOn, ...standing }), known: heldSpans(column, range, { is: () => true, ...standing }) };
}

/** When an air handler ran or nobody knows whether it did: comfort is judged then. */
export function runningSpans({ on, known }: OnSpans, range: TimeRange): TimeRange[] {
  return without([range], without(known, on));
}
