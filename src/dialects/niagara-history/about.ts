import { isObject, type JsonObject, own } from "#dialects/json.ts";
import type { About } from "#readings/reading.ts";
import { unescapeName } from "#series/history-name.ts";
import { historyPath } from "./names.ts";

/** Keys of a description that say something else: names, the history and the unit. */
const NO_TAGS = new Set([
  ...["n:displayName", "n:name", "n:history", "hs:history", "hs:unit", "h4:unit", "n:units", "navName"],
  ...["displayName", "name", "unit", "__proto__"],
]);
const MARKERS = new Set(["marker", "m:", "✓"]);
const FLOORS = ["h4:floorNum", "hs:floorNum", "hs:floor", "floorNum", "floor"];
const EQUIPMENT_NAMES = ["n:displayName", "n:name", "displayName", "name", "navName", "hs:navName"];
const MOST_TAGS = 100;
const LONGEST = 200;

/** What a station says of a point beside its rows. `path` is left out where the frame names no history. */
export function aboutOf(frame: JsonObject, point: JsonObject | undefined, named: { station: string; path: string | undefined }): About {
  const path = named.path === undefined ? "" : historyPath(named.station, named.path);
  const equipment = equipmentName(frame);
  const floor = floorOf(frame, point);
  const tags = point === undefined ? [] : tagsOf(point);
  return {
    station: cut(unescapeName(named.station.trim())),
    ...(path === "" ? {} : { path }),
    ...(equipment === undefined ? {} : { equipment: cut(unescapeName(equipment)) }),
    ...(floor === undefined ? {} : { floor: cut(floor) }),
    ...(tags.length === 0 ? {} : { tags }),
  };
}

/** What the frame calls the equipment, as it is written there. Missing: undefined where it names none. */
export function equipmentName(frame: JsonObject): string | undefined {
  for (const key of ["equipment", "metadataProperty"]) {
    const said = own(frame, key);
    const name = isObject(said) ? firstText(said, EQUIPMENT_NAMES) : typeof said === "string" ? said.trim() : "";
    if (name) return name;
  }
  return undefined;
}

/** The first of some keys whose value is a text that says something. */
export function firstText(object: JsonObject, keys: readonly string[]): string | undefined {
  return keys.map((key) => own(object, key)).find((text): text is string => typeof text === "string" && text.trim() !== "");
}

function floorOf(frame: JsonObject, point: JsonObject | undefined): string | undefined {
  const floor = own(frame, "floor");
  const said = isObject(floor) ? [firstText(floor, EQUIPMENT_NAMES)] : [floor];
  const all = [...said, ...FLOORS.map((key) => point && own(point, key))];
  const found = all.find((one) => typeof one === "number" || (typeof one === "string" && one.trim() !== ""));
  return found === undefined ? undefined : unescapeName(String(found).trim());
}

/** Markers by their name, values as `name=value`; both without the namespace. */
function tagsOf(point: JsonObject): string[] {
  const tags = new Set<string>();
  for (const [key, value] of Object.entries(point)) {
    if (tags.size >= MOST_TAGS) break;
    const name = key.slice(key.indexOf(":") + 1).trim();
    if (NO_TAGS.has(key) || name === "") continue;
    if (isMarker(value)) tags.add(cut(name));
    else if (isPlain(value)) tags.add(cut(`${name}=${value}`));
  }
  return [...tags].sort();
}

function isMarker(value: unknown): boolean {
  return typeof value === "string" && MARKERS.has(value.trim().toLowerCase());
}

function isPlain(value: unknown): value is string | number | boolean {
  return (typeof value === "string" && value.trim() !== "") || typeof value === "number" || typeof value === "boolean";
}

function cut(text: string): string {
  return text.slice(0, LONGEST);
}
