import type { RejectItem } from "#readings/reading.ts";

const strict = new TextDecoder("utf-8", { fatal: true });

/**
 * A body as text.
 * Errors: `not-utf8` where the bytes are no UTF-8; nothing is replaced by question marks.
 */
export function textOf(body: Uint8Array): string | RejectItem {
  try {
    return strict.decode(body);
  } catch {
    return { code: "not-utf8", sentence: `The ${body.length} bytes are not UTF-8 text.` };
  }
}

const MAX_QUOTED = 60;

/** A sender's text inside one of our sentences: quoted, on one line, never long. */
export function quoted(raw: unknown): string {
  const text =
    typeof raw === "string" ? raw : typeof raw === "object" && raw !== null ? (Array.isArray(raw) ? "a list" : "an object") : String(raw);
  const cut = text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
  return typeof raw === "string" ? `"${oneLine(cut)}"` : oneLine(cut);
}

function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what must not reach a log or a page
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, "·");
}
