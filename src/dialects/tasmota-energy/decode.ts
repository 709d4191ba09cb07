import { z } from "zod";
import type { Decoded, Dialect, Recognition } from "#dialects/dialect.ts";
import { nothing, refused } from "#dialects/items.ts";
import { isObject, objectOf, own } from "#dialects/json.ts";
import { deviceClockSeconds } from "#dialects/tasmota-clock.ts";
import { deviceFilter, lastWill, sensorBody, TASMOTA_TOPICS, tasmotaTopic, whyNothing } from "#dialects/tasmota-message.ts";
import type { Message } from "#readings/message.ts";
import { channelPlace, energyItems, FIELDS } from "./channels.ts";

const optionsSchema = z.strictObject({
  deviceTime: z.boolean().default(false).describe("Keep the device's own clock as a diagnostic series"),
});

type Options = z.output<typeof optionsSchema>;

/** Plugs, relays and energy monitors with stock Tasmota: the ENERGY object, alone or with channels. */
export const tasmotaEnergy: Dialect<Options> = {
  name: "tasmota-energy",
  version: 1,
  title: "Tasmota energy",
  options: optionsSchema,
  topics: [...TASMOTA_TOPICS, "stat/+/STATUS8", "stat/+/STATUS10"],
  equalInstant: "last",
  decode,
  recognise,
};

function decode(message: Message, options: Options): Decoded {
  const topic = tasmotaTopic(message.topic);
  if (topic.verb === "LWT") return lastWill(message.body, topic.device);
  const parsed = objectOf(message.body);
  if (parsed.reject) return refused(parsed.reject);
  const body = sensorBody(parsed.value ?? {});
  const energy = own(body, "ENERGY");
  if (!isObject(energy)) return nothing(whyNothing(topic), `No ENERGY object in this ${topic.verb} message.`);
  const items = energyItems(energy, topic.device);
  if (options.deviceTime && items.length > 0) {
    const seconds = deviceClockSeconds(own(body, "Time"));
    if (seconds !== undefined)
      items.push({
        type: "reading",
        reading: { ...channelPlace(topic.device, 0), quantity: "device-time", unit: "s", kind: "gauge", value: seconds },
      });
  }
  return items.length > 0 ? { items } : nothing("empty", "The ENERGY object holds no value that is known.");
}

const CERTAIN = 0.95;
const LIKELY = 0.75;

function recognise(topic: string, body: Uint8Array): Recognition | undefined {
  const at = tasmotaTopic(topic);
  const parsed = objectOf(body);
  if (parsed.reject) return undefined;
  const energy = own(sensorBody(parsed.value ?? {}), "ENERGY");
  if (!isObject(energy)) return undefined;
  const found = FIELDS.map((field) => field.label).filter((label) => own(energy, label) !== undefined);
  if (found.length === 0) return undefined;
  return {
    confidence: found.length > 1 && at.prefixed ? CERTAIN : LIKELY,
    evidence: `ENERGY object with ${found.slice(0, 4).join(", ")}`,
    filter: deviceFilter(topic),
  };
}
