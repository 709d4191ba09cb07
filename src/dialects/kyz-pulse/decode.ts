import type { Decoded, Dialect, Recognition } from "#dialects/dialect.ts";
import { refused } from "#dialects/items.ts";
import { jsonOf } from "#dialects/json.ts";
import { textOf } from "#dialects/text.ts";
import type { Message } from "#readings/message.ts";
import type { Item, RejectItem } from "#readings/reading.ts";
import { QUALITY } from "#series/quality.ts";
import { type Fields, flagsOf, integerOf, jsonFields, packedFields } from "./fields.ts";
import { decodeInterval, isWholeInterval } from "./interval.ts";
import { keep } from "./memory.ts";
import { type Options, optionsSchema } from "./options.ts";
import { item, type Place, placeOf } from "./place.ts";

/** The pulse output of a utility meter behind a PLC: finished intervals and single pulse messages in every form they were ever sent. */
export const kyzPulse: Dialect<Options> = {
  name: "kyz-pulse",
  version: 1,
  title: "KYZ pulses",
  options: optionsSchema,
  zoned: true,
  topics: ["pri/energy/kyz/pulseCount", "pri/energy/kyz/interval"],
  equalInstant: "first",
  decode,
  recognise,
};

const DELTA = ["d", "pulsedelta"] as const;
const TOTAL = ["c", "pulsetotal", "t"] as const;

function decode(message: Message, options: Options, memory?: unknown): Decoded {
  const fields = fieldsOf(message.body);
  if (!isFields(fields)) return keep(refused(fields), memory);
  const quality = flagsOf(fields);
  if (typeof quality !== "number") return keep(refused(quality), memory);
  const place = placeOf(message.topic, options);
  if (isWholeInterval(fields)) {
    return decodeInterval({ fields, quality, place, receivedMs: message.receivedMs }, options, memory);
  }
  return keep(pulses(fields, quality, place), memory);
}

function isFields(found: Fields | RejectItem): found is Fields {
  return found instanceof Map;
}

const LETTER = /^\s*[a-zA-Z]\w*\s*=/;
const START_BYTES = 40;

function fieldsOf(body: Uint8Array): Fields | RejectItem {
  const start = textOf(body.subarray(0, START_BYTES));
  const packed = typeof start === "string" && LETTER.test(start);
  const parsed = packed ? undefined : jsonOf(body);
  if (parsed && !parsed.reject) return jsonFields(parsed.value);
  if (parsed && parsed.reject.code !== "not-json") return parsed.reject;
  const text = textOf(body);
  if (typeof text !== "string") return text;
  return parsed && /^\s*[[{]/.test(text) ? parsed.reject : packedFields(text);
}

function pulses(fields: Fields, quality: number, place: Place): Decoded {
  const delta = integerOf(fields, DELTA);
  if (typeof delta === "object") return refused(delta);
  const total = integerOf(fields, TOTAL);
  if (typeof total === "object") return refused(total);
  const items: Item[] = [];
  if (delta !== undefined)
    items.push(
      item(place, { quantity: "pulses", unit: "pulse", kind: "delta", value: delta }, delta < 0 ? quality | QUALITY.suspect : quality),
    );
  if (total !== undefined) items.push(item(place, { quantity: "pulses-total", unit: "pulse", kind: "counter", value: total }, quality));
  return items.length > 0
    ? { items }
    : refused({
        code: "no-pulses",
        sentence: "The message holds neither a pulse count (d, pulseDelta) nor a register (c, t, pulseTotal), nor a whole interval.",
      });
}

function recognise(topic: string, body: Uint8Array): Recognition | undefined {
  const fields = fieldsOf(body);
  if (!isFields(fields)) return undefined;
  const filter = topic;
  if (isWholeInterval(fields)) return { confidence: 0.97, evidence: "an interval with intervalEnd, pulseCount, kWh and kW", filter };
  const decoded = pulses(fields, 0, placeOf(topic, { point: undefined }));
  if (decoded.items.some((found) => found.type !== "reading")) return undefined;
  const named = fields.has("pulsedelta") || fields.has("pulsetotal") || fields.has("r17exclude") || fields.has("kyzinvalidalarm");
  if (named || /kyz|pulse/i.test(topic))
    return { confidence: named ? 0.95 : 0.8, evidence: `pulse message with ${[...fields.keys()].slice(0, 4).join(", ")}`, filter };
  return undefined;
}
