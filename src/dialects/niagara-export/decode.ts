import type { Decoded, Dialect, Recognition } from "#dialects/dialect.ts";
import { itemOf } from "#dialects/items.ts";
import { textOf } from "#dialects/text.ts";
import type { Message } from "#readings/message.ts";
import { layoutOf } from "./layout.ts";
import { cellsOf, delimiterOf } from "./lines.ts";
import { type ExportOptions, optionsSchema } from "./options.ts";
import { ExportReader, readExport } from "./read.ts";

const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
/** Years of a history that is logged every few seconds. */
const MAX_FILE_BYTES = 512 * 1024 * 1024;

/** Exports of Niagara histories as CSV, as Workbench and the station itself write them, and plain tables of them. */
export const niagaraExport: Dialect<ExportOptions> = {
  name: "niagara-export",
  version: 1,
  title: "Niagara history export",
  options: optionsSchema,
  zoned: true,
  topics: [],
  maxBytes: MAX_MESSAGE_BYTES,
  equalInstant: "last",
  decode,
  recognise,
  readings: { maxBytes: MAX_FILE_BYTES, read: (chunks, options, { name }) => readExport(chunks, options, name) },
};

/** A file that came as a message; the last level of its topic is its name. */
function decode(message: Message, options: ExportOptions): Decoded {
  const reader = new ExportReader(options, message.topic.split("/").at(-1) ?? "");
  const items = [...reader.push(message.body), ...reader.end()].map(itemOf);
  return { items: items.length > 0 ? items : [{ type: "nothing", reason: "empty", detail: "The file has heads and no row." }] };
}

const HEAD_BYTES = 2_048;

/** A plain table says too little to be sure of; the shapes of Workbench say enough. */
function recognise(topic: string, body: Uint8Array): Recognition | undefined {
  const text = textOf(body.subarray(0, HEAD_BYTES).filter((byte) => byte < 128));
  if (typeof text !== "string") return undefined;
  const lines = text.split(/\r?\n/, 6);
  const heading = lines[0]?.startsWith("history:") === true;
  for (const line of heading ? lines.slice(1) : lines.slice(0, 1)) {
    const layout = layoutOf(cellsOf(line, delimiterOf(line) ?? ","), NO_TABLE);
    if (layout === undefined || (!heading && !/^Timestamp,(?:Trend Flags,Status,)?Value\b/.test(line))) continue;
    return {
      confidence: heading ? 0.95 : 0.7,
      evidence: heading ? "a first line that names a history" : "heads Timestamp and Value",
      filter: topic,
    };
  }
  return undefined;
}

const NO_TABLE = { timestamp: "\n", equip: "\n", temp: "\n", setpoint: "\n" };
