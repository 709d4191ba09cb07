import type { z } from "zod";
import type { Decoded, Dialect, Recognition } from "#dialects/dialect.ts";
import { itemOf, nothing, refused } from "#dialects/items.ts";
import { niagaraOptionsSchema } from "#dialects/niagara-options.ts";
import { historyPlace } from "#dialects/niagara-place.ts";
import type { Message } from "#readings/message.ts";
import { readObix } from "./obix-answer.ts";
import { itemsOfRecords, itemsOfRollups, type ObixHistory } from "./obix-readings.ts";

const optionsSchema = niagaraOptionsSchema("Zone of times that carry neither an offset nor a zone");

type Options = z.output<typeof optionsSchema>;

const MAX_BYTES = 16 * 1024 * 1024;

/** Answers of oBIX to questions about a history, as a gateway passes them on: the topic names station and history. */
export const obixHistory: Dialect<Options> = {
  name: "obix-history",
  version: 1,
  title: "oBIX histories",
  options: optionsSchema,
  topics: ["obix/histories/+/+"],
  maxBytes: MAX_BYTES,
  equalInstant: "last",
  decode,
  recognise,
};

function decode(message: Message, options: Options): Decoded {
  const answer = readObix(message.body);
  if (answer.kind === "unreadable") return refused(answer.reject);
  if (answer.kind === "error") return refused({ code: "obix-error", sentence: answer.sentence });
  if (answer.kind === "object") return nothing("foreign", "An answer of oBIX without a list of records.");
  const history = historyOf(message.topic, options);
  const items = answer.kind === "records" ? itemsOfRecords(answer.records, history) : itemsOfRollups(answer.rollups, history);
  return items.length === 0 ? nothing("empty", "The history has no records in this span.") : { items: items.map(itemOf) };
}

/** `…/histories/STATION/HISTORY`, else the last two levels. */
function historyOf(topic: string, { plainStation, units, zone }: Options): ObixHistory {
  const [station, path] = topic
    .split("/")
    .filter((level) => level !== "")
    .slice(-2);
  const name = path === undefined ? { path: station ?? "" } : { path, ...(station === undefined ? {} : { station }) };
  return { place: historyPlace({ ...name, ...(plainStation === undefined ? {} : { plainStation }) }), units, zone };
}

const HEAD_BYTES = 1_024;

function recognise(topic: string, body: Uint8Array): Recognition | undefined {
  const head = new TextDecoder().decode(body.subarray(0, HEAD_BYTES));
  const contract = /\bis="(obix:History(?:Query|Rollup)Out)\b/.exec(head)?.[1];
  return contract === undefined ? undefined : { confidence: 0.95, evidence: `a document that is ${contract}`, filter: topic };
}
