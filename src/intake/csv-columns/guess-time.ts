import { quoted } from "#dialects/text.ts";
import type { CsvTimeFormat, Evidence } from "./mapping.ts";
import type { CsvLine } from "./table.ts";
import { clockMs, timeInCell } from "./time-cell.ts";

export interface TimeGuess {
  /** Left out where no column holds times. */
  readonly time?: { readonly column: number; readonly clockColumn: number | null; readonly format: CsvTimeFormat };
  /** A second column of times: the start of an interval, where the end has its own. */
  readonly other?: number;
  /** What the time names, where its column says so or another one has the start. */
  readonly label?: "start" | "end";
  readonly evidence?: Evidence;
}

const TEXTS: readonly CsvTimeFormat[] = ["iso", "day-first", "month-first"];
const NUMBERS: readonly CsvTimeFormat[] = ["compact", "epoch-ms", "epoch-s", "excel"];
const TIME_NAME = /dat(?:um|e)|time|zeit|tag\b|\bday\b|moment|stamp|\bab\b|\bvon\b|\bbis\b|from|start|end\b|until/i;
const CLOCK_NAME = /zeit|time|uhr|clock|hour|stunde/i;
const START = /start|from|\bvon\b|beginn/i;
const END = /\bend|until|\bbis\b|\bto\b/i;
const MOST = 200;

/** The years that numbers are believed to tell. */
const FROM_MS = Date.UTC(1990, 0, 1);
const TO_MS = Date.UTC(2038, 0, 1);

/** Which column holds times, and how they are written. */
export function guessTime({ names, lines }: { readonly names: readonly string[]; readonly lines: readonly CsvLine[] }): TimeGuess {
  const first = lines.slice(0, MOST);
  const width = Math.max(0, ...first.map(({ cells }) => cells.length));
  const found: { column: number; format: CsvTimeFormat; share: number; named: boolean }[] = [];
  for (let column = 0; column < width; column += 1) {
    const cells = first.flatMap(({ cells: all }) => (all[column] ?? "") || []);
    const named = TIME_NAME.test(names[column] ?? "");
    const best = formatOf(cells, named);
    if (best !== undefined) found.push({ column, ...best, named });
  }
  const [best, second] = found.toSorted((a, b) => Number(b.named) - Number(a.named) || b.share - a.share || a.column - b.column);
  if (best === undefined) return {};
  return withOther(names, first, { best, second });
}

interface Found {
  readonly column: number;
  readonly format: CsvTimeFormat;
}

function withOther(
  names: readonly string[],
  first: readonly CsvLine[],
  { best, second }: { best: Found; second: Found | undefined },
): TimeGuess {
  // Of a start and an end, the end says when a reading was; without names the later one is it.
  const isPair = second !== undefined && second.format === best.format;
  const [start, end] = isPair ? startAndEnd(names, first, [best, second]) : [undefined, undefined];
  const column = end ?? best.column;
  const name = names[column] || `column ${column + 1}`;
  const cells = first.flatMap(({ cells: all }) => (all[column] ?? "") || []);
  const clockColumn = clockColumnOf(names, first, column);
  const label = end !== undefined ? "end" : START.test(names[column] ?? "") ? "start" : END.test(names[column] ?? "") ? "end" : undefined;
  const ambiguous = isAmbiguous(cells, best.format);
  const clock = clockColumn === null ? "" : ` with the time of day in ${names[clockColumn] || `column ${clockColumn + 1}`}`;
  return {
    time: { column, clockColumn, format: best.format },
    ...(start === undefined ? {} : { other: start }),
    ...(label === undefined ? {} : { label }),
    evidence: {
      what: "time",
      sentence: `Times are in ${name}${clock}, ${WORDS[best.format]}, as in ${quoted(cells[0] ?? "")}${ambiguous ? "; day and month could be the other way round" : ""}.`,
      sure: !ambiguous,
    },
  };
}

const WORDS: Readonly<Record<CsvTimeFormat, string>> = {
  iso: "the year first",
  "day-first": "the day first",
  "month-first": "the month first",
  compact: "without marks",
  excel: "as days of a spreadsheet",
  "epoch-s": "as seconds since 1970",
  "epoch-ms": "as milliseconds since 1970",
};

/** Missing: undefined for a column that holds no times. */
function formatOf(cells: readonly string[], named: boolean): { format: CsvTimeFormat; share: number } | undefined {
  if (cells.length === 0) return undefined;
  // Numbers of meters look like seconds; only times differ from line to line.
  const differ = cells.length > 1 && new Set(cells).size * 10 >= cells.length * 9;
  const numbers = named ? NUMBERS : differ ? NUMBERS.slice(0, 3) : [];
  const shares = [...TEXTS, ...numbers].map((format) => ({ format, share: shareOf(cells, format) }));
  const best = shares.filter(({ share }) => share >= 0.6).toSorted((a, b) => b.share - a.share)[0];
  if (best === undefined) return undefined;
  const [dayFirst, monthFirst] = [shares[1]?.share ?? 0, shares[2]?.share ?? 0];
  // A point between is written where the day comes first; a dash or slash may be either.
  if (best.format === "day-first" && dayFirst === monthFirst && cells.every((cell) => /^\d{1,2}\/\d{1,2}\/\d{4}.*[ap]m/i.test(cell)))
    return { format: "month-first", share: best.share };
  return best;
}

function shareOf(cells: readonly string[], format: CsvTimeFormat): number {
  const isNumber = NUMBERS.includes(format);
  const good = cells.filter((cell) => {
    const time = timeInCell(cell, format);
    return typeof time !== "string" && (!isNumber || (time.localMs >= FROM_MS && time.localMs < TO_MS));
  });
  return good.length / cells.length;
}

function isAmbiguous(cells: readonly string[], format: CsvTimeFormat): boolean {
  if (format !== "day-first" && format !== "month-first") return false;
  const other = format === "day-first" ? "month-first" : "day-first";
  return cells.every((cell) => /^\d{1,2}[/-]/.test(cell) && typeof timeInCell(cell, other) !== "string");
}

function startAndEnd(
  names: readonly string[],
  first: readonly CsvLine[],
  [a, b]: readonly [Found, Found],
): [number | undefined, number | undefined] {
  const [left, right] = a.column < b.column ? [a, b] : [b, a];
  const named = START.test(names[left.column] ?? "") || END.test(names[right.column] ?? "");
  const later = first.filter(({ cells }) => {
    const [x, y] = [left, right].map(({ column, format }) => timeInCell(cells[column] ?? "", format));
    return typeof x === "object" && typeof y === "object" && y.localMs > x.localMs;
  });
  const isPair = named || (later.length > 0 && later.length * 2 > first.length);
  return isPair ? [left.column, right.column] : [undefined, undefined];
}

function clockColumnOf(names: readonly string[], first: readonly CsvLine[], column: number): number | null {
  for (const at of [column + 1, column - 1]) {
    const cells = first.flatMap(({ cells: all }) => (all[at] ?? "") || []);
    const clocks = cells.filter((cell) => clockMs(cell) !== undefined && (/:/.test(cell) || CLOCK_NAME.test(names[at] ?? "")));
    if (cells.length > 0 && clocks.length / cells.length >= 0.8) return at;
  }
  return null;
}
