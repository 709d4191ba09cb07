import { z } from "zod";
import { MINUTE_MS } from "#calendar/civil.ts";
import { isZone, zoneNamed } from "#calendar/zone.ts";
import type { Decoded, Dialect, Recognition } from "#dialects/dialect.ts";
import { refused } from "#dialects/items.ts";
import { isObject, jsonOf } from "#dialects/json.ts";
import { kebab } from "#dialects/kebab.ts";
import { numberOf } from "#dialects/number.ts";
import { textOf } from "#dialects/text.ts";
import type { Message } from "#readings/message.ts";
import type { Item, Reading, RejectItem } from "#readings/reading.ts";
import { QUALITY } from "#series/quality.ts";
import { type Fields, flagsOf, integerOf, jsonFields, packedFields, present } from "./fields.ts";
import { intervalEnd, type LastInterval } from "./interval-end.ts";

const optionsSchema = z
  .strictObject({
    zone: z
      .string()
      .refine(isZone, "is no time zone; write it like America/Indiana/Indianapolis")
      .optional()
      .describe("Zone of the sender's clock; left out, the site's"),
    point: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "a point id is written like main or press-line")
      .optional()
      .describe("Id of the point; left out, `main`"),
    intervalMinutes: z.number().int().min(1).max(1440).default(15).describe("Length of an interval"),
  })
  .transform((given) => ({
    zone: given.zone === undefined ? undefined : zoneNamed(given.zone),
    point: given.point,
    intervalMs: given.intervalMinutes * MINUTE_MS,
  }));

type Options = z.output<typeof optionsSchema>;

/** The pulse output of a utility meter behind a PLC: finished intervals and single pulse messages in every form they were ever sent. */
export const kyzPulse: Dialect<Options> = {
  name: "kyz-pulse",
  version: 1,
  title: "KYZ pulses and intervals of a utility meter",
  options: optionsSchema,
  zoned: true,
  topics: ["pri/energy/kyz/pulseCount", "pri/energy/kyz/interval"],
  equalInstant: "first",
  decode,
  recognise,
};

const FULL = ["intervalend", "pulsecount", "kwh", "kw"] as const;
const DELTA = ["d", "pulsedelta"] as const;
const TOTAL = ["c", "pulsetotal", "t"] as const;

function decode(message: Message, options: Options, memory?: unknown): Decoded {
  const fields = fieldsOf(message.body);
  if (!isFields(fields)) return keep(refused(fields), memory);
  const quality = flagsOf(fields);
  if (typeof quality !== "number") return keep(refused(quality), memory);
  const place = placeOf(message.topic, options);
  if (FULL.every((name) => fields.has(name))) return full({ fields, quality, place, message }, options, memory);
  return keep(pulses(fields, quality, place), memory);
}

function isFields(found: Fields | RejectItem): found is Fields {
  return found instanceof Map;
}

/** What was remembered goes on to the next message. */
function keep(decoded: Decoded, memory: unknown): Decoded {
  return memory === undefined ? decoded : { items: decoded.items, memory };
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

interface Place {
  readonly device: string;
  readonly point: string;
  readonly pointName: string;
}

const KNOWN_ENDS = new Set(["pulsecount", "interval"]);
const USUAL_DEVICE = "pri/energy/kyz";

/** Both topics of a meter are one device: what stands before their last word. */
function placeOf(topic: string, options: Options): Place {
  const last = topic.lastIndexOf("/");
  const device = last > 0 && KNOWN_ENDS.has(topic.slice(last + 1).toLowerCase()) ? topic.slice(0, last) : topic;
  const point = options.point ?? (device === USUAL_DEVICE ? "main" : kebab(device) || "main");
  return { device, point, pointName: point === "main" ? "Main meter" : device === USUAL_DEVICE ? point : device };
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

type Said = Pick<Reading, "quantity" | "unit" | "kind" | "value" | "tMs" | "intervalMs">;

function item(place: Place, said: Said, quality: number): Item {
  return { type: "reading", reading: quality === 0 ? { ...place, ...said } : { ...place, ...said, quality } };
}

interface Full {
  readonly fields: Fields;
  readonly quality: number;
  readonly place: Place;
  readonly message: Message;
}

function full(at: Full, options: Options, memory: unknown): Decoded {
  const amounts = amountsOf(at.fields);
  if ("code" in amounts) return keep(refused(amounts), memory);
  if (options.zone === undefined) {
    return keep(
      refused({ code: "no-zone", sentence: "intervalEnd has no offset and the source no zone; set `zone` in its options or at its site." }),
      memory,
    );
  }
  const print = `${amounts.pulses} ${amounts.energyKwh} ${amounts.demandKw} ${amounts.totalKwh}`;
  const end = intervalEnd(at.fields.get("intervalend"), {
    zone: options.zone,
    receivedMs: at.message.receivedMs,
    print,
    last: lastOf(memory, at.place.device),
  });
  if ("code" in end) return keep(refused(end), memory);
  return {
    items: intervalItems(amounts, { ...at, quality: at.quality | end.quality }, { tMs: end.tMs, intervalMs: options.intervalMs }),
    memory: remembered(memory, at.place.device, { tMs: end.tMs, print }),
  };
}

interface Amounts {
  readonly pulses: number;
  readonly energyKwh: number;
  readonly demandKw: number;
  readonly totalKwh: number | undefined;
}

function amountsOf(fields: Fields): Amounts | RejectItem {
  const pulses = integerOf(fields, ["pulsecount"]);
  if (typeof pulses === "object") return pulses;
  const [energyKwh, demandKw] = [numberOf(fields.get("kwh"), "kWh"), numberOf(fields.get("kw"), "kW")];
  if (typeof energyKwh !== "number") return energyKwh;
  if (typeof demandKw !== "number") return demandKw;
  const totalKwh = present(fields.get("total_kwh")) ? numberOf(fields.get("total_kwh"), "total_kWh") : undefined;
  if (typeof totalKwh === "object") return totalKwh;
  if (pulses === undefined || Number.isNaN(energyKwh) || Number.isNaN(demandKw))
    return { code: "missing-value", sentence: "An interval needs pulseCount, kWh and kW; one of them is null or empty." };
  return { pulses, energyKwh, demandKw, totalKwh };
}

function intervalItems(amounts: Amounts, at: Full, when: { tMs: number; intervalMs: number }): Item[] {
  const { place, quality } = at;
  const items = [
    item(place, { quantity: "energy", unit: "kWh", kind: "interval", value: amounts.energyKwh, ...when }, quality),
    item(place, { quantity: "demand", unit: "kW", kind: "interval", value: amounts.demandKw, ...when }, quality),
    item(place, { quantity: "interval-pulses", unit: "pulse", kind: "interval", value: amounts.pulses, ...when }, quality),
  ];
  if (amounts.totalKwh !== undefined)
    items.push(item(place, { quantity: "energy-total", unit: "kWh", kind: "counter", value: amounts.totalKwh, tMs: when.tMs }, quality));
  return items;
}

const MOST_REMEMBERED = 200;

function lastOf(memory: unknown, device: string): LastInterval | undefined {
  if (!isObject(memory) || !Object.hasOwn(memory, device)) return undefined;
  const last = memory[device];
  return isObject(last) && typeof last["tMs"] === "number" && typeof last["print"] === "string"
    ? { tMs: last["tMs"], print: last["print"] }
    : undefined;
}

function remembered(memory: unknown, device: string, last: LastInterval): unknown {
  const others = isObject(memory) ? Object.entries(memory).filter(([name]) => name !== device) : [];
  return Object.fromEntries([...others.slice(-MOST_REMEMBERED + 1), [device, last]]);
}

function recognise(topic: string, body: Uint8Array): Recognition | undefined {
  const fields = fieldsOf(body);
  if (!isFields(fields)) return undefined;
  const filter = topic;
  if (FULL.every((name) => fields.has(name)))
    return { confidence: 0.97, evidence: "an interval with intervalEnd, pulseCount, kWh and kW", filter };
  const decoded = pulses(fields, 0, placeOf(topic, { zone: undefined, point: undefined, intervalMs: 0 }));
  if (decoded.items.some((found) => found.type !== "reading")) return undefined;
  const named = fields.has("pulsedelta") || fields.has("pulsetotal") || fields.has("r17exclude") || fields.has("kyzinvalidalarm");
  if (named || /kyz|pulse/i.test(topic))
    return { confidence: named ? 0.95 : 0.8, evidence: `pulse message with ${[...fields.keys()].slice(0, 4).join(", ")}`, filter };
  return undefined;
}
