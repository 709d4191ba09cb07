/** How old an answer may be before the wall says that the server is away. Units: ms. */
export const awayAfterMs = (everyMs: number): number => Math.max(15_000, 2.5 * everyMs);

/** Whether what the wall shows is too old, and since when. Missing: undefined while the server answers. */
export function awaySince(answeredMs: number, nowMs: number, everyMs: number): number | undefined {
  return nowMs - answeredMs > awayAfterMs(everyMs) ? answeredMs : undefined;
}
