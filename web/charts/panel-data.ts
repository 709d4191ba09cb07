import uPlot from "uplot";
import type { ChartLine } from "./chart-line.ts";
import { factorOf, type PanelScene } from "./panel-scene.ts";

// uPlot's own numbers; its enum exists in its types alone.
const KEEP: uPlot.JoinNullMode = 1;
const EXPAND: uPlot.JoinNullMode = 2;

/** The panel's lines on one time axis, as uPlot wants them: null breaks a line, undefined means another line's instant. */
export function panelData(scene: PanelScene): uPlot.AlignedData {
  const tables = scene.panel.lines.map((line) => lineTable(line, factorOf(line, scene.unit)));
  const only = tables[0];
  if (only === undefined) return [[]];
  if (tables.length === 1) return only;
  // A break must reach the line's own neighbours, past the instants that only other lines have.
  return uPlot.join(
    tables,
    tables.map(() => [KEEP, EXPAND]),
  );
}

function lineTable(line: ChartLine, factor: number): [number[], (number | null)[]] {
  const { tMs, value, broken, startMs } = line.column;
  const times: number[] = [];
  const values: (number | null)[] = [];
  for (let row = 0; row < tMs.length; row++) {
    const t = tMs[row] ?? 0;
    const known = value[row] ?? Number.NaN;
    if (broken[row] === 1) {
      times.push(Math.max((tMs[row - 1] ?? t) + 1, Math.min(t - 1, startMs[row] ?? t)));
      values.push(null);
    }
    times.push(t);
    values.push(Number.isNaN(known) ? null : known * factor);
  }
  return [times, values];
}
