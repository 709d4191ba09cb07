import type { JsonObject } from "#dialects/json.ts";
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

/** The place of a meter group: named after group and device, so that two readers with the same script stay apart. */
export function placeOf(at: { name: string; group: JsonObject; device: string }, options: Options): Place {
  const { point, pointName } = options.names.of(at.name, at.device);
  return { device: at.device, point, pointName, serial: serialOf(at.group, options) };
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
