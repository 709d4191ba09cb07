import type { PeakAnswerInfo } from "#contract/building-peak.ts";

/** Kilowatts on a height: marks at round figures, from zero (or what fed in) up. */
export interface PlotScale {
  readonly marks: readonly number[];
  /** Percent of the height. */
  readonly at: (kw: number) => number;
}

/** Marks at a round step around everything that is drawn. */
export function plotScale(values: readonly number[]): PlotScale {
  const most = Math.max(0, ...values);
  const least = Math.min(0, ...values);
  const step = roundStep((most - least || 1) / 3);
  const [from, to] = [Math.floor(least / step), Math.ceil((most || step) / step)];
  const marks = Array.from({ length: to - from + 1 }, (_, i) => (from + i) * step);
  const span = (to - from) * step;
  return { marks, at: (kw) => (100 * (kw - from * step)) / span };
}

/** 1, 2 or 5 times a power of ten, not below what is asked. */
function roundStep(least: number): number {
  const ten = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((one) => one * ten >= least) ?? 10) * ten;
}

/** Paths of a day in a box of 100 by 100. */
export interface DayShape {
  readonly y: PlotScale;
  /** What was drawn, broken where nobody knows. */
  readonly line: string;
  readonly usual: string;
  /** The middle half of the days alike. */
  readonly band: string;
  /** The interval, in percent of the width. */
  readonly left: number;
  readonly width: number;
}

type Quarter = PeakAnswerInfo["curve"][number];

/** Missing: undefined where nothing of the day is known. */
export function dayShape({ curve, range }: Pick<PeakAnswerInfo, "curve" | "range">): DayShape | undefined {
  const known = curve.flatMap(({ kw, high, low }) => [kw, high, low]).filter((value) => value !== null);
  const [first, second] = curve;
  const last = curve.at(-1);
  if (known.length === 0 || first === undefined || second === undefined || last === undefined) return undefined;
  const y = plotScale(known);
  const lengthMs = last.tMs + (second.tMs - first.tMs) - first.tMs;
  const x = (tMs: number): number => (100 * (tMs - first.tMs)) / lengthMs;
  const half = (second.tMs - first.tMs) / 2;
  const at = (quarter: Quarter, kw: number): string => `${x(quarter.tMs + half).toFixed(2)} ${(100 - y.at(kw)).toFixed(2)}`;
  return {
    y,
    line: pathOf(curve, "kw", at),
    usual: pathOf(curve, "usual", at),
    band: bandOf(curve, at),
    left: x(range.fromMs),
    width: x(range.toMs) - x(range.fromMs),
  };
}

type At = (quarter: Quarter, kw: number) => string;

function pathOf(curve: readonly Quarter[], of: "kw" | "usual", at: At): string {
  return runsOf(curve, (quarter) => quarter[of] !== null)
    .map((run) => `M${run.map((quarter) => at(quarter, quarter[of] as number)).join("L")}`)
    .join("");
}

function bandOf(curve: readonly Quarter[], at: At): string {
  return runsOf(curve, ({ low, high }) => low !== null && high !== null)
    .map((run) => {
      const above = run.map((quarter) => at(quarter, quarter.high as number));
      const below = run.map((quarter) => at(quarter, quarter.low as number)).reverse();
      return `M${[...above, ...below].join("L")}Z`;
    })
    .join("");
}

/** Neighbours that are known. */
function runsOf(curve: readonly Quarter[], isKnown: (quarter: Quarter) => boolean): Quarter[][] {
  const runs: Quarter[][] = [];
  let open = false;
  for (const quarter of curve) {
    const known = isKnown(quarter);
    if (known && open) runs.at(-1)?.push(quarter);
    else if (known) runs.push([quarter]);
    open = known;
  }
  return runs;
}
