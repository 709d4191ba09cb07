import type { z } from "zod";
import type { Decoded, Dialect, Recognition } from "#dialects/dialect.ts";
import { refused, rejectItem } from "#dialects/items.ts";
import { jsonOf } from "#dialects/json.ts";
import { niagaraOptionsSchema } from "#dialects/niagara-options.ts";
import { quoted } from "#dialects/text.ts";
import type { Message } from "#readings/message.ts";
import type { Item } from "#readings/reading.ts";
import { headOf } from "./head.ts";
import { inOrder } from "./in-order.ts";
import { meaningOf } from "./meaning.ts";
import { readRows } from "./rows.ts";

const optionsSchema = niagaraOptionsSchema("Zone of timestamps without an offset; left out, such rows are refused");

type Options = z.output<typeof optionsSchema>;

const MAX_BYTES = 16 * 1024 * 1024;

/** Frames of history rows from a Niagara station, alone or in a list, with or without a description of the point. */
export const niagaraHistory: Dialect<Options> = {
  name: "niagara-history",
  version: 2,
  title: "Niagara histories",
  options: optionsSchema,
  topics: ["niagara/histories"],
  maxBytes: MAX_BYTES,
  equalInstant: "last",
  decode,
  recognise,
};

function decode(message: Message, options: Options): Decoded {
  const parsed = jsonOf(message.body);
  if (parsed.reject) return refused(parsed.reject);
  const items: Item[] = [];
  for (const frame of Array.isArray(parsed.value) ? parsed.value : [parsed.value]) readFrame(frame, options, items);
  if (items.length === 0) items.push({ type: "nothing", reason: "empty", detail: "The list of frames is empty." });
  return { items: inOrder(items) };
}

function readFrame(frame: unknown, options: Options, items: Item[]): void {
  const head = headOf(frame, options.plainStation);
  if ("code" in head) {
    items.push({ type: "reject", reject: head });
  } else if ("nothing" in head) {
    items.push({ type: "nothing", reason: "foreign", detail: head.nothing });
  } else if (head.rows.length === 0) {
    items.push(rejectItem({ code: "no-rows", sentence: `historyData of ${head.pointName} is empty.` }));
  } else {
    const place = { device: head.station, point: head.point, pointName: head.pointName, about: head.about };
    readRows(head.rows, { place, meaning: meaningOf(head.words, head.unit, options.units), zone: options.zone }, items);
  }
}

function recognise(topic: string, body: Uint8Array): Recognition | undefined {
  const parsed = jsonOf(body);
  const frame = Array.isArray(parsed.value) ? parsed.value[0] : parsed.value;
  const head = headOf(frame);
  if ("code" in head || "nothing" in head) return undefined;
  return {
    confidence: 0.95,
    evidence: `history frame of station ${quoted(head.station)} with ${head.rows.length === 1 ? "one row" : `${head.rows.length} rows`} of ${quoted(head.pointName)}`,
    filter: topic,
  };
}
