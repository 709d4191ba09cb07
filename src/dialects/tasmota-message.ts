import type { NothingReason } from "#readings/reading.ts";
import type { Decoded } from "./dialect.ts";
import { nothing, refused } from "./items.ts";
import { isObject, type JsonObject, own } from "./json.ts";
import { quoted, textOf } from "./text.ts";

/** What a Tasmota topic says: whose it is and what kind of message, whichever way round its FullTopic is written. */
export interface TasmotaTopic {
  readonly device: string;
  /** Last segment in capitals: SENSOR, LWT, STATE, STATUS8, STATUS10. */
  readonly verb: string;
  /** Whether `tele` or `stat` stands where Tasmota puts it. */
  readonly prefixed: boolean;
}

/** `tele/cellar/SENSOR`, `cellar/tele/SENSOR` and `tele/house/cellar/SENSOR` → cellar, cellar, house/cellar. */
export function tasmotaTopic(topic: string): TasmotaTopic {
  const last = topic.lastIndexOf("/");
  const verb = topic.slice(last + 1).toUpperCase();
  const rest = last < 0 ? "" : topic.slice(0, last);
  if (rest.startsWith("tele/") || rest.startsWith("stat/")) return { device: rest.slice(5), verb, prefixed: true };
  if (rest.endsWith("/tele") || rest.endsWith("/stat")) return { device: rest.slice(0, -5), verb, prefixed: true };
  return { device: rest === "" ? topic : rest, verb, prefixed: false };
}

/** Filters under which Tasmota devices publish what a meter says. */
export const TASMOTA_TOPICS = ["tele/+/SENSOR", "tele/+/LWT", "+/tele/SENSOR", "+/tele/LWT"] as const;

/** The filter that claims every message of this device. */
export function deviceFilter(topic: string): string {
  const last = topic.lastIndexOf("/");
  return last < 0 ? topic : `${topic.slice(0, last)}/+`;
}

/** `Online` and `Offline` on the LWT topic: a status of the device, not a reading. */
export function lastWill(body: Uint8Array, device: string): Decoded {
  const text = textOf(body);
  return typeof text === "string" ? nothing("status", `${device} is ${quoted(text.trim())}.`) : refused(text);
}

/** The sensor object itself; answers on `stat/…/STATUS8` and `STATUS10` wrap it. */
export function sensorBody(body: JsonObject): JsonObject {
  const wrapped = own(body, "StatusSNS");
  return isObject(wrapped) ? wrapped : body;
}

/** Why a message without meter values has none: Tasmota's other messages are statuses, all else is somebody else's. */
export function whyNothing(topic: TasmotaTopic): NothingReason {
  return topic.prefixed && topic.verb !== "SENSOR" ? "status" : "foreign";
}
