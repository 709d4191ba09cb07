import type { ColumnMapping, CsvDelimiter, CsvEncoding, CsvTimeFormat, ValueColumn } from "./mapping.ts";

/** A mapping with nothing left open but what only a person knows. */
export interface FullMapping {
  readonly encoding: CsvEncoding;
  readonly delimiter: CsvDelimiter;
  readonly headerLine: number | null;
  readonly decimal: "." | ",";
  readonly thousands: "" | "." | "," | " " | "'";
  readonly time: {
    /** Left out: no column holds times. */
    readonly column?: number;
    readonly clockColumn: number | null;
    readonly format: CsvTimeFormat;
    readonly zone: string;
  };
  readonly layout: NonNullable<ColumnMapping["layout"]>;
  readonly values: readonly ValueColumn[];
  readonly meterColumn: number | null;
  readonly meters: Readonly<Record<string, string>>;
  readonly meter?: string;
  readonly unitColumn: number | null;
  readonly unit?: string;
  readonly meaning: "register" | "amount";
  readonly label: "start" | "end";
  /** Left out where it is a register, or cannot be told. */
  readonly intervalMinutes?: number;
}

/** What has to be said before anything can be taken. */
export function needsOf(mapping: FullMapping): string[] {
  const { time, values, meterColumn, meter, meaning, intervalMinutes } = mapping;
  const nameless = meterColumn === null && meter === undefined && values.some((one) => one.meter === undefined);
  return [
    ...(time.column === undefined ? ["Say which column holds the time."] : []),
    ...(values.length === 0 ? ["Say which columns hold readings."] : []),
    ...(values.length > 0 && nameless ? ["Say which meter the readings are of."] : []),
    ...(meaning === "amount" && intervalMinutes === undefined ? ["Say how long the interval of an amount is."] : []),
  ];
}
