import type { FileProblem } from "#dialects/file-format.ts";
import { quoted } from "#dialects/text.ts";

/** Columns a file must have, as the PLC names them. */
export const REQUIRED = [
  "Date",
  "Time",
  "counter15min",
  "LastEnergyUsage",
  "LastDemand",
  "TotalEnergyUsed",
  "R17_Last_ExcludeDemand",
  "KYZ_InvalidAlarm",
] as const;

export type ColumnName = (typeof REQUIRED)[number];

/** Where each needed column stands. */
export type Columns = Readonly<Record<ColumnName, number>>;

/** Reads the first line; other columns are of no interest. Errors: `missing-column`, naming all of them alphabetically. */
export function columnsOf(header: readonly string[]): Columns | FileProblem {
  const names = header.map((name) => name.trim());
  const missing = REQUIRED.filter((name) => !names.includes(name)).sort();
  if (missing.length === 0) return Object.fromEntries(REQUIRED.map((name) => [name, names.indexOf(name)])) as Columns;
  const what = missing.length === 1 ? "The column" : "The columns";
  const verb = missing.length === 1 ? "is" : "are";
  const shown = names.filter((name) => name !== "").slice(0, 20);
  return {
    line: 1,
    code: "missing-column",
    sentence: `${what} ${missing.join(", ")} ${verb} missing; the first line names ${shown.length === 0 ? "none" : shown.map(quoted).join(", ")}.`,
  };
}
