import { z } from "zod";
import { instantOf, readTime } from "#calendar/time-text.ts";
import { isZone, type Zone, zoneNamed } from "#calendar/zone.ts";
import type { Decoded, Dialect, Recognition } from "#dialects/dialect.ts";
import { refused, rejectItem } from "#dialects/items.ts";
import { type JsonObject, objectOf, own } from "#dialects/json.ts";
import { kebab } from "#dialects/kebab.ts";
import { numberOf } from "#dialects/number.ts";
import { toldInstant } from "#dialects/repeated-hour.ts";
import { quoted } from "#dialects/text.ts";
import type { Message } from "#readings/message.ts";
import type { Item, Reading, RejectItem } from "#readings/reading.ts";

const optionsSchema = z
  .strictObject({
    zone: z
      .string()
      .refine(isZone, "is no time zone; write it like +10:00")
      .optional()
      .describe("Zone of event times without an offset; left out, such messages are refused"),
  })
  .transform((given) => ({ zone: given.zone === undefined ? undefined : zoneNamed(given.zone) }));

type Options = z.output<typeof optionsSchema>;

/** Two streams of an electricity market: what its power stations make, and what the market as a whole pays and needs. */
export const marketStream: Dialect<Options> = {
  name: "market-stream",
  version: 1,
  title: "Electricity market",
  options: optionsSchema,
  topics: ["a02/facility_metrics/v1/stream", "a02/market_metrics/v1/stream"],
  equalInstant: "last",
  decode,
  recognise,
};

type Said = Pick<Reading, "quantity" | "unit" | "kind">;

const FACILITY: readonly (readonly [key: string, said: Said])[] = [
  ["power", { quantity: "power", unit: "MW", kind: "gauge" }],
  ["emissions", { quantity: "emissions", unit: "t", kind: "gauge" }],
  ["longitude", { quantity: "longitude", unit: "°", kind: "gauge" }],
  ["latitude", { quantity: "latitude", unit: "°", kind: "gauge" }],
];

const METRICS: ReadonlyMap<string, Said> = new Map([
  ["price", { quantity: "spot-price", unit: "$/MWh", kind: "price" }],
  ["demand", { quantity: "market-demand", unit: "MW", kind: "gauge" }],
  ["demand_energy", { quantity: "market-demand-energy", unit: "MWh", kind: "gauge" }],
  ["curtailment", { quantity: "curtailment", unit: "MW", kind: "gauge" }],
  ["curtailment_solar_utility", { quantity: "curtailment-solar", unit: "MW", kind: "gauge" }],
  ["curtailment_wind", { quantity: "curtailment-wind", unit: "MW", kind: "gauge" }],
  ["renewable_proportion", { quantity: "renewable-share", unit: "%", kind: "gauge" }],
]);

function decode(message: Message, options: Options): Decoded {
  const parsed = objectOf(message.body);
  if (parsed.reject) return refused(parsed.reject);
  const body = parsed.value ?? {};
  const when = eventTime(own(body, "event_time"), options.zone, message.receivedMs);
  if ("code" in when) return refused(when);
  if (own(body, "facility_id") !== undefined) return facility(body, when);
  if (own(body, "network_code") !== undefined || own(body, "metric") !== undefined) return market(body, when);
  return refused({ code: "no-market-message", sentence: "The message holds neither a facility_id nor a network_code with a metric." });
}

interface When {
  readonly tMs: number;
  readonly quality?: number;
}

function eventTime(raw: unknown, zone: Zone | undefined, receivedMs: number): When | RejectItem {
  const time = typeof raw === "string" ? readTime(raw.trim()) : undefined;
  if (time === undefined)
    return {
      code: "bad-time",
      sentence: `event_time is ${raw === undefined ? "missing" : quoted(raw)}, no time like 2026-01-31T14:15:00+00:00.`,
    };
  const tMs = instantOf(time);
  if (tMs !== undefined) return { tMs };
  if (zone === undefined)
    return {
      code: "no-offset",
      sentence: `event_time ${quoted(raw)} has no offset; set \`zone\` in the source's options, for the NEM to +10:00.`,
    };
  const told = toldInstant(time.localMs, zone, receivedMs);
  if (told === undefined)
    return { code: "no-such-time", sentence: `event_time ${quoted(raw)} is a time the clock of ${zone.id} never shows.` };
  return told.quality === 0 ? { tMs: told.tMs } : told;
}

function facility(body: JsonObject, when: When): Decoded {
  const id = nameOf(own(body, "facility_id"));
  if (id === undefined) return refused({ code: "no-name", sentence: `facility_id is ${quoted(own(body, "facility_id"))}, not a name.` });
  const items: Item[] = [];
  for (const [key, said] of FACILITY) {
    const raw = own(body, key);
    if (raw === undefined || (raw === null && said.unit === "°")) continue;
    items.push(itemOf(raw, key, { ...place(id), ...said, ...when }));
  }
  return items.length > 0
    ? { items }
    : refused({ code: "missing-value", sentence: `The message of ${quoted(id)} holds neither power nor emissions.` });
}

function market(body: JsonObject, when: When): Decoded {
  const [network, metric] = [nameOf(own(body, "network_code")), nameOf(own(body, "metric"))];
  if (network === undefined || metric === undefined) {
    return refused({ code: "no-name", sentence: "network_code and metric must both be names; one of them is missing or no text." });
  }
  const raw = own(body, "value");
  if (raw === undefined)
    return refused({ code: "missing-value", sentence: `The message of ${quoted(network)} holds no value for ${quoted(metric)}.` });
  const said = METRICS.get(metric.toLowerCase()) ?? { quantity: kebab(metric) || "value", unit: "", kind: "gauge" as const };
  return { items: [itemOf(raw, metric, { ...place(network), ...said, ...when })] };
}

/** A null is an hour the market has not told yet: a stated absence. */
function itemOf(raw: unknown, key: string, reading: Omit<Reading, "value">): Item {
  const value = numberOf(raw, key);
  if (typeof value === "number") return { type: "reading", reading: { ...reading, value } };
  return rejectItem({ code: value.code, sentence: `${reading.pointName}: ${value.sentence}` });
}

function nameOf(raw: unknown): string | undefined {
  return typeof raw === "string" && raw.trim() !== "" ? raw.trim() : undefined;
}

function place(name: string): Pick<Reading, "device" | "point" | "pointName"> {
  return { device: name, point: kebab(name), pointName: name };
}

function recognise(topic: string, body: Uint8Array): Recognition | undefined {
  const parsed = objectOf(body);
  if (parsed.reject) return undefined;
  const message = parsed.value ?? {};
  if (typeof own(message, "event_time") !== "string") return undefined;
  const id = nameOf(own(message, "facility_id"));
  if (id !== undefined && own(message, "power") !== undefined)
    return { confidence: 0.95, evidence: `facility_id ${quoted(id)} with power and event_time`, filter: topic };
  const metric = nameOf(own(message, "metric"));
  if (nameOf(own(message, "network_code")) === undefined || metric === undefined) return undefined;
  return { confidence: 0.95, evidence: `network_code with metric ${quoted(metric)} and event_time`, filter: topic };
}
