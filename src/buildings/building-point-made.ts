import type { Series } from "#sites/registry.ts";
import type { BuildingPoint } from "./model.ts";

/** A point of a test's building, called `path`, with one series where a unit is given. */
export function buildingPoint(path: string, more: Partial<BuildingPoint> & { unit?: string } = {}): BuildingPoint {
  const { unit, ...rest } = more;
  const point = path.toLowerCase().replace(/[^a-z\d]+/g, "-");
  const series: Series[] =
    unit === undefined
      ? []
      : [
          {
            id: 1,
            key: `tower/${point}/value@mqtt`,
            site: "tower",
            point,
            quantity: "value",
            source: "mqtt",
            kind: "gauge",
            unit,
            equalInstant: "last",
          },
        ];
  return { site: "tower", point, name: path, station: "Tower", path, equipment: "", tags: [], series, ...rest };
}
