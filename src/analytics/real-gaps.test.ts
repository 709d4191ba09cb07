import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { zoneNamed } from "#calendar/zone.ts";
import { judgeReadings } from "./judged-readings.ts";
import { learnedPattern } from "./learned-pattern.ts";
import type { Pace } from "./meter-consumption.ts";
import { consumptionOf } from "./meter-fill.ts";
import { evenPace, monthlyPace } from "./meter-pace.ts";
import { NO_RULES } from "./register-world.ts";
import { shapedPace } from "./shaped-pace.ts";

// Series of others are not ours to ship. Whoever has the folder names it in WATTKEEP_REAL_DATA.
const FOLDER = process.env["WATTKEEP_REAL_DATA"];
const utc = zoneNamed("UTC");

interface Series {
  readonly edgesMs: Float64Array;
  readonly truth: Float64Array;
  readonly isGap: readonly boolean[];
}

function seriesNamed(name: string): Series {
  const rows = (kind: string) => {
    const path = join(FOLDER ?? "", "timeseries", "imputets", `${name}_${kind}.csv`);
    expect(existsSync(path)).toBe(true);
    const lines = readFileSync(path, "utf8").trim().split("\n").slice(1);
    return lines.map((line) => line.split(",") as [string, string]);
  };
  const [truth, gaps] = [rows("truth"), rows("with_gaps")];
  const startMs = truth.map(([time]) => Date.parse(`${time.slice(0, 10)}T${time.slice(11) || "00:00:00"}Z`));
  const [last, before] = [startMs.at(-1) as number, startMs.at(-2) as number];
  return {
    edgesMs: Float64Array.from([...startMs, 2 * last - before]),
    truth: Float64Array.from(truth, ([, value]) => Number(value)),
    isGap: gaps.map(([, value]) => value.trim() === ""),
  };
}

/** Mean absolute error in the gaps of a register that was read at all other edges. */
function errorOf({ edgesMs, truth, isGap }: Series, paceOf: (index: Parameters<typeof shapedPace>[0]) => Pace): number {
  const read = [...edgesMs.keys()].filter((edge) => !(isGap[edge - 1] && isGap[edge]));
  const counted = Float64Array.from(edgesMs);
  for (let edge = 0, sum = 0; edge < edgesMs.length; edge += 1) {
    counted[edge] = sum;
    sum += truth[edge] ?? 0;
  }
  const tMs = Float64Array.from(read, (edge) => edgesMs[edge] as number);
  const value = Float64Array.from(read, (edge) => counted[edge] as number);
  const { index, events } = judgeReadings({ tMs, value, quality: new Uint16Array(read.length) }, NO_RULES);
  expect(events).toEqual([]);
  const { amount } = consumptionOf(index, edgesMs, paceOf(index));
  const gaps = [...isGap.keys()].filter((row) => isGap[row]);
  return gaps.reduce((error, row) => error + Math.abs((amount[row] as number) - (truth[row] as number)), 0) / gaps.length;
}

describe.skipIf(!FOLDER)(`gaps of real series (${FOLDER ? `in ${FOLDER}` : "skipped: WATTKEEP_REAL_DATA names no folder"})`, () => {
  it.each([
    ["airgap_monthly", 0.9],
    ["nh4_10min", 0.6],
    ["heating_1min_A", 0.8],
  ])("%s is filled with less than %d of the error of an even spread", (name, share) => {
    const series = seriesNamed(name);
    const ours = errorOf(series, (index) => {
      const pattern = learnedPattern(index, utc);
      return shapedPace(index, utc, { pace: pattern ? monthlyPace(pattern, utc) : evenPace() });
    });
    expect(ours).toBeLessThan(share * errorOf(series, evenPace));
  });
});
