import type { RouteDeps } from "#api/route-kit.ts";
import type { Clocks } from "./clocks.ts";
import type { PlantDesk } from "./desk.ts";

/** What routes of plants are made of, beside what all are. */
export interface PlantRouteDeps extends RouteDeps {
  readonly desks: readonly PlantDesk[];
  readonly clocks: Clocks;
}
