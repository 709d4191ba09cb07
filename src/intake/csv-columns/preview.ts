import type { ColumnsReport, ColumnsWish, PreviewRow } from "./columns-report.ts";
import { needsOf } from "./full-mapping.ts";
import type { Guess } from "./guess.ts";
import { type LineRead, LineReader } from "./line-readings.ts";
import type { Evidence } from "./mapping.ts";
import type { MeterBook } from "./meter-book.ts";
import type { CsvLine } from "./table.ts";

const PREVIEW_LINES = 20;
const SAMPLES = 5;
const MOST_NAMES = 200;
const MOST_TROUBLES = 5;

/** How the beginning of a file would be read, and what is needed before it can be taken. */
export function previewOf(wish: ColumnsWish, { mapping, evidence, columns }: Guess, before: readonly Evidence[]): ColumnsReport {
  const reader = new LineReader(mapping, columns.names);
  const all = columns.lines.map((line) => ({ line, read: reader.read(line) }));
  const shown = all.slice(0, PREVIEW_LINES).map(({ line, read }) => previewRow(wish.meters, line, read));
  const { meterColumn } = mapping;
  const named =
    meterColumn === null
      ? all.flatMap(({ read }) => read.readings.map((one) => one.named))
      : columns.lines.map(({ cells }) => cells[meterColumn] ?? "");
  const needs = needsOf(mapping);
  const unclear =
    needs.length > 0
      ? []
      : troubles(
          wish.meters,
          all.map(({ read }) => read),
        );
  return {
    mapping,
    evidence: [...before, ...evidence],
    columns: columns.names.map((name, column) => ({
      column,
      name,
      samples: columns.lines.slice(0, SAMPLES).map(({ cells }) => cells[column] ?? ""),
    })),
    names: [...new Set(named.filter((name) => name !== ""))].slice(0, MOST_NAMES),
    needs: [...needs, ...unclear],
    rows: shown,
  };
}

/** What keeps the meters of the first lines from being found: told once each. */
function troubles(meters: MeterBook, reads: readonly LineRead[]): string[] {
  const found = reads.flatMap(({ readings }) =>
    readings.flatMap(({ named, unit }) => {
      const meter = meters.find(named, unit);
      return "trouble" in meter ? [meter.trouble] : [];
    }),
  );
  return [...new Set(found)].slice(0, MOST_TROUBLES);
}

function previewRow(meters: MeterBook, line: CsvLine, { readings, problems }: LineRead): PreviewRow {
  const told = readings.map(({ named, unit, value, tMs, fromMs }) => {
    const meter = meters.find(named, unit);
    return "trouble" in meter
      ? { meter: named, value, tMs, unit, fromMs }
      : { meter: meter.id, value, tMs, unit: unit === "" ? meter.unit : unit, fromMs };
  });
  return { ...line, readings: told, problem: problems.length === 0 ? undefined : problems.join("; ") };
}
