import { ApiError } from "#api/errors.ts";
import { endMoment, startMoment } from "#api/meters/range.ts";
import type { Zone } from "#calendar/zone.ts";
import type { Range } from "#store/store.ts";

const DAY_MS = 86_400_000;

interface Asked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

interface Limits {
  readonly nowMs: number;
  readonly mostDays: number;
}

/**
 * A stretch as people ask a building for it: instants, clock readings of the site, or local dates with the last one in it. Left out,
 * the local day so far; without its beginning, the local day that leads to its end.
 * Errors: bad-request, bad-range, range-too-long.
 */
export function buildingRange({ from, to }: Asked, zone: Zone, { nowMs, mostDays }: Limits): Range {
  const toMs = to === undefined ? nowMs : endMoment(to, zone, "to");
  const fromMs = from === undefined ? zone.dayStart(toMs - 1) : startMoment(from, zone, "from");
  if (toMs <= fromMs) throw new ApiError("bad-range");
  if (toMs - fromMs > mostDays * DAY_MS) throw new ApiError("range-too-long", { limit: `${mostDays} days` });
  return { fromMs, toMs };
}
