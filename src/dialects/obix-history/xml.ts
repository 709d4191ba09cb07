import { XMLParser } from "fast-xml-parser";
import { quoted, textOf } from "#dialects/text.ts";
import type { RejectItem } from "#readings/reading.ts";

/** An element of a document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
}

/** No oBIX answer nests deeper; what does is no answer. */
const MOST_DEPTH = 64;
const ATTRIBUTES = ":@";

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  parseAttributeValue: false,
  // An entity that stands for ten others, each for ten more, fills any memory: none is ever expanded.
  processEntities: false,
  removeNSPrefix: true,
  maxNestedTags: MOST_DEPTH,
});

/**
 * The root of a document.
 * Errors: `not-utf8`, `xml-entities` for one that declares its own, `not-xml`, `cut-short` where its end is missing.
 */
export function readXml(body: Uint8Array): XmlElement | RejectItem {
  const text = textOf(body);
  if (typeof text !== "string") return text;
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text))
    return { code: "xml-entities", sentence: "The answer declares names of its own for text; such a document is not read." };
  let nodes: unknown;
  try {
    nodes = parser.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 200) : String(error);
    return { code: "not-xml", sentence: `The answer is not XML: ${why.replace(/\.$/, "")}.` };
  }
  const root = elementsOf(nodes)[0];
  if (root === undefined) return { code: "not-xml", sentence: `The answer is not XML but ${quoted(text.slice(0, 60))}.` };
  // The parser takes what is left open for closed.
  if (!isClosed(text)) return { code: "cut-short", sentence: "The answer ends before its end; the station or the line broke off." };
  return root;
}

/** Whether every element that begins also ends, in one pass. Quoted texts, comments and character data may hold any mark. */
function isClosed(text: string): boolean {
  let open = 0;
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at + 1)) {
    const next = text.charCodeAt(at + 1);
    const end = endOfMarkup(text, at);
    if (end < 0) return false;
    if (next === SLASH) open -= 1;
    else if (next !== EXCLAMATION && next !== QUESTION && text.charCodeAt(end - 1) !== SLASH) open += 1;
    at = end;
  }
  return open === 0;
}

/** Where what begins with this mark has its last one; -1 where it has none. */
function endOfMarkup(text: string, at: number): number {
  const [, mark] = ENDS.find(([begin]) => text.startsWith(begin, at)) ?? [];
  if (mark === undefined) return endOfTag(text, at + 1);
  const end = text.indexOf(mark, at);
  return end < 0 ? -1 : end + mark.length - 1;
}

const ENDS = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
  ["<!", ">"],
] as const;

const [EXCLAMATION, QUESTION, SLASH] = [33, 63, 47];

function endOfTag(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const mark = text[at];
    if (mark === ">") return at;
    if (mark !== '"' && mark !== "'") continue;
    at = text.indexOf(mark, at + 1);
    if (at < 0) return -1;
  }
  return -1;
}

function elementsOf(nodes: unknown): XmlElement[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: unknown) => {
    if (typeof node !== "object" || node === null) return [];
    const name = Object.keys(node).find((key) => key !== ATTRIBUTES && !key.startsWith("#"));
    if (name === undefined) return [];
    const own = node as Readonly<Record<string, unknown>>;
    return [{ name, attributes: attributesOf(own[ATTRIBUTES]), children: elementsOf(own[name]) }];
  });
}

function attributesOf(given: unknown): ReadonlyMap<string, string> {
  if (typeof given !== "object" || given === null) return new Map();
  return new Map(Object.entries(given).map(([name, value]) => [name, plain(String(value))]));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The five names that every document knows, and numbers; each stands for one character. */
function plain(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex: string, decimal: string, name: string) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
