/** Types the driver declares parameters with; the names are those of its table. */
export type SqlType =
  | { readonly name: "DateTime2"; readonly scale: number }
  | { readonly name: "Decimal"; readonly precision: number; readonly scale: number }
  | { readonly name: "NVarChar" | "Char"; readonly length: number }
  | { readonly name: "Int" | "BigInt" | "Float" | "Bit" | "Date" };

/** What a parameter may hold; a time is the plant's clock as if it stood in UTC. */
export type SqlValue = number | string | boolean | Date | null;

export interface SqlColumn {
  readonly name: string;
  readonly type: SqlType;
}

/** A table of the old system, as this outlet writes it. */
export interface SqlTable {
  readonly name: string;
  readonly key: SqlColumn;
  readonly columns: readonly SqlColumn[];
  /** Column that says when a row was last computed; the server's clock fills it. */
  readonly stamp?: string;
}

const column = (name: string, type: SqlType): SqlColumn => ({ name, type });
const seconds: SqlType = { name: "DateTime2", scale: 0 };
const milliseconds: SqlType = { name: "DateTime2", scale: 3 };
const energy: SqlType = { name: "Decimal", precision: 18, scale: 6 };
const float: SqlType = { name: "Float" };

export const INTERVAL: SqlTable = {
  name: "dbo.KYZ_Interval",
  key: column("IntervalEnd", seconds),
  columns: [
    column("PulseCount", { name: "Int" }),
    column("kWh", energy),
    column("kW", energy),
    column("Total_kWh", energy),
    column("R17Exclude", { name: "Bit" }),
    column("KyzInvalidAlarm", { name: "Bit" }),
  ],
};

export const LIVE: SqlTable = {
  name: "dbo.KYZ_Live15s",
  key: column("SampleEnd", seconds),
  columns: [column("PulseCount", { name: "BigInt" }), column("kWh", float), column("kW", float), column("Total_kWh", float)],
};

export const MONTHLY: SqlTable = {
  name: "dbo.KYZ_MonthlyDemand",
  key: column("month_start", { name: "Date" }),
  columns: ["top3_avg_kW", "peak_kW", "Energy_kWh", "HighestPrev11_Billed_kW", "RatchetFloor_kW", "Billed_kW"].map((name) =>
    column(name, float),
  ),
  stamp: "ComputedAtUtc",
};

export const INGEST_LOG: SqlTable = {
  name: "dbo.KYZ_PlcCsvIngestLog",
  key: column("FilePath", { name: "NVarChar", length: 450 }),
  columns: [
    column("FileSizeBytes", { name: "BigInt" }),
    column("LastWriteTimeUtc", milliseconds),
    column("Sha256", { name: "Char", length: 64 }),
    column("ProcessedAtUtc", milliseconds),
    column("IngestStatus", { name: "NVarChar", length: 16 }),
    column("IngestRowCount", { name: "Int" }),
    column("IntervalMin", seconds),
    column("IntervalMax", seconds),
    column("ErrorMessage", { name: "NVarChar", length: 4000 }),
  ],
};

export const TABLES: readonly SqlTable[] = [INTERVAL, LIVE, MONTHLY, INGEST_LOG];
