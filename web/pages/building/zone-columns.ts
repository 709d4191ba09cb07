import type { RoleColumn } from "#contract/building-parts.ts";
import { allocate, type ChartColumn } from "#web/charts/chart-column.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { MINUTE_MS } from "#web/charts/zone-clock.ts";

/** This many usual distances without a sample are a gap, but never less than twenty minutes. */
const GAP_SPACINGS = 3.5;
const LEAST_GAP_MS = 20 * MINUTE_MS;

/** From this distance between two samples on, nothing was heard in between; never for values that hold until they change. */
export function gapOf({ changeOfValue, tMs }: Pick<RoleColumn, "changeOfValue" | "tMs">): number {
  if (changeOfValue || tMs.length < 2) return Number.POSITIVE_INFINITY;
  const steps = tMs.slice(1).map((t, index) => t - (tMs[index] ?? t));
  steps.sort((a, b) => a - b);
  return Math.max(LEAST_GAP_MS, GAP_SPACINGS * (steps[steps.length >> 1] ?? 0));
}

/** A column of a role as it is drawn. What holds until it changes goes on to `untilMs`, which may not lie in the future. */
export function drawnColumn(column: RoleColumn, untilMs: number): ChartColumn {
  const { changeOfValue, bucketMs } = column;
  const last = column.tMs.at(-1);
  const goesOn = changeOfValue && last !== undefined && last < untilMs;
  const tMs = goesOn ? [...column.tMs, untilMs] : column.tMs;
  const value = goesOn ? [...column.value, column.value.at(-1) ?? null] : column.value;
  const width = changeOfValue ? 0 : (bucketMs ?? 0);
  const gapMs = gapOf(column);
  const drawn = allocate(tMs.length);
  tMs.forEach((t, row) => {
    const known = value[row] ?? Number.NaN;
    drawn.tMs[row] = t + width / 2;
    drawn.startMs[row] = t;
    drawn.endMs[row] = t + width;
    drawn.value[row] = known;
    drawn.min[row] = known;
    drawn.max[row] = known;
    drawn.count[row] = 1;
    drawn.counted[row] = 1;
    drawn.broken[row] = row > 0 && t - (tMs[row - 1] ?? t) > gapMs ? 1 : 0;
  });
  return drawn;
}

/** What the values of a role came to within a stretch: their mean by time where they hold, of samples else. Missing: undefined without any. */
export function factsOf(
  column: RoleColumn,
  span: TimeSpan,
): { readonly mean: number; readonly low: number; readonly high: number } | undefined {
  let [sum, weight] = [0, 0];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  column.tMs.forEach((t, row) => {
    const value = column.value[row];
    if (value === null || value === undefined) return;
    const until = column.changeOfValue ? Math.min(span.toMs, column.tMs[row + 1] ?? span.toMs) : t;
    const held = column.changeOfValue ? until - Math.max(span.fromMs, t) : Number(t >= span.fromMs && t < span.toMs);
    if (held <= 0) return;
    sum += value * held;
    weight += held;
    low = Math.min(low, value);
    high = Math.max(high, value);
  });
  return weight > 0 ? { mean: sum / weight, low, high } : undefined;
}
