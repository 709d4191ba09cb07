import { instantOf, readTime } from "#calendar/time-text.ts";
import type { Decoded, Dialect } from "#dialects/dialect.ts";
import { nothing, refused } from "#dialects/items.ts";
import { jsonOf } from "#dialects/json.ts";
import { kebab } from "#dialects/kebab.ts";
import { numberOf } from "#dialects/number.ts";
import { type ToldInstant, toldInstant } from "#dialects/repeated-hour.ts";
import { quoted, textOf } from "#dialects/text.ts";
import type { Message } from "#readings/message.ts";
import type { Item, Reading, RejectItem } from "#readings/reading.ts";
import { type Options, optionsSchema, type ReadingRule } from "./options.ts";
import { type Pointer, pointedAt } from "./pointer.ts";
import type { Parts } from "./template.ts";

/** Any JSON or plain value on any topic, as the configuration describes it. */
export const mappedJson: Dialect<Options> = {
  name: "mapped-json",
  version: 1,
  title: "Mapped JSON",
  options: optionsSchema,
  zoned: true,
  topics: [],
  equalInstant: "last",
  decode,
  // What only a person can describe is not guessed.
  recognise: () => undefined,
};

function decode(message: Message, options: Options): Decoded {
  const parts = options.pattern.match(message.topic);
  if (parts === undefined) return nothing("foreign", `The topic ${quoted(message.topic)} does not fit the pattern.`);
  const document = documentOf(message.body, options);
  if ("reject" in document) return refused(document.reject);
  const when = timeOf(document.value, message.receivedMs, options);
  if (when !== undefined && "code" in when) return refused(when);
  const items: Item[] = [];
  for (const rule of options.readings) {
    const item = readOne(rule, { document: document.value, parts, when }, options);
    if (item !== undefined) items.push(item);
  }
  return items.length > 0 ? { items } : nothing("empty", "The message has none of the described values.");
}

/** A body that is no JSON is a plain value where the configuration expects one. */
function documentOf(body: Uint8Array, options: Options): { value: unknown } | { reject: RejectItem } {
  const parsed = jsonOf(body);
  if (!parsed.reject) return { value: parsed.value };
  if (!options.plain || (parsed.reject.code !== "not-json" && parsed.reject.code !== "empty")) return { reject: parsed.reject };
  const text = textOf(body);
  if (typeof text !== "string") return { reject: text };
  return /^\s*[[{"]/.test(text) ? { reject: parsed.reject } : { value: text };
}

interface Said {
  readonly document: unknown;
  readonly parts: Parts;
  readonly when: ToldInstant | undefined;
}

function readOne(rule: ReadingRule, said: Said, options: Options): Item | undefined {
  const raw = pointedAt(said.document, rule.pointer);
  if (raw === undefined) {
    return rule.missing === "nothing"
      ? undefined
      : { type: "reject", reject: { code: "missing-value", sentence: `The message has nothing at ${rule.where}.` } };
  }
  const value = rule.kind === "state" ? stateOf(raw, rule.where) : numberOf(raw, rule.where, options.numbers);
  if (typeof value === "object") return { type: "reject", reject: value };
  const reading: { -readonly [K in keyof Reading]: Reading[K] } = {
    ...namesOf(rule, said, options),
    unit: rule.unit,
    kind: rule.kind,
    value,
  };
  Object.assign(reading, timeOfRule(rule, said.when, options));
  const serial = textAt(said.document, options.serial);
  if (serial !== undefined) reading.serial = serial;
  const status = textAt(said.document, rule.status);
  if (status !== undefined) reading.status = status;
  return { type: "reading", reading };
}

function timeOfRule(rule: ReadingRule, when: ToldInstant | undefined, options: Options): Pick<Reading, "tMs" | "intervalMs" | "quality"> {
  const length = rule.intervalMs === undefined ? {} : { intervalMs: rule.intervalMs };
  if (when === undefined) return length;
  const tMs = options.time?.label === "start" ? when.tMs + (rule.intervalMs ?? 0) : when.tMs;
  return when.quality === 0 ? { tMs, ...length } : { tMs, ...length, quality: when.quality };
}

function namesOf(rule: ReadingRule, said: Said, options: Options): Pick<Reading, "device" | "point" | "pointName" | "quantity"> {
  const spoken = rule.point.fill(said.parts);
  const point = kebab(spoken);
  const device = options.device?.fill(said.parts) ?? said.parts.get("device") ?? spoken;
  const named = rule.pointName?.fill(said.parts) ?? textAt(said.document, rule.namePointer);
  return { device, point, pointName: named?.trim() || spoken, quantity: kebab(rule.quantity.fill(said.parts)) };
}

function stateOf(raw: unknown, where: string): string | number | RejectItem {
  if (raw === null) return Number.NaN;
  if (typeof raw === "string") return raw.trim();
  if (typeof raw === "boolean" || typeof raw === "number") return String(raw);
  return { code: "not-a-state", sentence: `${where} is ${quoted(raw)}, not a word or number.` };
}

const MAX_TEXT = 200;

function textAt(document: unknown, pointer: Pointer | undefined): string | undefined {
  if (pointer === undefined) return undefined;
  const raw = pointedAt(document, pointer);
  const text = typeof raw === "string" ? raw.trim() : typeof raw === "number" ? String(raw) : "";
  return text === "" ? undefined : text.slice(0, MAX_TEXT);
}

function timeOf(document: unknown, receivedMs: number, options: Options): ToldInstant | RejectItem | undefined {
  if (options.time === undefined) return undefined;
  const raw = pointedAt(document, options.time.pointer);
  const { format, where } = options.time;
  if (format === "iso") return isoInstant(raw, receivedMs, options);
  const value = raw === undefined ? Number.NaN : numberOf(raw, where);
  if (typeof value === "object" || Number.isNaN(value))
    return {
      code: "bad-time",
      sentence: `The time at ${where} is ${raw === undefined ? "missing" : quoted(raw)}, not a number (${format}).`,
    };
  return { tMs: Math.round(format === "epoch-s" ? value * 1000 : value), quality: 0 };
}

function isoInstant(raw: unknown, receivedMs: number, options: Options): ToldInstant | RejectItem {
  const where = options.time?.where ?? "the message";
  const time = typeof raw === "string" ? readTime(raw.trim()) : undefined;
  if (time === undefined)
    return {
      code: "bad-time",
      sentence: `The time at ${where} is ${raw === undefined ? "missing" : quoted(raw)}, not written like 2026-01-31T14:15:00Z.`,
    };
  const tMs = instantOf(time);
  if (tMs !== undefined) return { tMs, quality: 0 };
  if (options.zone === undefined)
    return { code: "no-offset", sentence: `The time ${quoted(raw)} has no offset; set \`zone\` in the source's options or at its site.` };
  return (
    toldInstant(time.localMs, options.zone, receivedMs) ?? {
      code: "no-such-time",
      sentence: `The time ${quoted(raw)} is one the clock of ${options.zone.id} never shows.`,
    }
  );
}
