import type { RejectItem } from "#readings/reading.ts";
import { textOf } from "./text.ts";

export const MAX_DEPTH = 64;
/** Keys of one object; a longer list of rows is fine. */
export const MAX_KEYS = 2_000;

/** What a body held: a value, or why it holds none. */
export type Parsed = { readonly value: unknown; readonly reject?: undefined } | { readonly value?: undefined; readonly reject: RejectItem };

/** A JSON object: read it with `own` alone, for its keys are the sender's. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * A body as JSON.
 * Errors: `not-utf8`, `too-deep`, `too-many-keys`, `not-json` (also for bare NaN and Infinity) and `empty`.
 */
export function jsonOf(body: Uint8Array): Parsed {
  const shape = shapeProblem(body);
  if (shape !== undefined) return { reject: shape };
  const text = textOf(body);
  if (typeof text !== "string") return { reject: text };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { reject: notJson(text) };
  }
}

function notJson(text: string): RejectItem {
  if (text.trim() === "") return { code: "empty", sentence: "The message is empty." };
  const token = /(?<=^|[[:,\s])[-+]?(?:NaN|Infinity)\b/.exec(text);
  if (token)
    return { code: "not-json", sentence: `The message is not JSON: it holds the bare word ${token[0]}, which JSON does not know.` };
  return { code: "not-json", sentence: "The message is not JSON: it is cut short or written otherwise." };
}

const QUOTE = 0x22;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** A key with its value takes at least `"":0,`. */
const SHORTEST_KEY_BYTES = 5;
const CASE_BIT = 0x20;

/** A short body with few brackets is neither deep nor wide, whatever stands in its texts; most messages end here. */
function isHarmless(body: Uint8Array): boolean {
  if (body.length > MAX_KEYS * SHORTEST_KEY_BYTES) return false;
  let opened = 0;
  // The two opening brackets differ in one bit.
  for (let i = 0; i < body.length; i++) if (((body[i] as number) | CASE_BIT) === OPEN_OBJECT) opened++;
  return opened <= MAX_DEPTH;
}

/** One pass over the bytes before any parser sees them, so that a hostile nest costs its length and no more. */
function shapeProblem(body: Uint8Array): RejectItem | undefined {
  if (isHarmless(body)) return undefined;
  const keys = new Int32Array(MAX_DEPTH + 1);
  let depth = 0;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i] as number;
    if (byte === QUOTE) {
      i = endOfString(body, i);
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth++;
      if (depth > MAX_DEPTH) return { code: "too-deep", sentence: `The message is nested deeper than ${MAX_DEPTH} levels.` };
      keys[depth] = 0;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      if (depth > 0) depth--;
    } else if (byte === COLON) {
      const count = (keys[depth] as number) + 1;
      if (count > MAX_KEYS) return { code: "too-many-keys", sentence: `An object in the message has more than ${MAX_KEYS} keys.` };
      keys[depth] = count;
    }
  }
  return undefined;
}

function endOfString(body: Uint8Array, start: number): number {
  let i = start + 1;
  while (i < body.length) {
    const byte = body[i] as number;
    if (byte === QUOTE) return i;
    i += byte === BACKSLASH ? 2 : 1;
  }
  return i;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A key of the sender's object; `__proto__` and `constructor` are keys like any other. Missing: undefined. */
export function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A JSON object, or the reject that says what came instead. */
export function objectOf(body: Uint8Array): Parsed & { readonly value?: JsonObject } {
  const parsed = jsonOf(body);
  if (parsed.reject || isObject(parsed.value)) return parsed as Parsed & { readonly value?: JsonObject };
  const found = Array.isArray(parsed.value) ? "a list" : parsed.value === null ? "null" : `a ${typeof parsed.value}`;
  return { reject: { code: "not-an-object", sentence: `A JSON object was expected, but the message is ${found}.` } };
}
