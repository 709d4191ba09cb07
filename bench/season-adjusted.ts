import { lineOver, overGaps } from "./gap-fillers.ts";
import type { GapSeries } from "./gap-series.ts";

const MOST_TRIALS = 200;
const LEAST_TRIALS = 20;

/**
 * Straight over a gap, corrected by what the season lets expect against a straight line over it, as far as that proved right at gaps
 * of that length put into what is known.
 */
export const seasonAdjusted = overGaps((series, gap) => {
  const season = seasonOf(series);
  const line = lineOver(series.known, gap);
  const usual = lineOver(season, gap);
  const trust = trustIn(series, season, gap.to - gap.from);
  return line.map((value, k) => value + trust * ((season[gap.from + k] as number) - (usual[k] as number)));
});

const seasons = new WeakMap<GapSeries, Float64Array>();
const trusts = new WeakMap<GapSeries, Map<number, number>>();

/** Trend times what its place in the period compares to that as a rule. */
function seasonOf(series: GapSeries): Float64Array {
  const known = seasons.get(series);
  if (known) return known;
  const trend = trendOf(series);
  const ratios: number[][] = Array.from({ length: series.period }, () => []);
  for (const [i, value] of series.known.entries()) {
    if (!Number.isNaN(value) && (trend[i] as number) > 0) ratios[i % series.period]?.push(value / (trend[i] as number));
  }
  const place = smooth(ratios.map((of) => (of.length === 0 ? 1 : (of.sort((a, b) => a - b)[of.length >> 1] as number))));
  const season = trend.map((value, i) => value * (place[i % series.period] as number));
  seasons.set(series, season);
  return season;
}

/** Mean over a period around each value, gaps filled straight. */
function trendOf({ known, period }: GapSeries): Float64Array {
  const filled = Float64Array.from(known);
  for (let i = 0; i < filled.length; i += 1) {
    if (!Number.isNaN(filled[i] as number)) continue;
    let to = i;
    while (to < filled.length && Number.isNaN(filled[to] as number)) to += 1;
    filled.set(
      i === 0 || to === filled.length
        ? new Float64Array(to - i).fill((filled[i - 1] ?? filled[to]) as number)
        : lineOver(filled, { from: i, to }),
      i,
    );
    i = to;
  }
  const half = period >> 1;
  const sums = new Float64Array(filled.length + 1);
  for (const [i, value] of filled.entries()) sums[i + 1] = (sums[i] as number) + value;
  return filled.map((_, i) => {
    const [from, to] = [Math.max(0, i - half), Math.min(filled.length, i + half + 1)];
    return ((sums[to] as number) - (sums[from] as number)) / (to - from);
  });
}

/** Over a hundredth of the period, around its end. */
function smooth(place: readonly number[]): number[] {
  const n = place.length;
  const half = n > 100 ? Math.floor(n / 96) : 0;
  return place.map((_, i) => {
    let sum = 0;
    for (let k = -half; k <= half; k += 1) sum += place[(i + k + n) % n] as number;
    return sum / (2 * half + 1);
  });
}

function trustIn(series: GapSeries, season: Float64Array, n: number): number {
  const known = trusts.get(series) ?? new Map<number, number>();
  trusts.set(series, known);
  const doubling = Math.round(Math.log2(n));
  const found = known.get(doubling) ?? learned(series, season, 2 ** doubling);
  known.set(doubling, found);
  return found;
}

function learned(series: GapSeries, season: Float64Array, n: number): number {
  const places = placesFor(series.known, n);
  if (places.length < LEAST_TRIALS) return n > 1 ? trustIn(series, season, n / 2) : 0;
  let [product, square] = [0, 0];
  for (const from of places) {
    const line = lineOver(series.known, { from, to: from + n });
    const usual = lineOver(season, { from, to: from + n });
    for (let k = 0; k < n; k += 1) {
      const correction = (season[from + k] as number) - (usual[k] as number);
      product += correction * ((series.known[from + k] as number) - (line[k] as number));
      square += correction * correction;
    }
  }
  return square > 0 ? Math.min(1, Math.max(0, product / square)) : 0;
}

function placesFor(known: Float64Array, n: number): number[] {
  const places: number[] = [];
  let since = 0;
  for (const [i, value] of known.entries()) {
    if (Number.isNaN(value)) since = i + 1;
    else if (i - since >= n + 1) places.push(i - n);
  }
  const step = Math.max(1, places.length / MOST_TRIALS);
  return Array.from({ length: Math.min(places.length, MOST_TRIALS) }, (_, k) => places[Math.floor(k * step)] as number);
}
