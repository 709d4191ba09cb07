import { type Column, lowerBound } from "./column.ts";

/** A stretch between two samples of which nobody said anything in between. */
export interface Silence {
  /** The last sample before it. */
  readonly fromMs: number;
  /** The first sample after it. */
  readonly toMs: number;
}

/**
 * When none of a station's histories had a sample for longer than `silenceMs`: it, or the way to it, was down, and what its points
 * did meanwhile is not known. A bad sample is a sample: the station spoke. Before the first and after the last sample of all
 * there is no silence but by `untilMs`, up to which the end counts. A station that hardly ever speaks more often, as one whose
 * histories are hourly, is silent when it says nothing for three times as long as it usually does.
 * Shape:   ascending, none touches the next.
 */
export function stationSilences(
  columns: readonly Pick<Column, "tMs">[],
  silenceMs: number,
  { untilMs }: { readonly untilMs?: number } = {},
): Silence[] {
  const spoken = columns.filter(({ tMs }) => tMs.length > 0).sort((a, b) => b.tMs.length - a.tMs.length);
  let fromMs = Infinity;
  let toMs = untilMs ?? -Infinity;
  for (const { tMs } of spoken) {
    fromMs = Math.min(fromMs, tMs[0] as number);
    toMs = Math.max(toMs, tMs[tMs.length - 1] as number);
  }
  let silences: Silence[] = toMs - fromMs > silenceMs ? [{ fromMs, toMs }] : [];
  for (const { tMs } of spoken) silences = silences.flatMap((silence) => broken(silence, tMs, silenceMs));
  return [...unusual(silences, toMs - fromMs)];
}

/** Long gaps are a habit where there are several and they make up so much of the time. */
const HABIT_GAPS = 4;
const HABIT_SHARE = 0.75;
const TIMES_USUAL = 3;

/** Those of a station's gaps, of all its time, that are long even for one that seldom speaks. */
export function unusual(gaps: readonly Silence[], allMs: number): readonly Silence[] {
  const longMs = gaps.map(({ fromMs, toMs }) => toMs - fromMs).sort((a, b) => a - b);
  let reachedMs = allMs - longMs.reduce((sum, ms) => sum + ms, 0);
  const habitMs = (1 - HABIT_SHARE) * allMs;
  if (gaps.length < HABIT_GAPS || reachedMs >= habitMs) return gaps;
  const usualMs = longMs.find((ms) => {
    reachedMs += ms;
    return reachedMs >= habitMs;
  });
  return gaps.filter(({ fromMs, toMs }) => toMs - fromMs > TIMES_USUAL * (usualMs ?? 0));
}

/** What of a silence is left where a history spoke within it. */
export function broken(silence: Silence, tMs: Float64Array, silenceMs: number): Silence[] {
  const left: Silence[] = [];
  let fromMs = silence.fromMs;
  for (let i = lowerBound(tMs, fromMs); i < tMs.length; i += 1) {
    const at = tMs[i] as number;
    if (at >= silence.toMs) break;
    if (at - fromMs > silenceMs) left.push({ fromMs, toMs: at });
    fromMs = at;
  }
  if (silence.toMs - fromMs > silenceMs) left.push({ fromMs, toMs: silence.toMs });
  return left;
}
