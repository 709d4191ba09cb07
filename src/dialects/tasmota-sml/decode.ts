import type { Decoded, Dialect, Recognition } from "#dialects/dialect.ts";
import { nothing, refused, rejectItem } from "#dialects/items.ts";
import { isObject, type JsonObject, objectOf, own } from "#dialects/json.ts";
import { numberOf } from "#dialects/number.ts";
import { deviceClockSeconds } from "#dialects/tasmota-clock.ts";
import { energyItems } from "#dialects/tasmota-energy/channels.ts";
import {
  deviceFilter,
  lastWill,
  sensorBody,
  TASMOTA_TOPICS,
  type TasmotaTopic,
  tasmotaTopic,
  whyNothing,
} from "#dialects/tasmota-message.ts";
import { quoted } from "#dialects/text.ts";
import type { Message } from "#readings/message.ts";
import type { Item } from "#readings/reading.ts";
import { type Field, mayBeMeter, type Options, optionsSchema } from "./fields.ts";
import { type Place, placeOf, reading } from "./place.ts";

/** Every meter script of a Tasmota reader head, whatever its groups and labels are called. */
export const tasmotaSml: Dialect<Options> = {
  name: "tasmota-sml",
  version: 1,
  title: "Tasmota SML",
  options: optionsSchema,
  topics: TASMOTA_TOPICS,
  equalInstant: "last",
  decode,
  recognise,
};

const DEVICE_TIME: Field = { quantity: "device-time", unit: "s", kind: "gauge" };

function decode(message: Message, options: Options): Decoded {
  const topic = tasmotaTopic(message.topic);
  if (topic.verb === "LWT") return lastWill(message.body, topic.device);
  const parsed = objectOf(message.body);
  if (parsed.reject) return refused(parsed.reject);
  const body = sensorBody(parsed.value as JsonObject);
  const items: Item[] = [];
  for (const name of Object.keys(body)) {
    const group = body[name];
    if (!isObject(group) || !isMeter(name, group, options)) continue;
    readGroup({ name, group, topic, body }, options, items);
  }
  const energy = options.energy ? own(body, "ENERGY") : undefined;
  if (isObject(energy)) items.push(...energyItems(energy, topic.device));
  if (items.length > 0) return { items };
  return nothing(whyNothing(topic), `No meter group in this ${topic.verb} message.`);
}

function isMeter(name: string, group: JsonObject, options: Options): boolean {
  if (options.groups !== undefined) return options.groups.has(name);
  if (!mayBeMeter(name)) return false;
  for (const label of Object.keys(group)) {
    const meaning = options.labels.meaning(label);
    if (meaning !== undefined && meaning !== "serial" && isMeterQuantity(meaning)) return true;
  }
  return false;
}

/** A group that only tells a voltage or a frequency is some other sensor's. */
function isMeterQuantity(field: Field): boolean {
  return field.quantity.startsWith("energy") || field.quantity.startsWith("power");
}

interface Group {
  readonly name: string;
  readonly group: JsonObject;
  readonly topic: TasmotaTopic;
  readonly body: JsonObject;
}

function readGroup(at: Group, options: Options, items: Item[]): void {
  const place = placeOf({ name: at.name, group: at.group, device: at.topic.device }, options);
  const first = items.length;
  const seen: string[] = [];
  for (const label of Object.keys(at.group)) {
    const field = options.labels.meaning(label);
    if (field === undefined || field === "serial" || seen.includes(field.quantity)) continue;
    const value = numberOf(at.group[label], label);
    if (typeof value !== "number") {
      items.push(rejectItem({ code: value.code, sentence: `${at.name}: ${value.sentence}` }));
      continue;
    }
    seen.push(field.quantity);
    items.push({ type: "reading", reading: reading(place, field, value) });
  }
  const noClockYet = first === 0 && items.length > first;
  if (options.deviceTime && noClockYet) deviceTime(own(at.body, "Time"), place, items);
}

/** The reader's clock is local without a zone and starts in 1970: kept beside the readings, never used to stamp them. */
function deviceTime(raw: unknown, place: Place, items: Item[]): void {
  const seconds = deviceClockSeconds(raw);
  if (seconds !== undefined) items.push({ type: "reading", reading: reading(place, DEVICE_TIME, seconds) });
}

const USUAL = optionsSchema.parse({});
const CERTAIN = 0.95;
const LIKELY = 0.7;

function recognise(topic: string, body: Uint8Array): Recognition | undefined {
  const at = tasmotaTopic(topic);
  if (at.verb !== "SENSOR" && !at.verb.startsWith("STATUS")) return undefined;
  const parsed = objectOf(body);
  if (parsed.reject) return undefined;
  const sensor = sensorBody(parsed.value as JsonObject);
  for (const name of Object.keys(sensor)) {
    const group = sensor[name];
    if (!isObject(group) || !isMeter(name, group, USUAL)) continue;
    const labels = Object.keys(group).filter((label) => USUAL.labels.meaning(label) !== undefined);
    return {
      confidence: labels.length > 1 && at.prefixed ? CERTAIN : LIKELY,
      evidence: `group ${name === "" ? "without a name" : quoted(name).slice(1, -1)} with ${listed(labels)}`,
      filter: deviceFilter(topic),
    };
  }
  return undefined;
}

const MOST_LISTED = 4;

function listed(labels: readonly string[]): string {
  const shown = labels.slice(0, MOST_LISTED).map((label) => quoted(label).slice(1, -1));
  if (shown.length < 2) return shown.join("");
  return `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
