import { SAID } from "#intake/meter-past/row.ts";

/** Which cell of a line says what. Missing: -1. */
export interface Header {
  readonly time: number;
  /** One per SAID. */
  readonly values: readonly number[];
  readonly quality: number;
  readonly source: number;
}

/** Heads of our own export first, then those of the old monitor's table. */
const HEADS: readonly (readonly string[])[] = [
  ["power w", "power_watts"],
  ["bought kwh", "energy_in_kwh"],
  ["sold kwh", "energy_out_kwh"],
  ["phase 1 w", "power_phase_1_watts"],
  ["phase 2 w", "power_phase_2_watts"],
  ["phase 3 w", "power_phase_3_watts"],
];
const TIMES = ["time (utc)", "timestamp", "time"];

/** Errors: a sentence that says what is missing. */
export function readHeader(cells: readonly string[]): Header | string {
  const heads = cells.map((cell) => cell.trim().toLowerCase());
  const find = (names: readonly string[]): number => heads.findIndex((head) => names.includes(head));
  const named = TIMES.map((name) => heads.indexOf(name)).find((at) => at >= 0);
  const time = named ?? heads.findIndex((head) => head.startsWith("time ("));
  const values = HEADS.map(find);
  if (time < 0) return "The first line needs a column `time (UTC)`, `time` or `timestamp`.";
  if (values.every((at) => at < 0))
    return `The first line needs at least one of the columns ${HEADS.map(([name]) => `\`${name}\``).join(", ")}.`;
  return { time, values, quality: heads.indexOf("quality"), source: heads.indexOf("source") };
}

/** What a column holds, for telling people. */
export function columnName(value: number): string {
  return HEADS[value]?.[0] ?? SAID[value]?.quantity ?? "";
}
