import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A series of the Numenta Anomaly Benchmark that is at hand, with the windows in which something happened. */
export interface NabSeries {
  /** As the benchmark names it, with its group. */
  readonly name: string;
  /** The clock of the file, as if it stood in UTC. */
  readonly tMs: Float64Array;
  readonly value: Float64Array;
  /** Rows of the first and the last instant, both inside. */
  readonly windows: readonly { readonly from: number; readonly to: number }[];
}

export interface NabProfile {
  readonly name: string;
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
}

/** What a detector did with one series at a threshold. */
export interface NabScore {
  readonly score: number;
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
}

const PROBATION = 0.15;
const PROBATION_ROWS = 5000;
/** So many widths behind a window a false alarm is as wrong as one far from any. */
const FAR = 3;

/** Rows at the beginning that nobody is asked about. */
export const probationOf = (rows: number): number => Math.min(Math.floor(PROBATION * rows), PROBATION * PROBATION_ROWS);

/** What a detection at a place relative to a window is worth: 1 at its beginning, 0 at its end, -1 far behind it. */
const worthAt = (place: number): number => (place >= FAR ? -1 : 2 / (1 + Math.exp(5 * place)) - 1);

/**
 * The score of detections of one series.
 * Shape:   `detected` has one row per row of the series.
 * Source:  A. Lavin and S. Ahmad, "Evaluating Real-time Anomaly Detection Algorithms – the Numenta Anomaly Benchmark", ICMLA 2015,
 *          and the definitions of NAB 1.0: per window its best detection, per detection outside of all a fine that grows with the
 *          distance from the window before it, per missed window a fine.
 */
export function nabScore(series: NabSeries, detected: ArrayLike<boolean | number>, profile: NabProfile): NabScore {
  const rows = series.value.length;
  const first = probationOf(rows);
  const best = series.windows.map(() => -profile.fn);
  const judged = { score: 0, tp: 0, fp: 0, fn: 0 };
  for (let i = first; i < rows; i += 1) {
    const inside = series.windows.findIndex(({ from, to }) => i >= from && i <= to);
    if (inside >= 0) {
      if (!detected[i]) judged.fn += 1;
      else {
        const { from, to } = series.windows[inside] as { from: number; to: number };
        const worth = worthAt(-(to - i + 1) / (to - from + 1)) / worthAt(-1);
        best[inside] = Math.max(best[inside] as number, profile.tp * worth);
        judged.tp += 1;
      }
    } else if (detected[i]) {
      const before = series.windows.findLast(({ to }) => to < i);
      judged.score += profile.fp * worthAt(before === undefined ? FAR : (i - before.to) / (before.to - before.from));
      judged.fp += 1;
    }
  }
  const reachable = series.windows.map(({ to }) => to >= first);
  return { ...judged, score: best.reduce((sum, one, w) => (reachable[w] ? sum + one : sum), judged.score) };
}

/** Scores of a corpus as the benchmark tells them: 0 is what nothing detected is worth, 100 what perfection is. */
export function normalised(score: number, windows: number, profile: NabProfile): number {
  const nothing = -profile.fn * windows;
  return (100 * (score - nothing)) / (profile.tp * windows - nothing);
}

export function readProfiles(folder: string): NabProfile[] {
  const profiles = JSON.parse(readFileSync(join(folder, "scoring_profiles.json"), "utf8")) as Record<
    string,
    { CostMatrix: { tpWeight: number; fpWeight: number; fnWeight: number } }
  >;
  return Object.entries(profiles).map(([name, { CostMatrix: costs }]) => ({
    name,
    tp: costs.tpWeight,
    fp: costs.fpWeight,
    fn: costs.fnWeight,
  }));
}

/** Every series the folder holds. */
export function readSeries(folder: string): NabSeries[] {
  const windows = JSON.parse(readFileSync(join(folder, "labels_combined_windows.json"), "utf8")) as Record<string, [string, string][]>;
  const files = new Set(readdirSync(folder));
  const names = Object.keys(windows).filter((name) => files.has(name.split("/")[1] as string));
  return names.map((name) => {
    const lines = readFileSync(join(folder, name.split("/")[1] as string), "utf8")
      .trim()
      .split(/\r?\n/)
      .slice(1);
    const tMs = Float64Array.from(lines, (line) => clockMs(line.split(",")[0] as string));
    const rowAt = (text: string): number => tMs.indexOf(clockMs(text));
    return {
      name,
      tMs,
      value: Float64Array.from(lines, (line) => Number(line.split(",")[1])),
      windows: (windows[name] as [string, string][]).map(([from, to]) => ({ from: rowAt(from), to: rowAt(to) })),
    };
  });
}

const clockMs = (text: string): number => Date.parse(`${text.trim().slice(0, 19).replace(" ", "T")}Z`);

/** Scores of another's detector that were published per series: name to score and counts. */
export function readPublished(folder: string): Map<string, NabScore> {
  const lines = readFileSync(join(folder, "windowedGaussian_standard_scores.csv"), "utf8").trim().split(/\r?\n/).slice(1);
  return new Map(
    lines.map((line) => {
      const [, , name = "", , score, tp, , fp, fn] = line.split(",");
      return [name, { score: Number(score), tp: Number(tp), fp: Number(fp), fn: Number(fn) }];
    }),
  );
}

/** Results of whole detectors on the whole benchmark: name to profile to score. */
export function readFinal(folder: string): Record<string, Record<string, number>> {
  return JSON.parse(readFileSync(join(folder, "published_final_results.json"), "utf8")) as Record<string, Record<string, number>>;
}
