import { type CsvError, type Options as CsvOptions, parse } from "csv-parse";
import type { FileAbout, FileContent, FileProblem } from "#dialects/file-format.ts";
import type { Options } from "./options.ts";
import { Rows } from "./rows.ts";

/** A line of a PLC has some 150 bytes. */
const MOST_LINE_BYTES = 65_536;

/** How the lines become cells; each is taken at once and not kept. */
export function csvOptions(rows: Rows): CsvOptions<string[]> {
  return {
    bom: true,
    trim: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MOST_LINE_BYTES,
    on_record: (cells, { lines }) => {
      rows.take(cells, lines);
      return null;
    },
  };
}

/** What the parser itself stumbles over. */
export function csvProblem(error: CsvError | Error): FileProblem {
  const line = "lines" in error && typeof error["lines"] === "number" ? { line: error["lines"] } : {};
  if ("code" in error && error.code === "CSV_MAX_RECORD_SIZE") {
    const sentence = `A line is longer than ${MOST_LINE_BYTES} bytes; is this a PLC's file, or is a quotation mark left open?`;
    return { ...line, code: "line-too-long", sentence };
  }
  return { ...line, code: "not-csv", sentence: `The lines cannot be told apart: ${error.message}.` };
}

/** Reads a whole file as it comes; of a file of any length only its good rows and first problems are held. */
export async function readFile(chunks: AsyncIterable<Uint8Array>, options: Options, { writtenMs }: FileAbout): Promise<FileContent> {
  const rows = new Rows(options, writtenMs);
  const parser = parse(csvOptions(rows));
  let broken = false;
  const ended = new Promise<void>((resolve) => {
    parser.once("end", resolve);
    parser.once("error", (error) => {
      broken = true;
      rows.broken(csvProblem(error));
      resolve();
    });
  });
  parser.resume();
  for await (const chunk of chunks) {
    if (broken) break;
    if (!parser.write(chunk)) await Promise.race([new Promise((resolve) => parser.once("drain", resolve)), ended]);
  }
  if (!broken) parser.end();
  await ended;
  return rows.content();
}
