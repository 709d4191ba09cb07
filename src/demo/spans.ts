export const DAY_MS = 86_400_000;
export const QUARTER_MS = 900_000;
export const MONTHS_36_MS = 1_096 * DAY_MS;
export const YEAR_MS = 365 * DAY_MS;

/** `2026-03-10 14:41:20` of an instant already shifted to local time. */
export function localStamp(localMs: number): string {
  return new Date(localMs).toISOString().slice(0, 19).replace("T", " ");
}

/** Rounds to a number of decimals, as a meter's display does. */
export function round(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  // Plus zero: a display shows no minus in front of nothing.
  return Math.round(value * scale) / scale + 0;
}
