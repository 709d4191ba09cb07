import { parse } from "csv-parse/sync";

/** A line of an export has some fifty bytes. */
export const MOST_LINE = 65_536;
const SAMPLE_BYTES = 65_536;

/** Text of a file whose encoding nobody tells: UTF-8 where its beginning is, UTF-16 where it says so, else Windows'. */
export class FileText {
  #decoder: InstanceType<typeof TextDecoder> | undefined;

  decode(chunk: Uint8Array): string {
    this.#decoder ??= new TextDecoder(encodingOf(chunk));
    return this.#decoder.decode(chunk, { stream: true });
  }

  end(): string {
    return this.#decoder?.decode() ?? "";
  }
}

function encodingOf(first: Uint8Array): string {
  if (first[0] === 0xff && first[1] === 0xfe) return "utf-16le";
  if (first[0] === 0xfe && first[1] === 0xff) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(first.subarray(0, SAMPLE_BYTES), { stream: true });
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

/** Cuts text into lines, whatever piece of it comes; a quotation mark never spans lines in such files. */
export class Lines {
  #rest = "";
  #count = 0;

  /** `line` counts from 1. Errors: a line longer than any such file has ends the reading: `isTooLong`. */
  *push(text: string): Generator<{ readonly text: string; readonly line: number }> {
    const all = this.#rest + text;
    let from = 0;
    for (let to = all.indexOf("\n"); to >= 0; to = all.indexOf("\n", from)) {
      this.#count += 1;
      yield { text: all.slice(from, all.charCodeAt(to - 1) === 13 && to > from ? to - 1 : to), line: this.#count };
      from = to + 1;
    }
    this.#rest = all.slice(from);
  }

  *end(): Generator<{ readonly text: string; readonly line: number }> {
    if (this.#rest !== "") yield { text: this.#rest.replace(/\r$/, ""), line: this.#count + 1 };
    this.#rest = "";
  }

  get isTooLong(): boolean {
    return this.#rest.length > MOST_LINE;
  }
}

export type Delimiter = "," | ";" | "\t";

/** What parts the cells of a file, by a line of its heads. Missing: undefined for a line without any. */
export function delimiterOf(line: string): Delimiter | undefined {
  const counted = ([",", ";", "\t"] as const).map((mark) => ({ mark, count: line.split(mark).length - 1 }));
  const best = counted.sort((a, b) => b.count - a.count)[0];
  return best === undefined || best.count === 0 ? undefined : best.mark;
}

/** The cells of a line; what cannot be parted as quoted cells is parted as it stands. */
export function cellsOf(line: string, delimiter: Delimiter): string[] {
  if (!line.includes('"')) return line.split(delimiter);
  try {
    return (parse(line, { delimiter, relax_quotes: true, relax_column_count: true }) as string[][])[0] ?? [];
  } catch {
    return line.split(delimiter);
  }
}
