import type { MeterDetailAnswer } from "#contract/meters.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";

/** The meter a page is about, and the clock on the wall beside it. */
export interface MeterLook {
  readonly meter: MeterDetailAnswer;
  readonly clock: ZoneClock;
}
