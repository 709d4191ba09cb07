const SECOND = 1000;

/** `?refresh=10`: seconds between two looks, from 2 to 3,600; 10 where it says nothing that can be meant. */
export function refreshMs(text: string | undefined): number {
  const seconds = Number(text);
  if (text === undefined || !Number.isFinite(seconds) || seconds <= 0) return 10 * SECOND;
  return Math.min(3600, Math.max(2, seconds)) * SECOND;
}
