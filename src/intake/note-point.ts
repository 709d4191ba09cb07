import type { Reading } from "#readings/reading.ts";
import type { Point } from "#sites/registry.ts";
import type { Place } from "./place.ts";
import type { RegistryChange } from "./registry-change.ts";
import { pointKey } from "./registry-view.ts";

/**
 * Makes the point of a reading where there is none yet, and keeps what its sender says of it.
 * Missing: undefined, but for a history that could not have the name its sender proposes: one sentence that says so, once.
 */
export function notePoint(change: RegistryChange, place: Place, reading: Reading): string | undefined {
  const { points } = change.view;
  const known = points.get(pointKey({ site: place.site, id: place.point }));
  if (known !== undefined) {
    if (reading.about !== undefined) change.describe(known, reading.about);
    return undefined;
  }
  const rival = reading.about?.path === undefined ? undefined : rivalOf(change, place, reading);
  const name = rival !== undefined && rival.name === reading.pointName ? `${rival.name} (${reading.about?.path})` : reading.pointName;
  const point = { site: place.site, id: place.point, name: name.slice(0, MAX_NAME) };
  change.addPoint(point);
  if (reading.about !== undefined) change.describe(point, reading.about);
  return rival && sentence(point, reading, rival);
}

const MAX_NAME = 200;

/** The point of another history that has the id this one would have. */
function rivalOf(change: RegistryChange, place: Place, reading: Reading): Point | undefined {
  const isNumbered = place.point.startsWith(`${reading.point}-`) && /^-\d+$/.test(place.point.slice(reading.point.length));
  return isNumbered ? change.view.points.get(pointKey({ site: place.site, id: reading.point })) : undefined;
}

function sentence({ site, id }: Point, { about }: Reading, rival: Point): string {
  const name = (of: Reading["about"]) => `${JSON.stringify(of?.path ?? "")} of ${of?.station ?? "its station"}`;
  return `${name(about)} and ${name(rival.about)} give the same key: they are kept apart as ${site}/${id} and ${site}/${rival.id}.`;
}
