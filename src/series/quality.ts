/**
 * Quality of a sample as a bit set, so that OR-ing over an interval is the natural act. No bit means measured and good.
 * Bit values are stored for ever: bits are added, never renumbered.
 */
export const QUALITY = {
  suspect: 1,
  filled: 2,
  corrected: 4,
  recoveredAfterGap: 8,
  excludedFromDemand: 16,
  invalidAlarm: 32,
  badStatus: 64,
  clockUncertain: 128,
  /** A person or a program holds the point at this value by hand: it counts, and says so. */
  overridden: 256,
} as const;

export type QualityName = keyof typeof QUALITY;

/** Samples with one of these bits are kept and shown, but enter no aggregate and no analysis. */
export const BAD_QUALITY = QUALITY.invalidAlarm | QUALITY.badStatus;

/** Names of the bits that are set, in the order of the table. */
export function qualityNames(bits: number): QualityName[] {
  return (Object.keys(QUALITY) as QualityName[]).filter((name) => (bits & QUALITY[name]) !== 0);
}
