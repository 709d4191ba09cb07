import { z } from "zod";
import { figure, instantMs, localTime } from "./plant-parts.ts";

const CSV_ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;
export const CSV_DELIMITERS = [",", ";", "\t", "|"] as const;
/** How times are written; `excel` is the days since the end of 1899. */
const CSV_TIMES = ["iso", "day-first", "month-first", "compact", "excel", "epoch-s", "epoch-ms"] as const;

const column = z.number().int().min(0).max(999).describe("counted from 0");
const name = z.string().trim().min(1).max(200);
const meter = name.describe("`site.meter` of GET /meters, or `site.name` of a meter there is not yet");

/** How a file is to be read. What is left out is found out from the file; the answer says all of it, with the evidence. */
export const csvMappingSchema = z.strictObject({
  encoding: z.enum(CSV_ENCODINGS).optional(),
  delimiter: z.enum(CSV_DELIMITERS).optional(),
  headerLine: z.number().int().min(1).max(100).nullable().optional().describe("line with the names of the columns; null for none"),
  decimal: z.enum([".", ","]).optional(),
  thousands: z.enum(["", ".", ",", " ", "'"]).optional(),
  time: z
    .strictObject({
      column: column.optional(),
      clockColumn: column.nullable().optional().describe("where the time of day has a column of its own; null for none"),
      format: z.enum(CSV_TIMES).optional(),
      zone: z.string().max(100).optional().describe("IANA zone of times without offset; the site's unless said"),
    })
    .optional(),
  layout: z.enum(["row-per-reading", "row-per-day"]).optional().describe("row-per-day: one date, then one column per interval of the day"),
  values: z
    .array(z.strictObject({ column, meter: meter.optional(), unit: z.string().trim().max(40).optional() }))
    .max(200)
    .optional()
    .describe("the columns with readings: one per meter, or a single one where a column names the meter or all lines are of one meter"),
  meterColumn: column.nullable().optional(),
  meters: z
    .record(z.string().max(200), meter)
    .optional()
    .describe("from the name in the file to the meter; others become meters of their own"),
  meter: meter.optional().describe("the meter of every line, where the file names none"),
  unitColumn: column.nullable().optional(),
  unit: z.string().trim().max(40).optional().describe("where neither a column nor its name says one"),
  meaning: z.enum(["register", "amount"]).optional().describe("a dial that counts on, or the amount of each interval"),
  label: z.enum(["start", "end"]).optional().describe("whether an interval is named by its start or its end"),
  intervalMinutes: z.number().int().min(1).max(1_440).optional().describe("length of an interval; 1440 is a local day"),
});
export type CsvMapping = z.infer<typeof csvMappingSchema>;

/** POST /readings/csv: the file as it is as body, `text/csv`, at most 64 MiB. */
export const csvImportQuerySchema = z.object({
  site: z.string().max(200).optional().describe("left out: the only one"),
  mode: z
    .enum(["preview", "dry-run", "import"])
    .default("preview")
    .describe("preview: the first rows as they would be read; dry-run: what would change; import: change it"),
  name: z.string().max(200).default("readings.csv").describe("what the file is called"),
  mapping: z.string().max(20_000).default("{}").describe("JSON of how it is read"),
});

const evidenceSchema = z.object({
  what: z.enum(["encoding", "delimiter", "header", "decimal", "time", "layout", "values", "meter", "unit", "meaning", "interval"]),
  sentence: z.string().describe("what was found out, and by what"),
  sure: z.boolean().describe("false where a person should look"),
});
const previewRowSchema = z.object({
  line: z.number(),
  cells: z.array(z.string()),
  readings: z.array(
    z.object({ meter: z.string(), tMs: instantMs, tLocal: localTime, value: figure, unit: z.string(), fromMs: instantMs.nullable() }),
  ),
  problem: z.string().nullable().describe("why it is not taken"),
});
const changeSchema = z.object({ tMs: instantMs, tLocal: localTime, before: figure, after: figure });
const movedMeterSchema = z.object({
  meter: z.string().describe("`site.meter`"),
  name: z.string().describe("as the file has it"),
  known: z.boolean().describe("false where this import makes the meter"),
  series: z.string(),
  unit: z.string(),
  new: z.number(),
  same: z.number(),
  changed: z.number(),
  firstMs: instantMs.nullable(),
  lastMs: instantMs.nullable(),
  months: z
    .array(z.object({ month: z.string().describe("2026-03"), new: z.number(), changed: z.number() }))
    .describe("local months in which something is new or changed, oldest first"),
  largest: z.array(changeSchema).describe("the largest changes of a known value, largest first, at most ten"),
});
export type CsvMovedMeter = z.infer<typeof movedMeterSchema>;

export const csvImportSchema = z.object({
  mode: z.enum(["preview", "dry-run", "import"]),
  site: z.string(),
  zone: z.string(),
  mapping: csvMappingSchema.describe("as it was used, all of it said"),
  evidence: z.array(evidenceSchema),
  columns: z.array(z.object({ column: z.number(), name: z.string(), samples: z.array(z.string()).describe("of its first lines") })),
  names: z.array(z.string()).describe("the meters the first lines of the file name"),
  needs: z.array(z.string()).describe("what has to be said before anything can be taken; empty when all is clear"),
  rows: z.array(previewRowSchema).describe("the first twenty"),
  /** Null in a preview. */
  result: z
    .object({
      sentence: z.string(),
      lines: z.number().describe("below the header"),
      readings: z.number(),
      new: z.number(),
      same: z.number(),
      changed: z.number(),
      repeated: z.number().describe("said again further down the file; the last one counts"),
      rejected: z.number().describe("lines, or cells of a line, that are not taken"),
      problems: z.array(z.object({ line: z.number(), sentence: z.string() })).describe("the first hundred"),
      meters: z.array(movedMeterSchema),
      importId: z.number().nullable().describe("null where nothing was kept"),
    })
    .nullable(),
});
export type CsvImportAnswer = z.infer<typeof csvImportSchema>;
