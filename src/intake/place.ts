import type { Reading, RejectItem } from "#readings/reading.ts";
import { isSameHistory } from "./histories.ts";
import type { RegistryChange } from "./registry-change.ts";
import { pointKey, type RegistryView } from "./registry-view.ts";
import type { Source } from "./source.ts";

/** Site and point a reading belongs to. */
export interface Place {
  readonly site: string;
  readonly point: string;
}

const UNASSIGNED = "unassigned";
const MAX_NAME = 200;

/**
 * The place of a reading: what the source's settings say, else the point its history is already, else the one its sender proposes,
 * numbered where another history has that one. Errors: `site-unknown`.
 */
export function placeOf(change: RegistryChange, source: Source, reading: Reading): Place | RejectItem {
  const mapped = mappedTo(source, reading);
  const slash = mapped?.indexOf("/") ?? -1;
  const site = slash > 0 && mapped ? mapped.slice(0, slash) : (source.site ?? onlySite(change));
  if (!change.view.sites.has(site)) {
    return { code: "site-unknown", sentence: `Source ${source.name} belongs to site "${site}", which is not in the configuration.` };
  }
  return { site, point: mapped?.slice(slash + 1) ?? pointOf(change.view, site, reading) };
}

/** What the settings make of a reading: by its point, by its history as the station names it, or by the device. Missing: undefined. */
export function mappedTo({ points }: Source, { point, device, about }: Pick<Reading, "point" | "device" | "about">): string | undefined {
  if (points.size === 0) return undefined;
  return points.get(point) ?? (about?.path === undefined ? undefined : points.get(about.path)) ?? points.get(device);
}

/** Two names of a station may give one id; two histories are never one point for that. */
export function pointOf({ points, histories }: Points, site: string, { point, about }: Pick<Reading, "point" | "about">): string {
  if (about?.path === undefined) return point;
  const known = histories.find(site, about);
  if (known !== undefined) return known;
  const wanted = pointKey({ site, id: point });
  for (let n = histories.lastNumber.get(wanted) ?? 1; ; n++) {
    const id = n === 1 ? point : `${point}-${n}`;
    if (!isSameHistory(points.get(pointKey({ site, id }))?.about, about)) continue;
    if (n > 1) histories.lastNumber.set(wanted, n);
    return id;
  }
}

/** Points by `site/id`, and the histories among them. */
export type Points = Pick<RegistryView, "points" | "histories">;

/** The only site there is; where there are several or none, the one for what nobody has assigned yet. */
function onlySite(change: RegistryChange): string {
  const { sites } = change.view;
  const own = [...sites.keys()].filter((id) => id !== UNASSIGNED);
  if (own.length === 1) return own[0] as string;
  if (!sites.has(UNASSIGNED)) change.addSite({ id: UNASSIGNED, name: "Unassigned", zone: "UTC", currency: "XXX" });
  return UNASSIGNED;
}

/** `name-unusable` where a sender's name cannot be one of ours; `forbidden` are characters that mean something in a series key. */
export function unusableName(what: string, name: string, forbidden = ""): RejectItem | undefined {
  const problem = name === "" ? "is empty" : (nameProblem(name, MAX_NAME) ?? holds(name, forbidden));
  if (problem === undefined) return undefined;
  return { code: "name-unusable", sentence: `The ${what} ${JSON.stringify(name.slice(0, 60))} cannot be used: it ${problem}.` };
}

/** Control characters and halves of surrogate pairs do not survive storing, so such a name would not be found again. */
const UNSTORABLE = /[\p{Cc}\p{Cs}]/u;

export function nameProblem(text: string, maxLength: number): string | undefined {
  if (text.length > maxLength) return `is longer than ${maxLength} characters`;
  return UNSTORABLE.test(text) ? "holds control characters" : undefined;
}

function holds(name: string, forbidden: string): string | undefined {
  const found = [...forbidden].find((character) => name.includes(character));
  return found === undefined ? undefined : `holds "${found}"`;
}
