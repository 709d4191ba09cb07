import type { HomeInfo } from "#contract/home.ts";
import type { ChartColumn } from "#web/charts/chart-column.ts";
import type { ChartLine } from "#web/charts/chart-line.ts";
import { type PowerRows, powerLine } from "#web/charts/power-scene.ts";

/** The picture as the lines of a table: power, energy so far, phases. */
export function tableLines(rows: PowerRows, home: Pick<HomeInfo, "hasSold" | "wholeKwh">): ChartLine[] {
  const digits = home.wholeKwh ? 0 : 3;
  return [
    powerLine(rows),
    { ...energyLine(rows, rows.boughtKwh, digits), key: "bought", label: "Bought so far" },
    ...(home.hasSold ? [{ ...energyLine(rows, rows.soldKwh, digits), key: "sold", label: "Sold so far", color: "--export" }] : []),
    ...rows.phasesW.map(
      (phase, index): ChartLine => ({ ...powerLine(rows), key: `L${index + 1}`, label: `L${index + 1}`, column: columnOf(rows, phase) }),
    ),
  ];
}

function energyLine(rows: PowerRows, values: Float64Array, digits: number): ChartLine {
  return {
    key: "",
    label: "",
    unit: "kWh",
    color: "--import",
    shape: "hold",
    fromZero: true,
    digits,
    column: columnOf(rows, values),
    gapMs: rows.gapMs,
  };
}

function columnOf({ power }: PowerRows, values: Float64Array): ChartColumn {
  return { ...power, value: values, min: values, max: values };
}
