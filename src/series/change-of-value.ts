import type { Column } from "./column.ts";
import type { Silence } from "./silence.ts";

/** Whether a series speaks when its value changes, or at its hours; and why that is believed. */
export interface Speaking {
  readonly changeOfValue: boolean;
  /** Usual time between two samples; NaN of fewer than two. */
  readonly usualMs: number;
  /** One sentence. */
  readonly because: string;
}

/** Fewer gaps than this show no habit. */
const FEW_GAPS = 4;
/** A poll is late or early by no more than this share of its interval, or this much. */
const SLACK_SHARE = 0.1;
const SLACK_MS = 2_000;
/** So many gaps, and so much of the time, are usual ones where a series is polled. */
const REGULAR_GAPS = 0.75;
const REGULAR_TIME = 0.5;

/**
 * Polled series are told by regular gaps, that make up most of the time; one that speaks on change hurries while its value moves and
 * is silent while it holds. Values do not tell: many sensors repeat none, and many setpoints repeat some.
 * Units:   `silences` of the whole station say nothing about one series and are left out.
 */
export function isChangeOfValue(
  { tMs }: Pick<Column, "tMs">,
  { silences = [] }: { readonly silences?: readonly Silence[] } = {},
): Speaking {
  const gaps = gapsOf(tMs, silences);
  const usualMs = middleOf(gaps);
  if (gaps.length < FEW_GAPS) {
    const samples = tMs.length === 1 ? "1 sample shows" : `${tMs.length} samples show`;
    return { changeOfValue: true, usualMs, because: `${samples} no regular spacing: each value holds until the next one.` };
  }
  const slackMs = Math.max(SLACK_MS, SLACK_SHARE * usualMs);
  let [regular, regularMs, allMs, longestMs] = [0, 0, 0, 0];
  for (const gapMs of gaps) {
    allMs += gapMs;
    longestMs = Math.max(longestMs, gapMs);
    if (Math.abs(gapMs - usualMs) > slackMs) continue;
    regular += 1;
    regularMs += gapMs;
  }
  const polled = regular >= REGULAR_GAPS * gaps.length && regularMs >= REGULAR_TIME * allMs;
  if (polled) {
    const because = `${regular} of ${gaps.length} gaps between samples are ${durationText(usualMs)} long: it is polled.`;
    return { changeOfValue: false, usualMs, because };
  }
  const share = Math.floor((100 * regularMs) / allMs);
  const because = `Gaps between samples go up to ${durationText(longestMs)}, and the usual ${durationText(usualMs)} make up ${share} % of the time: it speaks when its value changes.`;
  return { changeOfValue: true, usualMs, because };
}

/** The middle one of at most so many gaps, evenly taken: enough to know a habit. */
const MOST_SORTED = 512;

function middleOf(gaps: Float64Array): number {
  const step = Math.ceil(gaps.length / MOST_SORTED);
  const taken = new Float64Array(step === 0 ? 0 : Math.ceil(gaps.length / step));
  for (let i = 0; i < taken.length; i += 1) taken[i] = gaps[i * step] as number;
  return taken.sort()[taken.length >> 1] ?? Number.NaN;
}

/** Time between neighbours that no silence of the station parts. */
function gapsOf(tMs: Float64Array, silences: readonly Silence[]): Float64Array {
  const gaps = new Float64Array(Math.max(0, tMs.length - 1));
  let [count, silence] = [0, 0];
  for (let i = 1; i < tMs.length; i += 1) {
    const [beforeMs, atMs] = [tMs[i - 1] as number, tMs[i] as number];
    while (silence < silences.length && (silences[silence] as Silence).fromMs < beforeMs) silence += 1;
    if (((silences[silence] as Silence | undefined)?.fromMs ?? Infinity) < atMs) continue;
    gaps[count] = atMs - beforeMs;
    count += 1;
  }
  return gaps.subarray(0, count);
}

/** 30 s, 10 min, 58.8 h. */
function durationText(ms: number): string {
  if (ms < 90_000) return `${round(ms / 1_000)} s`;
  return ms < 5_400_000 ? `${round(ms / 60_000)} min` : `${round(ms / 3_600_000)} h`;
}

function round(n: number): number {
  return Math.round(10 * n) / 10;
}
