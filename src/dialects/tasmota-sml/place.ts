import type { JsonObject } from "#dialects/json.ts";
import { kebab } from "#dialects/kebab.ts";
import type { Reading } from "#readings/reading.ts";
import type { Field, Options } from "./fields.ts";

/** Whose readings they are. */
export interface Place {
  readonly device: string;
  readonly point: string;
  readonly pointName: string;
  readonly serial: string | undefined;
}

/** A reading of that meter. */
export function reading(place: Place, field: Field, value: number): Reading {
  const { device, point, pointName, serial } = place;
  const { quantity, unit, kind } = field;
  return serial === undefined
    ? { device, point, pointName, quantity, unit, kind, value }
    : { device, point, pointName, quantity, unit, kind, value, serial };
}

/** The name every reader head leaves the factory with: it tells nobody apart. */
const FACTORY_NAME = "tasmota";

/** The place of a meter group: named after group and device, so that two readers with the same script stay apart. */
export function placeOf(at: { name: string; group: JsonObject; device: string }, options: Options): Place {
  const pointName = nameOf(at.name, at.device, options.point);
  return { device: at.device, point: kebab(pointName) || "meter", pointName, serial: serialOf(at.group, options) };
}

function nameOf(group: string, device: string, rule: Options["point"]): string {
  if (rule === "device" || group === "") return device;
  if (rule === "group" || device.toLowerCase() === FACTORY_NAME) return group;
  return lastWord(device) === kebab(group) ? device : `${group} (${device})`;
}

/** `tasmota_MT681` needs no MT681 in front. */
function lastWord(device: string): string {
  const id = kebab(device);
  return id.slice(id.lastIndexOf("-") + 1);
}

function serialOf(group: JsonObject, options: Options): string | undefined {
  for (const label of Object.keys(group)) {
    if (options.labels.meaning(label) !== "serial") continue;
    const raw = group[label];
    const text = typeof raw === "string" ? raw.trim() : typeof raw === "number" ? String(raw) : "";
    if (text !== "") return text;
  }
  return undefined;
}
