import { HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import type { Range } from "#store/store.ts";
import type { Grid } from "./meter-answers.ts";
import type { MeterNode } from "./meter-part.ts";
import type { MeterScene } from "./meter-scene.ts";

/** Rows are no shorter. */
const LEAST_ROW_MS = MINUTE_MS;

/** What of a range has passed: what is to come is not known. Missing: undefined where nothing has. */
export function passed({ fromMs, toMs }: Range, { nowMs }: Pick<MeterScene, "nowMs">): Range | undefined {
  const range = { fromMs, toMs: Math.min(toMs, nowMs) };
  return range.fromMs < range.toMs ? range : undefined;
}

/** The edges of a range and of the rows in it, by the local clock or by the readings themselves. */
export async function edgesOf(
  scene: MeterScene,
  node: MeterNode,
  { range, by }: { readonly range: Range; readonly by: Grid },
): Promise<Float64Array> {
  if (by === "interval") return readingEdges(await node.readingTimes(range), range);
  return scene.grids.of(`${by} ${range.fromMs} ${range.toMs}`, () =>
    within(by === "hour" ? hours(scene, range) : scene.zone.starts(by, range.fromMs, range.toMs), range),
  );
}

function within(starts: readonly number[], { fromMs, toMs }: Range): Float64Array {
  return Float64Array.from([fromMs, ...starts.filter((tMs) => tMs > fromMs && tMs < toMs), toMs]);
}

/** By the clock, also where it changes by half an hour. */
function hours({ zone }: MeterScene, { fromMs, toMs }: Range): number[] {
  const starts: number[] = [];
  const next = (at: number): number => zone.startOf("hour", at + HOUR_MS);
  for (let at = next(zone.startOf("hour", fromMs)); at < toMs; at = next(at)) starts.push(at);
  return starts;
}

/** From one reading to the next that is at least a minute later. */
function readingEdges(tMs: Float64Array, range: Range): Float64Array {
  const edges: number[] = [];
  for (const at of tMs) {
    if (at < range.fromMs || at > range.toMs || at - (edges.at(-1) ?? Number.NEGATIVE_INFINITY) < LEAST_ROW_MS) continue;
    edges.push(at);
  }
  return edges.length < 2 ? Float64Array.of(range.fromMs, range.toMs) : Float64Array.from(edges);
}
