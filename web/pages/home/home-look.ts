import type { HomeInfo } from "#contract/home.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";

/** A home and the clock on its wall: what every card of the page needs. */
export interface HomeLook {
  readonly home: HomeInfo;
  readonly clock: ZoneClock;
}
