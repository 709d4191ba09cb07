import { pointKey } from "#api/catalog.ts";
import type { RouteDeps } from "#api/route-kit.ts";
import { dateStart } from "#calendar/local-text.ts";
import { zoneNamed } from "#calendar/zone.ts";
import type { SiteMeters } from "#reports/meter-settings.ts";

/** Keys of points whose meter was removed and whose last day is over, with that day: nobody waits for readings of them. */
export async function removedPoints({ meters, nowMs }: Pick<RouteDeps, "meters" | "nowMs">): Promise<ReadonlyMap<string, string>> {
  const sites = await Promise.all((meters?.() ?? []).map((reports) => reports.look()));
  return new Map(sites.flatMap((site) => removedOf(site, nowMs())));
}

function removedOf({ meters, zone: name }: SiteMeters, nowMs: number): (readonly [key: string, removedOn: string])[] {
  const zone = zoneNamed(name);
  return meters.flatMap(({ site, what, removedOn }) => {
    if (what.kind !== "physical" || removedOn === undefined) return [];
    const lastMs = dateStart(removedOn, zone);
    return lastMs !== undefined && zone.nextStart("day", lastMs) <= nowMs
      ? [[pointKey({ site, point: what.point }), removedOn] as const]
      : [];
  });
}
