const MICROSECONDS = 3;

/** An instant as the old API wrote it: UTC with its offset, a fraction only where there is one: `2025-11-27T14:05:00+00:00`. */
export function stationTime(tMs: number): string {
  const [seconds, rest = ""] = new Date(tMs).toISOString().replace("Z", "").split(".");
  return rest === "" || rest === "000" ? `${seconds}+00:00` : `${seconds}.${rest}${"0".repeat(MICROSECONDS)}+00:00`;
}

/** Missing: null. */
export function stationTimeOrNull(tMs: number | undefined): string | null {
  return tMs === undefined ? null : stationTime(tMs);
}
