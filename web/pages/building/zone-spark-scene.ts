import type { ZoneRowAnswer } from "#contract/building.ts";

/** A small picture of a temperature in its band, as paths of an SVG 100 wide and 100 high. Empty texts where there is nothing. */
export interface ZoneSparkScene {
  readonly line: string;
  /** The area of the band, in steps where setpoints changed, and its edges; empty without setpoints. */
  readonly band: string;
  readonly edges: string;
  /** The last value there is. */
  readonly end: { readonly x: number; readonly y: number } | undefined;
}

type Parts = Pick<ZoneRowAnswer, "spark">;

const EDGE = 7;
/** A picture is never closer than this many degrees, so that noise of a tenth is no mountain. */
const LEAST_DEGREES = 3;

/** Places values and band on one scale. A single setpoint without a margin is a line, and so a band without height. */
export function zoneSparkScene({ spark }: Parts): ZoneSparkScene {
  const known = spark.value.filter((value): value is number => value !== null);
  const bands = stepsOf(spark);
  const limits = bands.flatMap(({ low, high }) => [low, high]);
  if (known.length === 0 && limits.length === 0) return { line: "", band: "", edges: "", end: undefined };
  const [bottom, top] = spread(Math.min(...known, ...limits), Math.max(...known, ...limits));
  const y = (value: number): number => round(EDGE + ((top - value) / (top - bottom)) * (100 - 2 * EDGE));
  const step = spark.value.length > 1 ? 100 / (spark.value.length - 1) : 0;
  const { line, end } = trace(spark.value, (value, index) => ({ x: round(index * step), y: y(value) }));
  return { line, end, ...drawnBand(bands, y) };
}

interface Step {
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}

/** The steps of the band over the width of the picture. */
function stepsOf({ fromMs, stepMs, value, bands }: Parts["spark"]): Step[] {
  const x = (tMs: number): number => round(Math.min(100, Math.max(0, (100 * (tMs - fromMs)) / (stepMs * value.length))));
  return bands.flatMap(({ fromMs: at, low, high }, index) => {
    if (low === null || high === null) return [];
    const next = bands[index + 1];
    return [{ from: x(at), to: next === undefined ? 100 : x(next.fromMs), low, high }];
  });
}

function drawnBand(steps: readonly Step[], y: (value: number) => number): Pick<ZoneSparkScene, "band" | "edges"> {
  let [band, edges, before] = ["", "", undefined as Step | undefined];
  for (const step of steps) {
    const { from, to, low, high } = step;
    band += `M${from} ${y(high)}H${to}V${y(low)}H${from}Z`;
    const joins = before !== undefined && before.to === from;
    const edge = (value: (of: Step) => number) =>
      `M${from} ${y(value(joins && before !== undefined ? before : step))}V${y(value(step))}H${to}`;
    edges += edge((of) => of.high) + edge((of) => of.low);
    before = step;
  }
  return { band, edges };
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

function trace(values: Parts["spark"]["value"], place: (value: number, index: number) => Spot): Pick<ZoneSparkScene, "line" | "end"> {
  let line = "";
  let end: Spot | undefined;
  let joined = false;
  values.forEach((value, index) => {
    if (value === null) {
      joined = false;
      return;
    }
    end = place(value, index);
    // A value between two gaps is a short dash, or it would not be seen.
    const alone = !joined && (values[index + 1] ?? null) === null;
    line += `${joined ? "L" : "M"}${end.x} ${end.y}${alone ? "h0.8" : ""}`;
    joined = true;
  });
  return { line, end };
}

function spread(low: number, high: number): readonly [number, number] {
  const missing = Math.max(0, LEAST_DEGREES - (high - low)) / 2;
  return [low - missing, high + missing];
}

const round = (value: number): number => Math.round(value * 10) / 10;
