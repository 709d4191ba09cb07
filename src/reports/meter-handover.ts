import type { Zone } from "#calendar/zone.ts";
import type { Stretch } from "./meter-combined.ts";
import { lifeOf } from "./meter-life.ts";

/**
 * Periods name days, devices are changed at an instant: where the old device was read last and the new one first on the day the periods meet,
 * the new one took over with that first reading, and nothing of either is lost or counted twice.
 */
export function handedOver(stretches: readonly Stretch[], about: { readonly nowMs: number; readonly zone: Zone }): Stretch[] {
  const joined = stretches.map((stretch) => ({ ...stretch }));
  for (const [i, next] of joined.entries()) {
    const before = joined[i - 1];
    const atMs = before && instantOf(before, next, about);
    if (before === undefined || atMs === undefined) continue;
    before.toMs = atMs;
    next.fromMs = atMs;
  }
  return joined;
}

/** Missing: undefined where the dates have to do. */
function instantOf(before: Stretch, next: Stretch, about: { readonly nowMs: number; readonly zone: Zone }): number | undefined {
  const { zone } = about;
  const dayMs = zone.dayStart(before.toMs - 1);
  const untilMs = zone.nextStart("day", next.fromMs);
  // A hole between the periods is somebody's statement that nothing counted.
  if (next.fromMs !== before.toMs) return undefined;
  const lasts = before.parts.map(({ node }) => lifeOf(node, about).lastMs ?? Number.NaN);
  const firsts = next.parts.map(({ node }) => lifeOf(node, about).firstMs ?? Number.NaN);
  const [lastMs, firstMs] = [Math.max(...lasts), Math.max(...firsts)];
  const isThere = Math.min(...lasts) >= dayMs && lastMs <= firstMs && Math.min(...firsts) >= dayMs && firstMs < untilMs;
  return isThere ? firstMs : undefined;
}
