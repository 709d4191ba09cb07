import { LEAST_SIMILAR } from "./similar-days.ts";

/** A value against those of similar days at the same time. NaN unknown. */
export interface Deviation {
  readonly value: number;
  /** Median and quartiles of the similar days. */
  readonly usual: number;
  readonly low: number;
  readonly high: number;
  /** Similar days that know it. */
  readonly days: number;
  /** Robust deviations, signed; NaN with fewer than three days that know it. */
  readonly score: number;
  /** Share of what the whole was above usual, percent; NaN where it is no part of the whole or the whole was not above usual. */
  readonly sharePct: number;
}

/** One series in the interval, and at the same local time of each similar day. */
export interface DeviationOf {
  readonly value: number;
  readonly usual: ArrayLike<number>;
  /** Smallest step the series can make, in its unit: see `resolutionOf`. Left out: told from the numbers themselves. */
  readonly resolution?: number;
  /** True for what the whole is made of, in the whole's unit (kW). */
  readonly partOfWhole?: boolean;
}

/** Of a normal spread, standard deviations per median absolute deviation, and per distance of the quartiles. */
const PER_MAD = 1.4826;
const PER_QUARTILES = 0.7413;

/** One series against its similar days, and its share of what the whole was above usual. */
export function deviationOf(of: DeviationOf, whole?: DeviationOf): Deviation {
  const known = Float64Array.from(of.usual)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const usual = quantile(known, 0.5);
  const [low, high] = [quantile(known, 0.25), quantile(known, 0.75)];
  const mad = quantile(known.map((value) => Math.abs(value - usual)).sort(), 0.5);
  const step = of.resolution ?? resolutionOf([...known, of.value]);
  const spread = Math.max(PER_MAD * mad, PER_QUARTILES * (high - low), Number.isNaN(step) ? 0 : step);
  const off = of.value - usual;
  const score = known.length < LEAST_SIMILAR ? Number.NaN : off === 0 ? 0 : off / spread;
  return { value: of.value, usual, low, high, days: known.length, score, sharePct: shareOf(of, { off, whole }) };
}

/** Every series against its similar days, in the order given. `whole`: what they are parts of, in the same unit. */
export function deviations(series: readonly DeviationOf[], whole?: DeviationOf): Deviation[] {
  return series.map((of) => deviationOf(of, whole));
}

/**
 * The smallest step between any two values of a series, so that a series that hardly ever moves is not called unusual for one step.
 * Missing: NaN of fewer than two different values.
 */
export function resolutionOf(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  let [least, largest] = [Infinity, 0];
  for (const value of sorted) if (!Number.isNaN(value)) largest = Math.max(largest, Math.abs(value));
  for (let i = 1; i < sorted.length; i += 1) {
    const step = (sorted[i] as number) - (sorted[i - 1] as number);
    // Sums that came about in another order differ by a hair: that is no step.
    if (step > largest * 1e-9 && step < least) least = step;
  }
  return least === Infinity ? Number.NaN : least;
}

function shareOf({ partOfWhole }: DeviationOf, { off, whole }: { off: number; whole: DeviationOf | undefined }): number {
  if (partOfWhole !== true || whole === undefined) return Number.NaN;
  const known = Float64Array.from(whole.usual)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const above = whole.value - quantile(known, 0.5);
  return above > 0 ? (100 * off) / above : Number.NaN;
}

/** Linear between neighbours. Missing: NaN of none. */
function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - below);
}
