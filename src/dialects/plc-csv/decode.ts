import { parse } from "csv-parse/sync";
import type { Decoded, Dialect, Recognition } from "#dialects/dialect.ts";
import type { FileContent, FileProblem } from "#dialects/file-format.ts";
import { rejectItem } from "#dialects/items.ts";
import { textOf } from "#dialects/text.ts";
import type { Message } from "#readings/message.ts";
import type { Item } from "#readings/reading.ts";
import { columnsOf, REQUIRED } from "./header.ts";
import { type Options, optionsSchema } from "./options.ts";
import { csvOptions, csvProblem, readFile } from "./read.ts";
import { Rows } from "./rows.ts";

/** Some 300,000 rows: eight years of quarter-hours, stored at once. */
const MOST_BYTES = 32 * 1_048_576;

/** The finished intervals a PLC writes to a file, which correct what it published. */
export const plcCsv: Dialect<Options> = {
  name: "plc-csv",
  version: 1,
  title: "PLC interval file",
  options: optionsSchema,
  zoned: true,
  topics: [],
  equalInstant: "last",
  decode,
  recognise,
  file: { maxBytes: MOST_BYTES, read: readFile },
};

/** A file that came as a message, or one kept whole as a reject. */
function decode(message: Message, options: Options): Decoded {
  const rows = new Rows(options, message.receivedMs);
  try {
    parse(message.body, csvOptions(rows));
  } catch (error) {
    rows.broken(csvProblem(error as Error));
  }
  return { items: itemsOf(rows.content()) };
}

function itemsOf(content: FileContent): Item[] {
  const items = content.problems.map((problem) => rejectItem({ code: problem.code, sentence: problemText(problem) }));
  for (const [i, tMs] of content.tMs.entries()) {
    const bits = content.quality[i] as number;
    const quality = bits === 0 ? {} : { quality: bits };
    for (const { value, ...said } of content.sayings)
      items.push({ type: "reading", reading: { ...said, value: value[i] as number, tMs, ...quality } });
  }
  return items.length > 0 ? items : [{ type: "nothing", reason: "empty", detail: "The file has a header and no row." }];
}

/** `Line 7: LastDemand is empty.` */
export function problemText({ line, sentence }: Pick<FileProblem, "line" | "sentence">): string {
  return line === undefined ? sentence : `Line ${line}: ${sentence}`;
}

const HEADER_BYTES = 4_096;

function recognise(topic: string, body: Uint8Array): Recognition | undefined {
  const text = textOf(body.subarray(0, HEADER_BYTES).filter((byte) => byte < 128));
  const header = typeof text === "string" ? (text.split("\n", 1)[0] ?? "") : "";
  if ("code" in columnsOf(header.split(","))) return undefined;
  return { confidence: 0.95, evidence: `a first line with ${REQUIRED.slice(2, 6).join(", ")}`, filter: topic };
}
