import type { ZoneRowAnswer } from "#contract/building.ts";

/** A small picture of a temperature in its band, as paths of an SVG 100 wide and 100 high. Empty texts where there is nothing. */
export interface ZoneSparkScene {
  readonly line: string;
  /** Top and bottom of the band; undefined without setpoints. */
  readonly band: { readonly top: number; readonly bottom: number } | undefined;
  /** The last value there is. */
  readonly end: { readonly x: number; readonly y: number } | undefined;
}

type Parts = Pick<ZoneRowAnswer, "low" | "high" | "spark">;

const EDGE = 7;
/** A picture is never closer than this many degrees, so that noise of a tenth is no mountain. */
const LEAST_DEGREES = 3;

/** Places values and band on one scale. A single setpoint is a line, and so a band without height. */
export function zoneSparkScene({ low, high, spark }: Parts): ZoneSparkScene {
  const known = spark.value.filter((value): value is number => value !== null);
  const limits = [low, high].filter((limit): limit is number => limit !== null);
  if (known.length === 0 && limits.length === 0) return { line: "", band: undefined, end: undefined };
  const [bottom, top] = spread(Math.min(...known, ...limits), Math.max(...known, ...limits));
  const y = (value: number): number => round(EDGE + ((top - value) / (top - bottom)) * (100 - 2 * EDGE));
  const step = spark.value.length > 1 ? 100 / (spark.value.length - 1) : 0;
  const { line, end } = trace(spark.value, (value, index) => ({ x: round(index * step), y: y(value) }));
  const [least, most] = [limits[0], limits.at(-1)];
  return { line, end, band: least === undefined || most === undefined ? undefined : { top: y(most), bottom: y(least) } };
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
