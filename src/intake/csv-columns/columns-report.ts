import type { Compared } from "./compared.ts";
import type { FullMapping } from "./full-mapping.ts";
import type { ColumnMapping, Evidence } from "./mapping.ts";
import type { CsvMeter, MeterBook } from "./meter-book.ts";
import type { CsvLine } from "./table.ts";

/** A file, and what is to be done with it. */
export interface ColumnsWish {
  readonly bytes: Uint8Array;
  /** What the file is called. */
  readonly name: string;
  readonly mapping: ColumnMapping;
  /** Of the site: days, and times without offset. */
  readonly zone: string;
  readonly meters: MeterBook;
  readonly mode: "preview" | "dry-run" | "import";
}

/** A line of the beginning as it would be read. */
export interface PreviewRow extends CsvLine {
  readonly readings: readonly { meter: string; tMs: number; value: number; unit: string; fromMs: number | undefined }[];
  readonly problem: string | undefined;
}

/** What one meter would get. */
export interface MovedMeter {
  readonly meter: CsvMeter;
  readonly named: string;
  readonly series: string;
  readonly unit: string;
  readonly compared: Omit<Compared, "rows">;
  readonly firstMs: number | undefined;
  readonly lastMs: number | undefined;
}

export interface ColumnsReport {
  readonly mapping: FullMapping;
  readonly evidence: readonly Evidence[];
  readonly columns: readonly { readonly column: number; readonly name: string; readonly samples: readonly string[] }[];
  readonly names: readonly string[];
  readonly needs: readonly string[];
  readonly rows: readonly PreviewRow[];
  /** Left out in a preview, and where something is needed first. */
  readonly result?: ColumnsResult;
}

export interface ColumnsResult {
  readonly sentence: string;
  readonly lines: number;
  readonly readings: number;
  readonly fresh: number;
  readonly same: number;
  readonly changed: number;
  readonly repeated: number;
  readonly rejected: number;
  readonly problems: readonly { readonly line: number; readonly sentence: string }[];
  readonly meters: readonly MovedMeter[];
  readonly importId: number | undefined;
}
