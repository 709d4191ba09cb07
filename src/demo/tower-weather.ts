import type { WallClock } from "./local-clock.ts";
import { drift } from "./noise.ts";
import { DAY_MS } from "./spans.ts";

/** -1 in the depth of winter, 1 at the height of summer. */
export const seasonOf = ({ yearDay }: WallClock): number => -Math.cos(((yearDay - 20) / 365) * 2 * Math.PI);

/** Outdoor temperature over the tower in °F. */
export function outdoorF(seed: number, tMs: number, wall: WallClock): number {
  return 52 + 22 * seasonOf(wall) + 11 * Math.sin(((wall.hour - 9) / 24) * 2 * Math.PI) + 5 * drift(seed, tMs / DAY_MS);
}

const OPENS = 5;
const CLOSES = 23;

/** People are in the tower every day from early to late: shops, offices and a clinic. */
export const isOpen = ({ hour }: WallClock): boolean => hour >= OPENS && hour < CLOSES;

/** The air handlers start an hour before the first person comes. */
export const airRuns = ({ hour }: WallClock): boolean => hour >= OPENS - 1 && hour < CLOSES;

/** 0 at night to 1 by day: how far the air has brought a room to its daytime temperature. */
export function conditioned({ hour }: WallClock): number {
  const since = hour - (OPENS - 1);
  if (since >= 0 && hour < CLOSES) return eased(Math.min(1, since / 0.9));
  const after = (hour - CLOSES + 24) % 24;
  return eased(Math.max(0, 1 - after / 4));
}

const eased = (share: number): number => share * share * (3 - 2 * share);
