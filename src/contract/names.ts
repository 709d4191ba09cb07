/** Constants the browser shares with the server; no schema library here, so the page stays small. */

export const API_BASE = "/api/v1";

/** Families a quantity belongs to; each has one colour on every page. */
export const MEDIA = ["electricity", "export", "gas", "water", "heat", "climate", "price", "other"] as const;
export type Medium = (typeof MEDIA)[number];

export const MAX_COLUMN_POINTS = 50_000;
export const MAX_COLUMN_SERIES = 200;
export const MAX_LIVE_SERIES = 2_000;

/** A live point is stale after this many of its usual spacings, but never before STALE_FLOOR_MS. */
export const STALE_SPACINGS = 4;
export const STALE_FLOOR_MS = 30_000;

export const QUALITY_NAMES = [
  "suspect",
  "filled",
  "corrected",
  "recoveredAfterGap",
  "excludedFromDemand",
  "invalidAlarm",
  "badStatus",
  "clockUncertain",
  "overridden",
] as const;
