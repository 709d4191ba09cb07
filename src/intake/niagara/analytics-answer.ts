import { isObject, type JsonObject, jsonOf, own } from "#dialects/json.ts";
import { quoted } from "#dialects/text.ts";
import type { RejectItem } from "#readings/reading.ts";

/** One thing a node holds. Missing: undefined where the answer only says that there is such a thing. */
export interface NodeDatum {
  /** As the station is asked for it: `slot:out`. */
  readonly data: string;
  readonly unit: string;
  /** `numeric`, `boolean`, `enum`, `string` … */
  readonly type: string;
  readonly value: unknown;
  readonly status: string;
  /** As it is written, where the answer tells it. */
  readonly time: string;
}

/** What the station says of one node. */
export interface NodeAnswer {
  readonly node: string;
  readonly data: readonly NodeDatum[];
  /** In the station's words. */
  readonly error: string;
}

/** Answers of the Analytics Web API, one for each message asked, in order. Errors: a reject where they are none. */
export function nodeAnswers(body: Uint8Array): readonly NodeAnswer[] | RejectItem {
  const parsed = jsonOf(body);
  if (parsed.reject) return parsed.reject;
  const list = isObject(parsed.value) ? own(parsed.value, "responses") : undefined;
  if (!Array.isArray(list)) return { code: "no-responses", sentence: "The answer has no list of responses." };
  return list.map((one: unknown) => (isObject(one) ? answerOf(one) : { node: "", data: [], error: `an answer that is ${quoted(one)}` }));
}

function answerOf(response: JsonObject): NodeAnswer {
  const node = textOf(response, "node");
  const error = own(response, "error") ?? own(response, "errorMessage");
  const list = own(response, "data");
  const held = Array.isArray(list) ? list.filter(isObject).map(datumOf) : [];
  const isValue = own(response, "value") !== undefined;
  return {
    node,
    data: isValue ? [datumOf(response), ...held] : held,
    error: error === undefined || error === false ? "" : typeof error === "string" ? error : JSON.stringify(error),
  };
}

/** A value may stand alone, or with its status and time around it. */
function datumOf(said: JsonObject): NodeDatum {
  const raw = own(said, "value");
  const inner = isObject(raw) ? raw : undefined;
  const unit = own(said, "unit") ?? (inner && own(inner, "unit"));
  return {
    data: textOf(said, "data"),
    type: textOf(said, "type"),
    unit: isObject(unit) ? textOf(unit, "symbol") || textOf(unit, "name") : typeof unit === "string" ? unit : "",
    value: inner === undefined ? raw : own(inner, "value"),
    status: textOf(said, "status") || (inner === undefined ? "" : textOf(inner, "status")),
    time: textOf(said, "timestamp") || (inner === undefined ? "" : textOf(inner, "timestamp")),
  };
}

function textOf(object: JsonObject, key: string): string {
  const value = own(object, key);
  return typeof value === "string" ? value.trim() : "";
}
