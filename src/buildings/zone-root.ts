import { unescapeName } from "#series/history-name.ts";
import { EQUIPMENT_WORDS, type EquipmentWord } from "./equipment-words.ts";
import { AIR_HANDLER_TYPES, type EquipmentType } from "./role.ts";

/** Equipment that a text names. */
export interface ZoneRoot {
  /** `vav-1-01`: kind and numbers, the same for every spelling. */
  readonly root: string;
  readonly type: EquipmentType;
  /** As people write it: "VAV 1-01". */
  readonly name: string;
}

/** Equipment and where in the text it stands. */
export interface ZoneRootAt extends ZoneRoot {
  /** The words it was read from. */
  readonly words: string;
  /** Characters of the text that was searched. */
  readonly from: number;
  readonly to: number;
}

const LONGEST_TEXT = 500;
const GAP = "[\\s_.:-]*";
/** Numbers after the kind: a wing's letter may stand in front and a letter behind; `2nd`, `0CC` and `24 h` are none. */
const NUMBER = "\\d{1,6}(?:[a-z](?![\\p{L}\\d])|(?![\\p{L}\\d]))";
const MEASURED = "(?!\\s*(?:st|nd|rd|th|hours?|hrs?|deg|degrees?|pipe|way)\\b)";
const NUMBERS = `(?:[a-z]${GAP})?${NUMBER}${MEASURED}(?:${GAP.replace("*", "+")}${NUMBER}${MEASURED}){0,2}`;

const bySpelling = new Map<string, EquipmentWord>();
for (const one of EQUIPMENT_WORDS) for (const spelling of one.spelled) bySpelling.set(spelling.replaceAll(" ", ""), one);

const KINDS = EQUIPMENT_WORDS.flatMap((one) => one.spelled)
  .sort((a, b) => b.length - a.length)
  .map((spelling) => spelling.replaceAll(" ", GAP))
  .join("|");
const ROOT = new RegExp(`(?<![\\p{L}\\d])(${KINDS})(?!\\p{L})${GAP}(${NUMBERS})`, "giu");

/** Text in which words end where people see them end: `NorthVav1-01 SpaceTemp` has a blank before `Vav` and `Temp`. */
export function apart(text: string): string {
  return unescapeName(text.slice(0, LONGEST_TEXT))
    .replace(/(?<=\p{Ll})(?<!\p{Lu}\p{Lu}\p{Ll})(?=\p{Lu})/gu, " ")
    .replace(/(?<=\d)(?=\p{Lu}\p{Ll})/gu, " ");
}

/** Every piece of equipment the text names, in its order. The text is one that went through `apart`. */
export function rootsIn(text: string): ZoneRootAt[] {
  const found: ZoneRootAt[] = [];
  if (!/\d/.test(text)) return found;
  for (const match of text.matchAll(ROOT)) {
    const kind = bySpelling.get((match[1] as string).toLowerCase().replace(/[\s_.:-]/g, ""));
    if (kind === undefined) continue;
    const numbers = numbersOf(match[2] as string);
    found.push({
      root: `${kind.root}-${numbers}`,
      type: kind.type,
      name: `${kind.name} ${numbers.toUpperCase()}`,
      words: match[0],
      from: match.index,
      to: match.index + match[0].length,
    });
  }
  return found;
}

/** `1_01` → `1-01`, `B 03` → `b03`: leading zeros stay, they are part of the number. */
function numbersOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s_.:-]+/g, "-")
    .replace(/^([a-z])-/, "$1");
}

/** The one a point belongs to: a box before the air handler that serves it, a room only where nothing stands in it. */
export function ownRoot<T extends ZoneRoot>(roots: readonly T[]): T | undefined {
  const boxes = roots.filter((one) => one.type === "vav" || one.type === "fpb" || one.type === "fcu");
  if (boxes.length > 0) return boxes.at(-1);
  const rooms = roots.filter((one) => one.type === "zone");
  const others = roots.filter((one) => one.type !== "zone");
  const onlyAirHandlers = others.every((one) => AIR_HANDLER_TYPES.includes(one.type));
  return onlyAirHandlers && rooms.length > 0 ? rooms.at(-1) : others.at(-1);
}

/**
 * The equipment a label names, whatever its separators, case and escapes: "Vav1$2d01 SpaceTemp" and "VAV 1 01" are `vav-1-01`.
 * Missing: undefined where none is named ("Relief 2 Temp").
 */
export function zoneRoot(label: string): ZoneRoot | undefined {
  const own = ownRoot(rootsIn(apart(label)));
  return own && { root: own.root, type: own.type, name: own.name };
}

/** A zone as somebody spells it in a request ("VAV 1_01", `vav1$2d01`) as its root; what names no kind is joined by dashes. */
export function normalRoot(text: string): string {
  return zoneRoot(text.trim().replace(/(?<=\d)[\s_-]+(?=[a-z]$)/i, ""))?.root ?? slug(text);
}

/** Words joined by dashes: "Lobby Unit" → `lobby-unit`. */
export function slug(text: string): string {
  return unescapeName(text.slice(0, LONGEST_TEXT))
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
}
