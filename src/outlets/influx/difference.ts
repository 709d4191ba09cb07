import type { FieldValue, InfluxPoint } from "./point.ts";
import type { Stretch } from "./target.ts";

/** What has to be done to a series so that it holds what it should. */
export interface SeriesDifference {
  readonly write: readonly InfluxPoint[];
  /** Stretches that hold nothing but points to remove; ascending. */
  readonly remove: readonly Stretch[];
  readonly removed: number;
  readonly same: number;
}

/**
 * What is there against what should be, both in order of time. A point with a field too many is removed and written anew: fields cannot
 * be taken out of a point.
 */
export function differenceOf(there: readonly InfluxPoint[], wanted: readonly InfluxPoint[]): SeriesDifference {
  const write: InfluxPoint[] = [];
  const remove: { fromMs: number; toMs: number }[] = [];
  let [i, removed, same] = [0, 0, 0];
  // Whether the last stretch may grow: nothing that stays came between.
  let open = false;
  const drop = (tMs: number): void => {
    const last = remove.at(-1);
    if (open && last !== undefined) last.toMs = tMs;
    else remove.push({ fromMs: tMs, toMs: tMs });
    open = true;
    removed += 1;
  };
  for (const point of wanted) {
    for (; i < there.length && (there[i] as InfluxPoint).tMs < point.tMs; i += 1) drop((there[i] as InfluxPoint).tMs);
    const old = there[i];
    if (old === undefined || old.tMs !== point.tMs) {
      write.push(point);
      continue;
    }
    i += 1;
    if (Object.keys(old.fields).some((name) => !(name in point.fields))) {
      drop(old.tMs);
      removed -= 1;
      write.push(point);
      continue;
    }
    open = false;
    if (Object.entries(point.fields).every(([name, value]) => alike(old.fields[name], value))) same += 1;
    else write.push(point);
  }
  for (; i < there.length; i += 1) drop((there[i] as InfluxPoint).tMs);
  return { write, remove, removed, same };
}

/** Numbers went through a text on their way. */
const LEAST = 1e-9;

function alike(a: FieldValue | undefined, b: FieldValue): boolean {
  if (typeof a !== "number" || typeof b !== "number") return a === b;
  return Math.abs(a - b) <= LEAST * Math.max(1, Math.abs(a), Math.abs(b));
}
