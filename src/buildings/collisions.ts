import type { BuildingPoint } from "./model.ts";
import { nameKey } from "./name-key.ts";

/** Points of one station whose names differ and give the same key, each with the ids of the others. */
export function collisionsOf(points: readonly BuildingPoint[]): ReadonlyMap<BuildingPoint, readonly string[]> {
  const groups = new Map<string, BuildingPoint[]>();
  for (const point of points) {
    if (point.path === "") continue;
    const key = `${point.station}\n${nameKey(point.path)}`;
    const group = groups.get(key);
    if (group) group.push(point);
    else groups.set(key, [point]);
  }
  const found = new Map<BuildingPoint, readonly string[]>();
  for (const group of groups.values()) {
    if (group.length === 1) continue;
    for (const point of group) {
      const others = group.filter((other) => other.path !== point.path).map((other) => other.point);
      if (others.length > 0) found.set(point, others);
    }
  }
  return found;
}
