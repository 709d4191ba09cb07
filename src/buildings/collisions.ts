import { byText } from "./count-order.ts";
import type { BuildingPoint } from "./model.ts";
import { nameKey } from "./name-key.ts";

/** Of thousands of names that give one key nobody reads more. */
const MOST_TOLD = 20;

/** Points of one station whose names differ and give the same key, each with the ids of the first others. */
export function collisionsOf(points: readonly BuildingPoint[]): ReadonlyMap<BuildingPoint, readonly string[]> {
  const found = new Map<BuildingPoint, readonly string[]>();
  const named = points.filter((point) => point.path !== "");
  // Names of one key have the same letters and digits, which is quicker to say than the key itself.
  for (const alike of groupsBy(named, ({ station, path }) => `${station}\n${path.toLowerCase().replace(NEITHER, "")}`)) {
    for (const group of groupsBy(alike, ({ path }) => nameKey(path))) {
      const inOrder = [...group].sort((a, b) => byText(a.point, b.point));
      for (const point of group) {
        const others = firstOthers(inOrder, point);
        if (others.length > 0) found.set(point, others);
      }
    }
  }
  return found;
}

function firstOthers(inOrder: readonly BuildingPoint[], point: BuildingPoint): string[] {
  const others: string[] = [];
  for (const other of inOrder) {
    if (other.path !== point.path) others.push(other.point);
    if (others.length === MOST_TOLD) break;
  }
  return others;
}

const NEITHER = /[^\p{L}\p{N}]+/gu;

/** Points that share a key, where there is more than one. */
function groupsBy(points: readonly BuildingPoint[], keyOf: (point: BuildingPoint) => string): BuildingPoint[][] {
  const groups = new Map<string, BuildingPoint[]>();
  for (const point of points) {
    const key = keyOf(point);
    const group = groups.get(key);
    if (group) group.push(point);
    else groups.set(key, [point]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
