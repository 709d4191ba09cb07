import type { Registry } from "#sites/registry.ts";

/** Where each device of a source went in earlier runs: `site/point`. */
export function placesBefore({ assignments }: Pick<Registry, "assignments">, source: string): ReadonlyMap<string, string> {
  const own = assignments.filter((row) => row.source === source).toSorted((a, b) => a.fromMs - b.fromMs);
  return new Map(own.map(({ device, site, point }) => [device, `${site}/${point}`]));
}
