import { csvLine, numberCell, textCell } from "#api/csv.ts";
import { offsetText } from "#calendar/local-text.ts";
import type { IntervalRow } from "#reports/plant-answers.ts";
import { qualityNames } from "#series/quality.ts";
import type { PlantDesk } from "./desk.ts";
import { isEstimated } from "./estimated.ts";

const LINES_AT_ONCE = 500;

/** Intervals as CSV, written as they are taken. Missing: an empty cell. */
export function* intervalsCsv(rows: readonly IntervalRow[], desk: PlantDesk): Generator<string> {
  const { zone } = desk.reports.settings;
  const names = ["kWh", "demand kW", "power kW", "pulses", "register kWh", "coverage", "quality", "estimated", "source"];
  yield csvLine([textCell(`interval end (${zone})`), "interval end (UTC)", ...names]);
  for (let i = 0; i < rows.length; i += LINES_AT_ONCE) {
    yield rows
      .slice(i, i + LINES_AT_ONCE)
      .map((row) => lineOf(row, desk))
      .join("");
  }
}

function lineOf(row: IntervalRow, desk: PlantDesk): string {
  return csvLine([
    offsetText(row.endMs, desk.zone),
    new Date(row.endMs).toISOString().replace(".000Z", "Z"),
    ...[row.energyKwh, row.demandKw, row.powerKw, row.pulses, row.totalKwh, row.coverage].map(numberCell),
    textCell(qualityNames(row.quality).join(" ")),
    isEstimated(row.quality) ? "yes" : "",
    textCell(row.source ?? ""),
  ]);
}
