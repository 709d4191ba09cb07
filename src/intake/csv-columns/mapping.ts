export type CsvEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
export type CsvTimeFormat = "iso" | "day-first" | "month-first" | "compact" | "excel" | "epoch-s" | "epoch-ms";
export type CsvDelimiter = "," | ";" | "\t" | "|";

/** How a file of readings is read; what is left out is found out from the file. */
export interface ColumnMapping {
  readonly encoding?: CsvEncoding | undefined;
  readonly delimiter?: CsvDelimiter | undefined;
  /** Counted from 1; null where the file names no columns. */
  readonly headerLine?: number | null | undefined;
  readonly decimal?: "." | "," | undefined;
  readonly thousands?: "" | "." | "," | " " | "'" | undefined;
  readonly time?:
    | {
        readonly column?: number | undefined;
        readonly clockColumn?: number | null | undefined;
        readonly format?: CsvTimeFormat | undefined;
        /** Of times without offset. */
        readonly zone?: string | undefined;
      }
    | undefined;
  readonly layout?: "row-per-reading" | "row-per-day" | undefined;
  readonly values?: readonly ValueColumn[] | undefined;
  readonly meterColumn?: number | null | undefined;
  /** From the name in the file to the meter. */
  readonly meters?: Readonly<Record<string, string>> | undefined;
  readonly meter?: string | undefined;
  readonly unitColumn?: number | null | undefined;
  readonly unit?: string | undefined;
  readonly meaning?: "register" | "amount" | undefined;
  readonly label?: "start" | "end" | undefined;
  /** 1440 is a local day. */
  readonly intervalMinutes?: number | undefined;
}

export interface ValueColumn {
  readonly column: number;
  readonly meter?: string | undefined;
  readonly unit?: string | undefined;
}

/** What was found out, and by what. `sure` is false where a person should look. */
export interface Evidence {
  readonly what: "encoding" | "delimiter" | "header" | "decimal" | "time" | "layout" | "values" | "meter" | "unit" | "meaning" | "interval";
  readonly sentence: string;
  readonly sure: boolean;
}

/** A local day; other lengths are minutes of a clock. */
export const DAY_MINUTES = 1_440;
