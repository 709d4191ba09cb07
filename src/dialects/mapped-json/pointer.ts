import { isObject, own } from "#dialects/json.ts";

/** A place in a JSON document: the keys from the outside in. */
export type Pointer = readonly string[];

/** `/Body/Data/0/~1slash` in parts. Source: RFC 6901. Missing: undefined where the text is no pointer. */
export function parsePointer(text: string): Pointer | undefined {
  if (text === "") return [];
  if (!text.startsWith("/") || /~(?![01])/.test(text)) return undefined;
  return text
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

const INDEX = /^(?:0|[1-9]\d{0,8})$/;

/** What a document holds there. Missing: undefined. */
export function pointedAt(document: unknown, pointer: Pointer): unknown {
  let at = document;
  for (const key of pointer) {
    if (Array.isArray(at)) at = INDEX.test(key) ? at[Number(key)] : undefined;
    else if (isObject(at)) at = own(at, key);
    else return undefined;
  }
  return at;
}
