import { unitOf, unitSymbol } from "#units/unit.ts";
import { guessTime, type TimeGuess } from "./guess-time.ts";
import type { Evidence, ValueColumn } from "./mapping.ts";
import { type NumberWriting, numberInCell } from "./number-cell.ts";
import type { CsvLine } from "./table.ts";

/** The columns of a file with their names and first cells. */
export interface Columns {
  readonly headerLine: number | null;
  readonly names: readonly string[];
  /** Lines below the names. */
  readonly lines: readonly CsvLine[];
}

const FIRST_LINES = 20;
const NUMBERISH = /^[+-]?[\d.,' ]*\d[\d.,' ]*$/;

/** Where the names of the columns stand: the last of the first lines in which nothing is a number or a time, above one that has some. */
export function columnsOf(lines: readonly CsvLine[], said: number | null | undefined): Columns & { readonly evidence: Evidence } {
  const at = said === null ? -1 : said !== undefined ? lines.findIndex(({ line }) => line >= said) : headerAt(lines);
  const header = lines[at];
  const below = lines.slice(at + 1);
  const width = below.slice(0, FIRST_LINES).reduce((most, { cells }) => Math.max(most, cells.length), header?.cells.length ?? 0);
  const names = Array.from({ length: width }, (_, i) => header?.cells[i] ?? "");
  const sentence =
    header === undefined
      ? "No line names the columns."
      : `Line ${header.line} names the columns: ${names.filter(Boolean).slice(0, 6).join(", ")}.`;
  return { headerLine: header?.line ?? null, names, lines: below, evidence: { what: "header", sentence, sure: true } };
}

function headerAt(lines: readonly CsvLine[]): number {
  const first = lines.slice(0, FIRST_LINES);
  const usual = Math.max(0, ...first.map(({ cells }) => cells.length));
  // A title above the table has fewer cells than the table.
  const at = first.findIndex(({ cells }) => cells.filter((cell) => cell !== "").length * 2 >= usual && usual > 1);
  const cells = first[at]?.cells ?? [];
  const numbers = cells.filter((cell) => NUMBERISH.test(cell)).length;
  const dated = guessTime({ names: [], lines: first.slice(at, at + 1) }).time !== undefined;
  return at >= 0 && numbers * 2 <= cells.length && !dated ? at : -1;
}

/** Cells of a column in the first lines, those that are empty left out. */
export function cellsOf({ lines }: Pick<Columns, "lines">, column: number): string[] {
  return lines.slice(0, 200).flatMap(({ cells }) => (cells[column] ?? "") || []);
}

const METER =
  /z(?:ä|ae?)hler(?!st)|meter(?! ?(?:reading|value))|\bm[ae]lo\b|marktlokation|messlokation|mp[rax]n|\bmpr\b|entity|device|ger(?:ä|ae)t|\bserial|\bname\b/i;
const UNIT = /^(?:unit|units|einheit|uom|unit_of_measurement|me)$/i;
const READING =
  /z(?:ä|ae?)hlerst(?:a|ä)nd|(?:^|\W)stand|reading|register|^wert|\bvalue|consumption|verbrauch|usage|menge|amount|\bkwh\b|m³|\bm3\b|_?wh$/i;
const NOT_READING = /^(?:id|nr|no|lfd|number|status|quality|code|type|art|site|post|plz|total|sum|summe|cost|kosten|price|preis|temp)/i;
const REGISTER = /z(?:ä|ae?)hlerst(?:a|ä)nd|(?:^|\W)stand|\breading|register|cumulative|kumul|index/i;
const AMOUNT = /consumption|verbrauch|usage|menge|amount|bezug|lieferung/i;
/** From so many columns of numbers on a line is a day. */
const DAY_COLUMNS = [24, 48, 96] as const;

export interface ColumnGuess {
  readonly layout: "row-per-reading" | "row-per-day";
  readonly values: readonly ValueColumn[];
  readonly meterColumn: number | null;
  readonly unitColumn: number | null;
  readonly unit?: string;
  readonly evidence: readonly Evidence[];
}

/** Which columns hold readings, and which say whose and in what. */
export function guessColumns(columns: Columns, time: TimeGuess, writing: NumberWriting): ColumnGuess {
  const taken = new Set([time.time?.column, time.time?.clockColumn, time.other]);
  const free = columns.names.map((_, i) => i).filter((i) => !taken.has(i));
  const name = (i: number): string => columns.names[i] ?? "";
  const unitColumn = free.find((i) => UNIT.test(name(i).trim()) || isUnits(cellsOf(columns, i))) ?? null;
  const numeric = free.filter((i) => i !== unitColumn && isNumbers(cellsOf(columns, i), writing));
  const meterColumn =
    free.find(
      (i) => i !== unitColumn && METER.test(name(i)) && !/\bkwh\b|m³/i.test(name(i)) && isNames(cellsOf(columns, i), !numeric.includes(i)),
    ) ?? null;
  const rest = numeric.filter((i) => i !== meterColumn);
  const day = dayColumns(columns, { free: free.filter((i) => i !== meterColumn && i !== unitColumn), numeric: rest });
  if (day !== undefined) return dayGuess(columns, day, { meterColumn, unitColumn });
  const named = rest.filter((i) => READING.test(name(i)) && !NOT_READING.test(name(i)));
  const chosen = named.length > 0 ? named : rest.filter((i) => !NOT_READING.test(name(i)));
  // Where a column names the meter there is one reading to a line.
  const kept = meterColumn === null ? chosen : chosen.slice(0, 1);
  const several = kept.length > 1;
  const values = kept.map((column): ValueColumn => {
    const unit = unitInName(name(column));
    const bare = nameWithoutUnit(name(column));
    return { column, ...(several && bare !== "" ? { meter: bare } : {}), ...(unit === undefined ? {} : { unit }) };
  });
  const told = kept.map((i) => name(i) || `column ${i + 1}`).join(", ");
  return {
    layout: "row-per-reading",
    values,
    meterColumn,
    unitColumn,
    evidence: [
      { what: "layout", sentence: "A line is one moment.", sure: true },
      {
        what: "values",
        sentence:
          kept.length === 0 ? "No column is numbers only." : `Readings are in ${told}, by ${named.length > 0 ? "name" : "their numbers"}.`,
        sure: named.length > 0 || rest.length === 1,
      },
      ...meterEvidence(name, { meterColumn, several }),
    ],
  };
}

function meterEvidence(
  name: (i: number) => string,
  { meterColumn, several }: { meterColumn: number | null; several: boolean },
): Evidence[] {
  if (meterColumn !== null) return [{ what: "meter", sentence: `${name(meterColumn)} names the meter of each line.`, sure: true }];
  return several ? [{ what: "meter", sentence: "Each column of readings is a meter, by its name.", sure: false }] : [];
}

/** The columns of the intervals of a day, by clocks or numbers in their names, else as a run at the end. Missing: undefined where a line is no day. */
function dayColumns(
  { names }: Columns,
  { free, numeric }: { free: readonly number[]; numeric: readonly number[] },
): readonly number[] | undefined {
  const isDay = ({ length }: readonly number[]): boolean => (DAY_COLUMNS as readonly number[]).includes(length);
  const clock = free.filter((i) => /^\[?\d{1,2}:\d{2}\]?$/.test((names[i] ?? "").trim()));
  if (isDay(clock)) return clock;
  const groups = new Map<string, number[]>();
  for (const i of numeric) {
    const stem = (names[i] ?? "").replace(/\d+\]?$/, "");
    groups.set(stem, [...(groups.get(stem) ?? []), i]);
  }
  const found = [...groups.values()].filter(isDay);
  const energy = found.find((group) => /kwh|wh|hh|^$/i.test((names[group[0] ?? 0] ?? "").replace(/\d+$/, "")));
  if (energy !== undefined || found[0] !== undefined) return energy ?? found[0];
  return names.every((name) => name === "") ? runAtEnd(numeric) : undefined;
}

/** Numbers of meters and sites stand before those of the day. */
const MOST_BEFORE = 3;

function runAtEnd(numeric: readonly number[]): readonly number[] | undefined {
  const length = DAY_COLUMNS.toReversed().find((count) => numeric.length >= count && numeric.length <= count + MOST_BEFORE);
  const run = length === undefined ? [] : numeric.slice(-length);
  return run.length > 0 && (run.at(-1) ?? 0) - (run[0] ?? 0) === run.length - 1 ? run : undefined;
}

function dayGuess(columns: Columns, day: readonly number[], more: Pick<ColumnGuess, "meterColumn" | "unitColumn">): ColumnGuess {
  const unit = unitInName(columns.names[day[0] ?? 0] ?? "");
  const name = (i: number): string => columns.names[i] ?? "";
  return {
    layout: "row-per-day",
    values: day.map((column) => ({ column })),
    ...more,
    ...(unit === undefined ? {} : { unit }),
    evidence: [
      { what: "layout", sentence: `A line is a day of ${day.length} intervals.`, sure: true },
      ...meterEvidence(name, { meterColumn: more.meterColumn, several: false }),
    ],
  };
}

function isNumbers(cells: readonly string[], writing: NumberWriting): boolean {
  if (cells.length === 0) return false;
  const numbers = cells.filter((cell) => typeof numberInCell(cell, writing) === "number").length;
  return numbers / cells.length >= 0.8;
}

/** Text, or numbers that come again and again, as those of meters do. */
function isNames(cells: readonly string[], isText: boolean): boolean {
  if (cells.length === 0) return false;
  return isText || new Set(cells).size <= Math.max(1, cells.length / 2) || cells.every((cell) => /^\d{6,}$/.test(cell));
}

function isUnits(cells: readonly string[]): boolean {
  return cells.length > 0 && cells.every((cell) => !NUMBERISH.test(cell) && isMeterUnit(cell));
}

function isMeterUnit(text: string): boolean {
  const dimension = unitOf(text)?.dimension;
  return dimension === "energy" || dimension === "volume" || /^(?:units|einheiten|hkv)$/i.test(text.trim());
}

/** `Verbrauch [kWh]`, `Gas (m³)`, `kWh_1`, `energy_kwh`. */
function unitInName(name: string): string | undefined {
  const bracket = /[[(]([^\])]+)[\])]/.exec(name)?.[1];
  const words = [bracket ?? "", ...name.split(/[\s_/,-]+/)].filter((word) => word.length > 1 || word === "l");
  const found = words.find(isMeterUnit);
  return found === undefined ? undefined : unitSymbol(found);
}

function nameWithoutUnit(name: string): string {
  const bare = name.replace(/\s*[[(][^\])]*[\])]\s*$/, "").trim();
  return bare || name.trim();
}

interface Meaning {
  readonly writing: NumberWriting;
  /** Of lines that name their meter: each is a row of numbers of its own. */
  readonly meterColumn: number | null;
}

/** Whether readings count on: their names say so, or nearly none falls. */
export function meaningOf(
  columns: Columns,
  values: readonly ValueColumn[],
  { writing, meterColumn }: Meaning,
): { meaning: "register" | "amount"; evidence: Evidence } {
  const names = values.map(({ column }) => columns.names[column] ?? "");
  const said = (meaning: "register" | "amount", sentence: string, sure: boolean) => ({
    meaning,
    evidence: { what: "meaning", sentence, sure } as const,
  });
  const register = names.find((name) => REGISTER.test(name));
  if (register !== undefined) return said("register", `${register} is a dial that counts on, by its name.`, true);
  const amount = names.find((name) => AMOUNT.test(name));
  if (amount !== undefined) return said("amount", `${amount} is what was used in each interval, by its name.`, true);
  const dials = numbersOf(columns, values, { writing, meterColumn });
  const all = dials.reduce((sum, numbers) => sum + numbers.length, 0);
  // A file is in one order: of all its meters the newest comes first, or last.
  const straysOf = (rows: readonly number[][]): number => rows.reduce((sum, numbers) => sum + numbers.length - neverFalling(numbers), 0);
  const strays = Math.min(straysOf(dials), straysOf(dials.map((numbers) => numbers.toReversed())));
  const sure = all - dials.length > 3;
  const moves = dials.some((numbers) => numbers.some((number) => number !== numbers[0]));
  if (!moves || strays * 5 > all) return said("amount", "The numbers rise and fall: what was used in each interval.", sure);
  const but = strays === 0 ? "" : `, but for ${strays}`;
  return said("register", `The numbers go one way only${but}: a dial that counts on.`, sure && strays === 0);
}

/** What each column says of each meter, in the order of the lines. */
function numbersOf(columns: Columns, values: readonly ValueColumn[], { writing, meterColumn }: Meaning): number[][] {
  const found = new Map<string, number[]>();
  for (const { cells } of columns.lines)
    for (const { column } of values) {
      const number = numberInCell(cells[column] ?? "", writing);
      if (typeof number !== "number" || Number.isNaN(number)) continue;
      const key = `${column} ${meterColumn === null ? "" : (cells[meterColumn] ?? "")}`;
      const before = found.get(key);
      if (before === undefined) found.set(key, [number]);
      else before.push(number);
    }
  return [...found.values()];
}

/**
 * How many numbers are left of a row where as few as can be are left out and no number falls any more.
 * Source: Fredman, on computing the length of longest increasing subsequences: `ends` has the least end of a chain of each length.
 */
function neverFalling(numbers: readonly number[]): number {
  const ends: number[] = [];
  for (const number of numbers) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] as number) <= number) low = middle + 1;
      else high = middle;
    }
    ends[low] = number;
  }
  return ends.length;
}
