import uPlot from "uplot";
import type { PowerScene } from "./power-scene.ts";

// uPlot's own numbers; its enum exists in its types alone.
const KEEP: uPlot.JoinNullMode = 1;
const EXPAND: uPlot.JoinNullMode = 2;

/** Power, energy, phases and the typical curve on one time axis; null breaks a line. */
export function powerData({ rows, typical }: Pick<PowerScene, "rows" | "typical">): uPlot.AlignedData {
  const { tMs, broken, value, startMs } = rows.power;
  const columns = [value, rows.boughtKwh, ...rows.phasesW];
  const times: number[] = [];
  const lines: (number | null)[][] = columns.map(() => []);
  for (let row = 0; row < tMs.length; row++) {
    const t = tMs[row] ?? 0;
    if (broken[row] === 1) {
      times.push(Math.max((tMs[row - 1] ?? t) + 1, Math.min(t - 1, startMs[row] ?? t)));
      for (const line of lines) line.push(null);
    }
    times.push(t);
    columns.forEach((column, index) => {
      const known = column[row] ?? Number.NaN;
      lines[index]?.push(Number.isNaN(known) ? null : known);
    });
  }
  const own: uPlot.AlignedData = [times, ...lines];
  if (typical.tMs.length === 0) return [...own, times.map(() => null)] as uPlot.AlignedData;
  // A break must reach a line's own neighbours, past the instants that only the other table has.
  return uPlot.join(
    [own, [[...typical.tMs], [...typical.powerW]]],
    [
      [KEEP, ...lines.map(() => EXPAND)],
      [KEEP, EXPAND],
    ],
  );
}
