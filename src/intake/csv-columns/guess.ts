import type { FullMapping } from "./full-mapping.ts";
import { type Columns, cellsOf, columnsOf, guessColumns, meaningOf } from "./guess-columns.ts";
import { guessTime, type TimeGuess } from "./guess-time.ts";
import { type ColumnMapping, DAY_MINUTES, type Evidence } from "./mapping.ts";
import { writingOf } from "./number-cell.ts";
import type { CsvLine } from "./table.ts";
import { timeInCell } from "./time-cell.ts";

export interface Guess {
  readonly mapping: FullMapping;
  readonly evidence: readonly Evidence[];
  readonly columns: Columns;
}

type Known = Pick<FullMapping, "encoding" | "delimiter">;

/** How a file is read: what a person said, and for the rest what its first lines show. */
export function guessMapping(lines: readonly CsvLine[], said: ColumnMapping, of: Known & { readonly zone: string }): Guess {
  const columns = columnsOf(lines, said.headerLine);
  const time = guessTime(columns);
  const mine = said.time ?? {};
  const format = mine.format ?? time.time?.format ?? "iso";
  const column = mine.column ?? time.time?.column;
  const clockColumn =
    mine.clockColumn !== undefined ? mine.clockColumn : mine.column === undefined ? (time.time?.clockColumn ?? null) : null;
  const apart = new Set([column, clockColumn, time.other]);
  const numberCells = columns.names.flatMap((_, i) => (apart.has(i) ? [] : cellsOf(columns, i)));
  const guessed = writingOf(numberCells.filter((cell) => /\d/.test(cell)));
  const writing = { decimal: said.decimal ?? guessed.decimal, thousands: said.thousands ?? guessed.thousands };
  const used = { ...time, ...(column === undefined ? {} : { time: { column, clockColumn, format } }) };
  const found = guessColumns(columns, used, writing);
  const values = said.values ?? found.values;
  const layout = said.layout ?? found.layout;
  const meterColumn = said.meterColumn !== undefined ? said.meterColumn : found.meterColumn;
  const meant = layout === "row-per-day" ? undefined : meaningOf(columns, values, { writing, meterColumn });
  const meaning = said.meaning ?? meant?.meaning ?? "amount";
  const interval =
    said.intervalMinutes ??
    (meaning === "amount" ? intervalOf(columns, { layout, values, time: { column, clockColumn, format } }) : undefined);
  const meter = said.meter;
  const unit = said.unit ?? found.unit;
  const mapping: FullMapping = {
    encoding: of.encoding,
    delimiter: of.delimiter,
    headerLine: columns.headerLine,
    ...writing,
    time: { ...(column === undefined ? {} : { column }), clockColumn, format, zone: mine.zone ?? of.zone },
    layout,
    values,
    meterColumn,
    meters: said.meters ?? {},
    ...(meter === undefined ? {} : { meter }),
    unitColumn: said.unitColumn !== undefined ? said.unitColumn : found.unitColumn,
    ...(unit === undefined ? {} : { unit }),
    meaning,
    label: said.label ?? labelOf({ time, layout, columns, values, format, column, interval }),
    ...(interval === undefined ? {} : { intervalMinutes: interval }),
  };
  const evidence = [
    columns.evidence,
    ...(time.evidence === undefined ? [] : [time.evidence]),
    guessed.evidence,
    ...found.evidence,
    ...(meant === undefined ? [] : [meant.evidence]),
    ...(interval === undefined ? [] : [intervalEvidence(mapping, interval)]),
  ];
  return { mapping, evidence, columns };
}

interface Labelled {
  readonly time: TimeGuess;
  readonly layout: string;
  readonly columns: Columns;
  readonly values: FullMapping["values"];
  readonly format: FullMapping["time"]["format"];
  readonly column: number | undefined;
  readonly interval: number | undefined;
}

function labelOf({ time, layout, columns, values, ...at }: Labelled): "start" | "end" {
  if (layout !== "row-per-day") return time.label ?? (endsAtMidnight(columns, at) ? "end" : "start");
  // Columns of a day that begin with 00:00 are named by their starts.
  const first = columns.names[values[0]?.column ?? 0] ?? "";
  return /^\[?0?0:00/.test(first) || !/:/.test(first) ? "start" : "end";
}

/** Whether a file begins one interval after a midnight: it names intervals by their ends. */
function endsAtMidnight({ lines }: Columns, { column, format, interval }: Pick<Labelled, "column" | "format" | "interval">): boolean {
  if (column === undefined || interval === undefined || interval === DAY_MINUTES) return false;
  const first = timeInCell(lines[0]?.cells[column] ?? "", format);
  return typeof first !== "string" && !first.isDate && (((first.localMs / 60_000) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES === interval;
}

function intervalEvidence({ label }: FullMapping, minutes: number): Evidence {
  const length = minutes === DAY_MINUTES ? "a local day" : `${minutes} minutes`;
  return { what: "interval", sentence: `An amount is that of ${length}, named by its ${label}.`, sure: minutes === DAY_MINUTES };
}

/** The usual distance of two lines. Missing: undefined where no length comes again. */
function intervalOf(
  columns: Columns,
  {
    layout,
    values,
    time,
  }: Pick<FullMapping, "layout" | "values"> & {
    time: { column: number | undefined; clockColumn: number | null; format: FullMapping["time"]["format"] };
  },
): number | undefined {
  if (layout === "row-per-day") return values.length === 0 ? undefined : Math.round(DAY_MINUTES / values.length);
  const { column, clockColumn, format } = time;
  if (column === undefined) return undefined;
  const all = columns.lines.slice(0, 200).flatMap(({ cells }) => {
    const read = timeInCell(cells[column] ?? "", format, clockColumn === null ? undefined : cells[clockColumn]);
    return typeof read === "string" ? [] : [read];
  });
  if (all.length > 1 && all.every(({ isDate }) => isDate)) return DAY_MINUTES;
  const counts = new Map<number, number>();
  for (const [i, { localMs }] of all.entries()) {
    const minutes = Math.abs(localMs - (all[i - 1]?.localMs ?? localMs)) / 60_000;
    if (minutes >= 1 && minutes <= DAY_MINUTES && Number.isInteger(minutes)) counts.set(minutes, (counts.get(minutes) ?? 0) + 1);
  }
  return [...counts].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0];
}
