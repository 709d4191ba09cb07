import { instantOf, readTime } from "#calendar/time-text.ts";
import { numberOf } from "#dialects/number.ts";
import { quoted } from "#dialects/text.ts";
import { type MeterRow, SAID } from "#intake/meter-past/row.ts";
import { QUALITY, type QualityName } from "#series/quality.ts";
import { columnName, type Header } from "./header.ts";

/** One line as a row; `meter` is the source it names. Errors: a sentence that says what cannot be read. */
export function rowOfLine(cells: readonly string[], header: Header, line: number): MeterRow | string {
  const written = cells[header.time]?.trim() ?? "";
  const time = readTime(written);
  if (time === undefined) return `${quoted(written)} is no time`;
  const values = new Float64Array(SAID.length).fill(Number.NaN);
  for (const [i, at] of header.values.entries()) {
    const cell = at < 0 ? undefined : cells[at];
    if (cell === undefined) continue;
    const value = numberOf(cell, columnName(i));
    if (typeof value !== "number") return value.sentence.replace(/\.$/, "");
    values[i] = value;
  }
  if (values.every(Number.isNaN)) return "it says nothing beside its time";
  const quality = qualityOf(cells[header.quality]);
  if (quality === undefined) return `${quoted(cells[header.quality])} is no quality`;
  const tMs = instantOf(time);
  return {
    seq: line,
    meter: cells[header.source]?.trim() ?? "",
    localMs: time.localMs,
    ...(tMs === undefined ? {} : { tMs }),
    values,
    quality,
    written,
  };
}

function qualityOf(cell = ""): number | undefined {
  let bits = 0;
  for (const name of cell.split(" ")) {
    if (name === "") continue;
    if (!Object.hasOwn(QUALITY, name)) return undefined;
    bits |= QUALITY[name as QualityName];
  }
  return bits;
}
