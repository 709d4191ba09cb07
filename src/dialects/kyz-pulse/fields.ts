import { isObject } from "#dialects/json.ts";
import { quoted } from "#dialects/text.ts";
import type { RejectItem } from "#readings/reading.ts";
import { QUALITY } from "#series/quality.ts";

/** The sender's fields by lower-case name, whether they came as JSON or as `k=v`. */
export type Fields = ReadonlyMap<string, unknown>;

const BARE = /^-?\d+$/;

/** Fields of a JSON object. Errors: `not-an-object`. */
export function jsonFields(value: unknown): Fields | RejectItem {
  if (!isObject(value)) return { code: "not-an-object", sentence: `A JSON object was expected, but the message is ${quoted(value)}.` };
  return new Map(Object.keys(value).map((key) => [key.toLowerCase(), value[key]]));
}

/**
 * `d=42,t=1234567,r17Exclude=1`, blanks allowed, the last of a repeated key counts. A bare number after `d` is the
 * register, as older senders wrote it: `d=42,1234567`.
 * Errors: `empty`, `not-packed`.
 */
export function packedFields(text: string): Fields | RejectItem {
  const fields = new Map<string, unknown>();
  for (const piece of text.split(",")) {
    const trimmed = piece.trim();
    if (trimmed === "") continue;
    const equals = trimmed.indexOf("=");
    if (equals > 0) {
      fields.set(trimmed.slice(0, equals).trim().toLowerCase(), trimmed.slice(equals + 1).trim());
    } else if (BARE.test(trimmed) && hasDelta(fields) && !hasTotal(fields)) {
      fields.set("t", trimmed);
    } else {
      return { code: "not-packed", sentence: `${quoted(trimmed)} is neither JSON nor a piece like d=42.` };
    }
  }
  return fields.size > 0 ? fields : { code: "empty", sentence: "The message is empty." };
}

function hasDelta(fields: Fields): boolean {
  return fields.has("d") || fields.has("pulsedelta");
}

function hasTotal(fields: Fields): boolean {
  return fields.has("c") || fields.has("pulsetotal") || fields.has("t");
}

/** The first of these fields that is there, as a whole number. Missing: undefined where none is there. Errors: `not-an-integer`. */
export function integerOf(fields: Fields, names: readonly string[]): number | undefined | RejectItem {
  const name = names.find((candidate) => present(fields.get(candidate)));
  if (name === undefined) return undefined;
  const raw = fields.get(name);
  const value = typeof raw === "number" ? raw : typeof raw === "string" && BARE.test(raw.trim()) ? Number(raw) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  return { code: "not-an-integer", sentence: `${spelled(name)} is ${quoted(raw)}, not a whole number.` };
}

const SPELLINGS = ["pulseCount", "pulseDelta", "pulseTotal", "r17Exclude", "kyzInvalidAlarm"];

/** A field's name as senders write it. */
function spelled(name: string): string {
  return SPELLINGS.find((spelling) => spelling.toLowerCase() === name) ?? name;
}

export function present(raw: unknown): boolean {
  return raw !== undefined && raw !== null;
}

const TRUE = new Set(["1", "true", "yes", "on"]);
const FALSE = new Set(["0", "false", "no", "off"]);

/** Quality bits of the two flags in any spelling. A flag that is not there states nothing. Errors: `not-a-flag`. */
export function flagsOf(fields: Fields): number | RejectItem {
  let bits = 0;
  for (const [name, bit] of FLAGS) {
    const raw = fields.get(name);
    if (!present(raw)) continue;
    const word = typeof raw === "object" ? "" : String(raw).trim().toLowerCase();
    if (TRUE.has(word)) bits |= bit;
    else if (!FALSE.has(word)) return { code: "not-a-flag", sentence: `${spelled(name)} is ${quoted(raw)}, neither true nor false.` };
  }
  return bits;
}

const FLAGS = [
  ["r17exclude", QUALITY.excludedFromDemand],
  ["r17", QUALITY.excludedFromDemand],
  ["excludedemand", QUALITY.excludedFromDemand],
  ["kyzinvalidalarm", QUALITY.invalidAlarm],
  ["invalidalarm", QUALITY.invalidAlarm],
] as const;
