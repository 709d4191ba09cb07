import { judgeRows } from "#analytics/row-judge.ts";
import type { Habits } from "#analytics/usual-rows.ts";
import { markdown } from "./markdown.ts";
import {
  type NabProfile,
  type NabSeries,
  nabScore,
  normalised,
  probationOf,
  readFinal,
  readProfiles,
  readPublished,
  readSeries,
} from "./nab.ts";
import { windowedGaussian } from "./nab-gaussian.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The benchmark's rows are five minutes apart. */
const ROW_MS = 5 * MINUTE_MS;

/** The habits of days, read as those of a server that is looked at every five minutes: its year is a day, its weekday is the hour. */
const FIVE_MINUTES: Habits = {
  kinds: 24,
  recentRows: 36,
  recentMs: DAY_MS,
  latestRows: 6,
  spreadRows: 288,
  cycleMs: DAY_MS,
  aroundMs: 30 * MINUTE_MS,
  cycles: 7,
  cycleRows: 10,
  firstCycle: 2,
  leastRows: 84,
  tailRows: 4032,
  learnEvery: 144,
  habitRows: 36,
  falseAlarms: ROW_MS / (7 * DAY_MS),
  worth: 0.25,
};
/** What is told once is not told again for so long. */
const QUIET_ROWS = 36;

/** Surprises in limits, by row: 1 is told. */
function surprises({ tMs, value }: NabSeries): Float64Array {
  const kind = Uint8Array.from(tMs, (at) => Math.floor((at % DAY_MS) / HOUR_MS));
  const { score, limit } = judgeRows({ tMs, rate: value, kind }, FIVE_MINUTES);
  return score.map((one, row) => Math.abs(one) / (limit[row] as number));
}

/** Rows at which something is told: the first of those above a threshold, each stretch once. */
function told(surprise: Float64Array, threshold: number): Uint8Array {
  const rows = new Uint8Array(surprise.length);
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows.length; row += 1) {
    if (!((surprise[row] as number) > threshold)) continue;
    if (row - last > QUIET_ROWS) rows[row] = 1;
    last = row;
  }
  return rows;
}

interface Counted {
  readonly found: number;
  readonly windows: number;
  readonly right: number;
  readonly tellings: number;
}

/** Tellings that lie in a window, and windows with one in them, behind the probation. */
function counted(series: NabSeries, detected: ArrayLike<boolean | number>): Counted {
  const first = probationOf(series.value.length);
  const rows = Array.from(series.value.keys()).filter((row) => row >= first && Boolean(detected[row]));
  const inside = (row: number): boolean => series.windows.some(({ from, to }) => row >= from && row <= to);
  return {
    found: series.windows.filter(({ from, to }) => rows.some((row) => row >= from && row <= to)).length,
    windows: series.windows.length,
    right: rows.filter(inside).length,
    tellings: rows.length,
  };
}

const share = (part: number, whole: number): string => (whole === 0 ? "–" : (part / whole).toFixed(2));

function ratios({ found, windows, right, tellings }: Counted): string[] {
  const [precision, recall] = [right / tellings, found / windows];
  const f1 = tellings === 0 || windows === 0 ? "–" : ((2 * precision * recall) / (precision + recall) || 0).toFixed(2);
  return [`${found} of ${windows}`, `${tellings - right}`, share(right, tellings), share(found, windows), f1];
}

/** Everything that is told about the benchmark. */
export function nabTables(folder: string): string {
  const [series, profiles, published] = [readSeries(folder), readProfiles(folder), readPublished(folder)];
  const surprise = new Map(series.map((one) => [one, surprises(one)]));
  const ours = (threshold: number) => (one: NabSeries) => told(surprise.get(one) as Float64Array, threshold);
  return [
    `\n${series.length} of the benchmark's 58 series are at hand, with ${series.reduce((sum, one) => sum + one.windows.length, 0)} of its 116 windows.`,
    scoringCheck(series, profiles[0] as NabProfile, published),
    perSeries(series, profiles[0] as NabProfile, { ours: ours(1), published }),
    overall(series, profiles, { ours, published, final: readFinal(folder) }),
  ].join("\n\n");
}

/** Our scoring of a detector whose scores were published, against these. */
function scoringCheck(series: readonly NabSeries[], profile: NabProfile, published: ReturnType<typeof readPublished>): string {
  const same = series.filter((one) => {
    const [here, there] = [nabScore(one, windowedGaussian(one.value), profile), published.get(one.name)];
    return (
      there !== undefined &&
      Math.abs(here.score - there.score) < 1e-6 &&
      here.tp === there.tp &&
      here.fp === there.fp &&
      here.fn === there.fn
    );
  });
  return `Scoring: of the windowed Gaussian, run again here, score and counts are those published for ${same.length} of ${series.length} series.`;
}

interface Compared {
  readonly ours: (one: NabSeries) => Uint8Array;
  readonly published: ReturnType<typeof readPublished>;
}

function perSeries(series: readonly NabSeries[], profile: NabProfile, { ours, published }: Compared): string {
  const all = { found: 0, windows: 0, right: 0, tellings: 0 };
  let [ourSum, theirSum] = [0, 0];
  const rows = series.map((one) => {
    const detected = ours(one);
    const here = counted(one, detected);
    for (const key of Object.keys(all) as (keyof Counted)[]) all[key] += here[key];
    const [score, theirs] = [nabScore(one, detected, profile).score, published.get(one.name)?.score ?? Number.NaN];
    ourSum += score;
    theirSum += theirs;
    return [one.name.split("/")[1] as string, ...ratios(here), score.toFixed(2), theirs.toFixed(2)];
  });
  const head = ["series", "windows found", "false", "precision", "recall", "F1", "score", "windowed Gaussian"];
  return markdown(head, [...rows, ["all", ...ratios(all), ourSum.toFixed(2), theirSum.toFixed(2)]]);
}

interface Overall {
  readonly ours: (threshold: number) => (one: NabSeries) => Uint8Array;
  readonly published: ReturnType<typeof readPublished>;
  readonly final: Record<string, Record<string, number>>;
}

function overall(series: readonly NabSeries[], profiles: readonly NabProfile[], { ours, published, final }: Overall): string {
  const windows = series.reduce((sum, one) => sum + one.windows.length, 0);
  const corpus = (detect: (one: NabSeries) => ArrayLike<boolean | number>, profile: NabProfile): number =>
    normalised(
      series.reduce((sum, one) => sum + nabScore(one, detect(one), profile).score, 0),
      windows,
      profile,
    );
  const thresholds = Array.from({ length: 80 }, (_, k) => 0.5 * 1.04 ** k);
  const best = (profile: NabProfile): number => Math.max(...thresholds.map((threshold) => corpus(ours(threshold), profile)));
  const row = (name: string, of: (profile: NabProfile) => string): string[] => [name, ...profiles.map(of)];
  const rows = [
    row("ours, these series, the stated false-alarm rate", (profile) => corpus(ours(1), profile).toFixed(1)),
    row("ours, these series, the best threshold for each profile", (profile) => best(profile).toFixed(1)),
    row("windowed Gaussian, these series", (profile) => corpus((one) => windowedGaussian(one.value), profile).toFixed(1)),
    ...Object.entries(final)
      .toSorted(([, a], [, b]) => (b["standard"] ?? 0) - (a["standard"] ?? 0))
      .map(([name, scores]) =>
        row(`${name}, all 58 series, as published`, ({ name: profile }) => (scores[profile] ?? Number.NaN).toFixed(1)),
      ),
  ];
  return published.size === 0 ? "" : markdown(["detector", ...profiles.map(({ name }) => name.replaceAll("_", " "))], rows);
}
