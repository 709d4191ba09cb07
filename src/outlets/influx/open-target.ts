import { InfluxOneTarget } from "./influx-one.ts";
import { InfluxTwoTarget } from "./influx-two.ts";
import type { InfluxServer } from "./settings.ts";
import type { InfluxTarget } from "./target.ts";

/** The server as it is spoken to until the signal ends it. */
export function openTarget(server: InfluxServer, signal: AbortSignal): InfluxTarget {
  return "bucket" in server ? new InfluxTwoTarget(server, signal) : new InfluxOneTarget(server, signal);
}
