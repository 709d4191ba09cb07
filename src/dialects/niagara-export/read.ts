import type { FileItem } from "#dialects/file-item.ts";
import { ExportFile } from "./export-file.ts";
import { cellsOf, type Delimiter, delimiterOf, FileText, Lines, MOST_LINE } from "./lines.ts";
import type { ExportOptions } from "./options.ts";

/** Items that are handed on at once. */
const PIECE = 2_000;
const HEADS = /^\s*"?(?:history:|timestamp|times?|date)/i;

/** Reads the text of one export, piece by piece. */
export class ExportReader {
  readonly #options: ExportOptions;
  readonly #name: string;
  readonly #text = new FileText();
  readonly #lines = new Lines();
  #file: ExportFile | undefined;
  #delimiter: Delimiter = ",";
  #isFirst = true;
  /** Lines before the one that tells what parts cells. */
  readonly #waiting: { readonly text: string; readonly line: number }[] = [];

  constructor(options: ExportOptions, name: string) {
    this.#options = options;
    this.#name = name;
  }

  get isRefused(): boolean {
    return this.#file?.isRefused ?? false;
  }

  get repeated(): number {
    return this.#file?.repeated ?? 0;
  }

  push(chunk: Uint8Array): FileItem[] {
    return this.#take(this.#lines.push(this.#text.decode(chunk)));
  }

  end(): FileItem[] {
    const items = this.#take(this.#lines.push(this.#text.end()));
    items.push(...this.#take(this.#lines.end()));
    items.push(...this.#opened().end());
    return items;
  }

  #take(lines: Iterable<{ readonly text: string; readonly line: number }>): FileItem[] {
    for (const { text, line } of lines) this.#line(text, line);
    if (this.#lines.isTooLong && !this.isRefused)
      this.#opened().broken("line-too-long", `A line is longer than ${MOST_LINE} characters; this is no export of a history.`);
    return this.#file?.drain() ?? [];
  }

  #line(raw: string, line: number): void {
    if (this.isRefused) return;
    const text = this.#isFirst ? raw.replace(/^\ufeff/, "") : raw;
    this.#isFirst = false;
    if (this.#file !== undefined) {
      this.#file.take(cellsOf(text, this.#delimiter), line);
      return;
    }
    this.#waiting.push({ text, line });
    const isHeads = this.#isHeads(text);
    if (!isHeads && this.#waiting.length < MOST_WAITING) return;
    this.#opened(isHeads ? delimiterOf(text) : undefined);
  }

  /** The line with the names of the columns tells what parts cells. */
  #isHeads(text: string): boolean {
    const lower = text.toLowerCase();
    return (HEADS.test(text) && !lower.startsWith("history:")) || lower.includes(this.#options.columns.timestamp.toLowerCase());
  }

  #opened(delimiter: Delimiter = ","): ExportFile {
    if (this.#file !== undefined) return this.#file;
    this.#delimiter = delimiter;
    const file = new ExportFile(this.#options, { name: this.#name, decimalComma: delimiter !== "," });
    this.#file = file;
    for (const { text, line } of this.#waiting.splice(0)) file.take(cellsOf(text, delimiter), line);
    return file;
  }
}

const MOST_WAITING = 20;

/** Readings and rejects of a whole file as it comes, in pieces; never all of it in memory. Errors: what `chunks` throws. */
export async function* readExport(
  chunks: AsyncIterable<Uint8Array>,
  options: ExportOptions,
  name: string,
): AsyncGenerator<readonly FileItem[], ExportReader> {
  const reader = new ExportReader(options, name);
  let ready: FileItem[] = [];
  for await (const chunk of chunks) {
    ready.push(...reader.push(chunk));
    if (ready.length >= PIECE) {
      yield ready;
      ready = [];
    }
    if (reader.isRefused) break;
  }
  ready.push(...reader.end());
  if (ready.length > 0) yield ready;
  return reader;
}
