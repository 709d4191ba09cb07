import { z } from "zod";
import type { Decoded, Dialect, Recognition } from "#dialects/dialect.ts";
import { nothing, refused } from "#dialects/items.ts";
import { isObject, type JsonObject, objectOf, own } from "#dialects/json.ts";
import { quoted, textOf } from "#dialects/text.ts";
import type { Message } from "#readings/message.ts";
import type { Item } from "#readings/reading.ts";
import { componentItems, componentOf, DEVICE_TEMPERATURE, labelsIn } from "./components.ts";
import { type ShellyTopic, shellyTopic } from "./topic.ts";

const optionsSchema = z.strictObject({
  deviceTemperature: z.boolean().default(true).describe("Keep the temperature inside the device as a diagnostic series"),
});

type Options = z.output<typeof optionsSchema>;

/** Shelly devices of the second generation and later: the status of their metering components, whole or as it changes. */
export const shellyRpc: Dialect<Options> = {
  name: "shelly-rpc",
  version: 1,
  title: "Shelly plugs, relays and meters (Gen2 and later)",
  options: optionsSchema,
  topics: ["+/status/+", "+/events/rpc", "+/online"],
  equalInstant: "last",
  decode,
  recognise,
};

function decode(message: Message, options: Options): Decoded {
  const topic = shellyTopic(message.topic);
  if (topic === undefined) return nothing("foreign", "A Shelly device tells its readings on status/COMPONENT and events/rpc.");
  const { device, channel, component } = topic;
  if (channel === "online") return online(message.body, device);
  if (channel === "status" && componentOf(component) === undefined) return nothing("status", `${quoted(component)} measures nothing.`);
  const parsed = objectOf(message.body);
  if (parsed.reject) return refused(parsed.reject);
  const told = tellingOf(topic, parsed.value ?? {});
  if ("items" in told) return told;
  const found = told.statuses.flatMap(([key, status]) => componentItems(status, { key, device, tMs: told.tMs }));
  const items = options.deviceTemperature ? found : found.filter((item) => !isWarmth(item));
  return items.length > 0 ? { items } : nothing("status", "No measured value in this message.");
}

function isWarmth(item: Item): boolean {
  return item.type === "reading" && item.reading.quantity === DEVICE_TEMPERATURE;
}

/** `true` and `false`, the device's last will: a status, not a reading. */
function online(body: Uint8Array, device: string): Decoded {
  const text = textOf(body);
  if (typeof text !== "string") return refused(text);
  const said = text.trim();
  if (said !== "true" && said !== "false") return nothing("foreign", `${quoted(said)} is neither true nor false.`);
  return nothing("status", `${quoted(device)} is ${said === "true" ? "online" : "offline"}.`);
}

/** The statuses that a message tells, each by the key of its component, and the device's instant where it is credible. */
interface Telling {
  readonly statuses: readonly (readonly [key: string, status: unknown])[];
  readonly tMs: number | undefined;
}

function tellingOf({ channel, component }: ShellyTopic, body: JsonObject): Telling | Decoded {
  if (channel === "status") return { statuses: [[component, body]], tMs: undefined };
  const method = own(body, "method");
  if (typeof method !== "string") return nothing("foreign", "No method in this message.");
  if (method !== "NotifyStatus" && method !== "NotifyFullStatus") return nothing("status", `${quoted(method)} tells no status.`);
  const params = own(body, "params");
  if (isObject(params)) return { statuses: Object.entries(params), tMs: instantOf(own(params, "ts")) };
  const found = params === undefined ? "missing" : quoted(params);
  return refused({ code: "no-params", sentence: `params of ${method} is ${found}; an object of components was expected.` });
}

/** Gen2 came in 2021. Until a device has heard the network time, its `ts` counts from its start. */
const YEAR_2020_S = 1_577_836_800;
const SECOND_MS = 1_000;

function instantOf(ts: unknown): number | undefined {
  if (typeof ts !== "number" || ts < YEAR_2020_S) return undefined;
  const tMs = Math.round(ts * SECOND_MS);
  return Number.isFinite(tMs) ? tMs : undefined;
}

const CERTAIN = 0.95;
const LIKELY = 0.7;
const MOST_LISTED = 4;

function recognise(topic: string, body: Uint8Array): Recognition | undefined {
  const at = shellyTopic(topic);
  if (at === undefined || at.channel === "online") return undefined;
  const parsed = objectOf(body);
  if (parsed.reject) return undefined;
  const told = tellingOf(at, parsed.value ?? {});
  if ("items" in told) return undefined;
  const notified = at.channel === "events";
  for (const [key, status] of told.statuses) {
    const labels = labelsIn(status, key);
    if (labels.length === 0) continue;
    return {
      confidence: notified || labels.length > 1 ? CERTAIN : LIKELY,
      evidence: `${notified ? "status notification" : "status"} of ${key} with ${labels.slice(0, MOST_LISTED).join(", ")}`,
      filter: notified ? topic : `${at.device}/status/+`,
    };
  }
  return undefined;
}
