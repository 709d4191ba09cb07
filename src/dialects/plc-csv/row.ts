import type { FileProblem } from "#dialects/file-format.ts";
import { numberOf } from "#dialects/number.ts";
import { quoted } from "#dialects/text.ts";
import { QUALITY } from "#series/quality.ts";
import { dateMs, timeMs } from "./clock.ts";
import type { ColumnName, Columns } from "./header.ts";

/** One line of the file, as the PLC meant it. */
export interface Row {
  /** Clock reading of the PLC, its fraction of a second cut off. */
  readonly localMs: number;
  readonly pulses: number;
  readonly energyKwh: number;
  readonly demandKw: number;
  readonly totalKwh: number;
  readonly quality: number;
}

/** Reads the cells of a line; all that is wrong in it is told. Errors: `bad-date`, `bad-time`, `not-a-number`, `not-finite`, `missing-value`. */
export function readRow(cells: readonly string[], columns: Columns, line: number): Row | FileProblem[] {
  const problems: FileProblem[] = [];
  const add = (column: ColumnName, code: string, sentence: string): number => {
    problems.push({ line, column, code, sentence });
    return Number.NaN;
  };
  const text = (column: ColumnName): string => cells[columns[column]] ?? "";
  const number = (column: ColumnName): number => {
    const raw = text(column);
    const value = numberOf(raw, column);
    if (typeof value !== "number") return add(column, value.code, value.sentence);
    return Number.isNaN(value) ? add(column, "missing-value", `${column} is ${raw === "" ? "empty" : quoted(raw)}.`) : value;
  };
  const day = dateMs(text("Date")) ?? add("Date", "bad-date", `Date is ${quoted(text("Date"))}, not written like 2/25/2026.`);
  const time = timeMs(text("Time")) ?? add("Time", "bad-time", `Time is ${quoted(text("Time"))}, not written like 15:45:00.`);
  const row: Row = {
    localMs: day + time,
    pulses: Math.trunc(number("counter15min")),
    energyKwh: number("LastEnergyUsage"),
    demandKw: number("LastDemand"),
    totalKwh: number("TotalEnergyUsed"),
    quality:
      (isOn(text("R17_Last_ExcludeDemand")) ? QUALITY.excludedFromDemand : 0) | (isOn(text("KYZ_InvalidAlarm")) ? QUALITY.invalidAlarm : 0),
  };
  if (problems.length === 0) return row;
  const needed = Math.max(...Object.values(columns)) + 1;
  if (cells.length >= needed) return problems;
  return [
    { line, code: "line-cut-short", sentence: `The line ends after ${cells.length} of ${needed} cells; was the file still being written?` },
  ];
}

/** `ON - 1`: the 0 or 1 that the text ends with. Any other text states nothing. */
function isOn(text: string): boolean {
  return text.trimEnd().endsWith("1");
}
