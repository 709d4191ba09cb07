import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { parse as parseAll } from "csv-parse/sync";
import { CSV_OPTIONS, type CsvRecord, csvProblem } from "#intake/csv-text.ts";
import type { CsvDelimiter, CsvEncoding, Evidence } from "./mapping.ts";
import { piecesOf } from "./text-of-file.ts";

/** One line of a file. */
export interface CsvLine {
  /** Counted from 1, as an editor shows it. */
  readonly line: number;
  readonly cells: readonly string[];
}

export const CSV_DELIMITERS: readonly CsvDelimiter[] = [";", "\t", "|", ","];
const MOST_LINE = 100_000;
const HEAD_LINES = 200;
/** A spreadsheet says its delimiter in a line of its own. */
const SEP = /^sep=(.)\s*$/i;

const OPTIONS = { ...CSV_OPTIONS, trim: true, max_record_size: MOST_LINE };

/** The lines of a text, empty ones left out. Errors: ImportProblem `no-csv`. */
export function linesOf(text: string, delimiter: CsvDelimiter): CsvLine[] {
  try {
    const rows = parseAll(text, { ...OPTIONS, delimiter }) as unknown as CsvRecord[];
    return rows.flatMap((row) => lineOf(row, delimiter) ?? []);
  } catch (error) {
    throw csvProblem(error);
  }
}

/** The lines of a file, a piece at a time, so that others get their turn in between. Errors: ImportProblem `no-csv`. */
export async function* linesIn(
  bytes: Uint8Array,
  { delimiter, encoding }: { delimiter: CsvDelimiter; encoding: CsvEncoding },
): AsyncIterable<CsvLine> {
  const parser = Readable.from(piecesOf(bytes, encoding)).pipe(parse({ ...OPTIONS, delimiter }));
  try {
    for await (const row of parser as AsyncIterable<CsvRecord>) {
      const line = lineOf(row, delimiter);
      if (line !== undefined) yield line;
    }
  } catch (error) {
    throw csvProblem(error);
  }
}

/** Missing: undefined for a line that says nothing. */
function lineOf({ record: cells, info }: CsvRecord, delimiter: CsvDelimiter): CsvLine | undefined {
  if (cells.every((cell) => cell === "")) return undefined;
  return cells.length <= 2 && SEP.test(cells.join(delimiter)) ? undefined : { line: info.lines, cells };
}

/** The beginning of a text, in whole lines. */
export function headOf(text: string): string {
  let at = 0;
  for (let n = 0; n < HEAD_LINES; n += 1) {
    const next = text.slice(at).search(/\r\n|\n|\r/);
    if (next < 0 || at > MOST_LINE * 2) return n === 0 ? text : text.slice(0, at + (next < 0 ? text.length : 0));
    at += next + (text[at + next] === "\r" && text[at + next + 1] === "\n" ? 2 : 1);
  }
  return text.slice(0, at);
}

/** What stands between two cells: what cuts most lines into the same number of them. */
export function delimiterOf(head: string): { readonly delimiter: CsvDelimiter; readonly evidence: Evidence } {
  const said = SEP.exec(head.split(/\r\n|\n|\r/, 1)[0] ?? "")?.[1];
  const named = CSV_DELIMITERS.find((one) => one === said);
  if (named !== undefined) return found(named, "as its first line says", true);
  const scores = CSV_DELIMITERS.map((delimiter) => ({ delimiter, ...regularity(head, delimiter) })).toSorted(
    (a, b) => scoreOf(b) - scoreOf(a),
  );
  const [best] = scores;
  if (best === undefined || best.cells < 2) return found(",", "as nothing else cuts it", false);
  const share = `${Math.round(best.share * 100)} % of its lines have ${best.cells} cells`;
  return found(best.delimiter, share, best.share > 0.8);
}

const NAMES: Readonly<Record<CsvDelimiter, string>> = { ",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar" };

function found(delimiter: CsvDelimiter, why: string, sure: boolean) {
  return { delimiter, evidence: { what: "delimiter", sentence: `Cells are cut by ${NAMES[delimiter]}: ${why}.`, sure } as const };
}

/** A comma also stands within numbers: where another mark cuts as well, that is it. */
function scoreOf({ delimiter, cells, share }: { delimiter: CsvDelimiter; cells: number; share: number }): number {
  return share * Math.log(cells + 1) * (delimiter === "," ? 0.5 : 1);
}

/** The usual number of cells, and the share of lines that have it. Missing: one cell where a delimiter cuts nothing. */
function regularity(head: string, delimiter: CsvDelimiter): { cells: number; share: number } {
  let lines: CsvLine[];
  try {
    lines = linesOf(head, delimiter);
  } catch {
    return { cells: 1, share: 0 };
  }
  const counts = new Map<number, number>();
  for (const { cells } of lines) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [cells, count] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [1, 0];
  return { cells, share: cells < 2 ? 0 : count / Math.max(lines.length, 1) };
}
