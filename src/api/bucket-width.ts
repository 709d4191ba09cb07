const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Widths people read off an axis; each divides a day, and those from 15 minutes on are multiples of what the store keeps summed. */
export const NICE_WIDTHS_MS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((s) => s * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((min) => min * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((h) => h * HOUR_MS),
  DAY_MS,
];

/** The smallest nice width whose whole buckets over the range are within the budget; beyond a day, whole days. */
export function bucketWidth(range: { readonly fromMs: number; readonly toMs: number }, budget: number): number {
  const fits = (width: number): boolean => bucketsTouched(range, width) <= budget;
  const nice = NICE_WIDTHS_MS.find(fits);
  if (nice !== undefined) return nice;
  let days = Math.ceil((range.toMs - range.fromMs) / budget / DAY_MS);
  while (!fits(days * DAY_MS)) days = Math.ceil(days * 1.1) + 1;
  return days * DAY_MS;
}

/** Buckets at multiples of the width that share an instant with the range. */
export function bucketsTouched(range: { readonly fromMs: number; readonly toMs: number }, widthMs: number): number {
  return Math.ceil(range.toMs / widthMs) - Math.floor(range.fromMs / widthMs);
}
