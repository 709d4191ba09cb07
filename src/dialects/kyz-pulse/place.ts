import { kebab } from "#dialects/kebab.ts";
import type { Item, Reading } from "#readings/reading.ts";
import type { Options } from "./options.ts";

/** Which meter a message is about. */
export interface Place {
  readonly device: string;
  readonly point: string;
  readonly pointName: string;
}

const KNOWN_ENDS = new Set(["pulsecount", "interval"]);
const USUAL_DEVICE = "pri/energy/kyz";

/** Both topics of a meter are one device: what stands before their last word. */
export function placeOf(topic: string, options: Pick<Options, "point">): Place {
  const last = topic.lastIndexOf("/");
  const device = last > 0 && KNOWN_ENDS.has(topic.slice(last + 1).toLowerCase()) ? topic.slice(0, last) : topic;
  const point = options.point ?? (device === USUAL_DEVICE ? "main" : kebab(device) || "main");
  return { device, point, pointName: point === "main" ? "Main meter" : device === USUAL_DEVICE ? point : device };
}

/** What a message says of a meter. */
export type Said = Pick<Reading, "quantity" | "unit" | "kind" | "value" | "tMs" | "intervalMs">;

/** A reading of that meter; no quality bit is no quality. */
export function item(place: Place, said: Said, quality: number): Item {
  return { type: "reading", reading: quality === 0 ? { ...place, ...said } : { ...place, ...said, quality } };
}
