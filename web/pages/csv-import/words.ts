import type { CsvImportAnswer, CsvMapping, CsvMovedMeter } from "#contract/csv-import.ts";
import { bytesText, countText } from "#web/parts/format-number.ts";

export const DELIMITER_WORDS = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" } as const;
export const DECIMAL_WORDS = { ".": "point, 4711.3", ",": "comma, 4711,3" } as const;
export const TIME_WORDS = {
  iso: "2026-03-05 10:15",
  "day-first": "5.3.2026 10:15, day first",
  "month-first": "3/5/2026 10:15, month first",
  compact: "20260305 1015",
  excel: "46086.43, days of a workbook",
  "epoch-s": "seconds since 1970",
  "epoch-ms": "milliseconds since 1970",
} as const;
export const MEANING_WORDS = { register: "what the dial shows", amount: "what each interval used" } as const;
export const LABEL_WORDS = { start: "its start", end: "its end" } as const;
export const LAYOUT_WORDS = { "row-per-reading": "a reading on each line", "row-per-day": "a day on each line" } as const;
export const ENCODING_WORDS = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16, big end first",
  "windows-1252": "Windows",
} as const;

type Result = NonNullable<CsvImportAnswer["result"]>;

const counted = (count: number, noun: string): string => `${countText(count)} ${noun}${count === 1 ? "" : "s"}`;

/** The first line of the page, by where the import stands. */
export function importSentence(answer: CsvImportAnswer | undefined, name: string | undefined): string {
  if (answer === undefined || name === undefined) return "Bring in old readings from a file";
  if (answer.result !== null) return answer.result.sentence.replace(/\.$/, "");
  if (answer.needs.length > 0) return `${counted(answer.needs.length, "thing")} to say before ${name} can be read`;
  return `${name} can be read; nothing is kept yet`;
}

/** "1,204 new, 96 known already, 3 changed": what a file would do to one meter, or did. */
export function movedWords({ new: fresh, same, changed }: Pick<CsvMovedMeter, "new" | "same" | "changed">): string {
  const parts = [
    ...(fresh > 0 ? [`${countText(fresh)} new`] : []),
    ...(changed > 0 ? [`${countText(changed)} changed`] : []),
    ...(same > 0 ? [`${countText(same)} known already`] : []),
  ];
  return parts.length === 0 ? "nothing" : parts.join(", ");
}

/** Whether there is anything to take. */
export const bringsSomething = ({ new: fresh, changed }: Result): boolean => fresh + changed > 0;

/** What is going on while a file is on its way. */
export function sendingWords(mode: CsvImportAnswer["mode"], sentBytes: number, sizeBytes: number): string {
  if (sentBytes < sizeBytes) return `${bytesText(sentBytes)} of ${bytesText(sizeBytes)} sent`;
  if (mode === "preview") return "The server looks at its first lines.";
  return mode === "dry-run" ? "The server reads it and counts. Nothing is kept yet." : "The server takes it in.";
}

/** Value columns after one of them was turned on or off, or says another meter or unit. */
export function withColumn(
  values: NonNullable<CsvMapping["values"]>,
  column: number,
  change: { readonly on?: boolean; readonly meter?: string; readonly unit?: string },
): NonNullable<CsvMapping["values"]> {
  const before = values.find((one) => one.column === column);
  if (change.on === false) return values.filter((one) => one.column !== column);
  const meter = change.meter ?? before?.meter ?? "";
  const unit = change.unit ?? before?.unit ?? "";
  const after = { column, ...(meter === "" ? {} : { meter }), ...(unit === "" ? {} : { unit }) };
  return [...values.filter((one) => one.column !== column), after].sort((a, b) => a.column - b.column);
}

/** A name somebody typed for a meter there is not yet, as meters are named. Missing: empty for nothing usable. */
export const newMeterId = (site: string, name: string): string => {
  const plain = name
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_-]+/gu, "_")
    .replaceAll(/^_+|_+$/g, "");
  return plain === "" ? "" : `${site}.${plain}`;
};
