import { existsSync } from "node:fs";
import { type Filler, REGISTER_FILLERS, VALUE_FILLERS } from "./gap-fillers.ts";
import { type Gap, type GapSeries, gapSeries, gapsOf } from "./gap-series.ts";
import { markdown } from "./markdown.ts";
import { seasonAdjusted } from "./season-adjusted.ts";

// How far filled values are from what was there, at gaps in real series, beside other rules at the same gaps.
const root = process.env["WATTKEEP_REAL_DATA"];
if (root === undefined || !existsSync(root)) {
  console.log(`Skipped: ${root === undefined ? "WATTKEEP_REAL_DATA names no folder with real series" : `there is no ${root}`}.`);
} else {
  const { series, skipped } = gapSeries(root);
  for (const sentence of skipped) console.log(sentence);
  console.log("\nAs registers: what was used over each gap is known (amounts per interval)\n");
  console.log(table(series, REGISTER_FILLERS));
  console.log("\nAs they are: nothing is known of a gap but what is around it\n");
  console.log(table(series, { ours: seasonAdjusted, ...VALUE_FILLERS }));
  for (const one of series) checkPublished(one);
}

interface Errors {
  readonly mae: number;
  readonly rmse: number;
}

function errorsOf(series: GapSeries, gaps: readonly Gap[], filler: Filler): Errors {
  const filled = filler(series, gaps);
  let [sum, squares, n] = [0, 0, 0];
  for (const { from, to } of gaps) {
    for (let i = from; i < to; i += 1) {
      const error = (filled[i] as number) - (series.truth[i] as number);
      sum += Math.abs(error);
      squares += error * error;
      n += 1;
    }
  }
  return { mae: sum / n, rmse: Math.sqrt(squares / n) };
}

function table(all: readonly GapSeries[], fillers: Readonly<Record<string, Filler>>): string {
  const rows = all.flatMap((series) => {
    const gaps = gapsOf(series);
    const errors = Object.values(fillers).map((filler) => errorsOf(series, gaps, filler));
    const cells = gaps.reduce((sum, { from, to }) => sum + to - from, 0);
    return (["mae", "rmse"] as const).map((kind) => [
      kind === "mae" ? `${series.name} (${gaps.length} gaps, ${cells} values)` : "",
      kind.toUpperCase(),
      ...errors.map((error) => error[kind].toPrecision(4)),
    ]);
  });
  return markdown(["series", "error", ...Object.keys(fillers)], rows);
}

/** Rules everybody knows must give what the publisher of the gaps worked out for them. */
function checkPublished(series: GapSeries): void {
  const names = { linear: "linear", "last value": "locf" } as const;
  for (const [ours, theirs] of Object.entries(names)) {
    const told = series.published?.[theirs];
    if (told === undefined) continue;
    const { mae, rmse } = errorsOf(series, gapsOf(series), VALUE_FILLERS[ours] as Filler);
    const isSame = Math.abs(mae - told.mae) < 1e-4 && Math.abs(rmse - told.rmse) < 1e-4;
    const how = isSame ? "as published" : `published: MAE ${told.mae}, RMSE ${told.rmse}`;
    console.log(`${series.name}, ${ours}: MAE ${mae.toFixed(5)}, RMSE ${rmse.toFixed(5)} (${how})`);
    if (!isSame) process.exitCode = 1;
  }
}
