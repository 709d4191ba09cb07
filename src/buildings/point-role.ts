import { TEXT_UNIT } from "#sites/registry.ts";
import { unitOf } from "#units/unit.ts";
import type { Named } from "./equipment-named.ts";
import { decide, type Match, matchesOf, type Subject, WORDS } from "./match-role.ts";
import type { BuildingPoint } from "./model.ts";
import { readWords } from "./read-words.ts";
import type { EquipmentType } from "./role.ts";
import type { RoleRule } from "./role-rule.ts";
import { ROLE_RULES } from "./role-rules.ts";
import { markersOf } from "./tags.ts";

/** Rules a person's patterns are tried on no more of a name than this. */
const LONGEST_WRITTEN = 200;

export interface RoleRead {
  readonly taken?: Match;
  readonly others: readonly Match[];
  readonly words: number;
}

/** A reader of roles, which reads what is called alike only once. `own` are rules of a person, tried first. */
export function roleReader(
  own: readonly RoleRule[],
): (point: BuildingPoint, at: { named: Named; type: EquipmentType | undefined }) => RoleRead {
  const read = new Map<string, RoleRead>();
  const ordered = [...own].sort((a, b) => a.priority - b.priority);
  return (point, { named, type }) => {
    const markers = markersOf(point.tags);
    const dimensions = dimensionsOf(point);
    const asWritten = own.length > 0 ? [named.parts.join(" "), named.text].map(written) : [];
    const key = [type, dimensions.join(), markers.join(), ...named.parts, "|", ...asWritten].join("\n");
    const before = read.get(key);
    if (before) return before;
    const words = wordsOf(named.parts);
    const made = roleRead({ words, asWritten, markers, type, dimensions }, ordered);
    read.set(key, made);
    return made;
  };
}

function roleRead(subject: Subject, own: readonly RoleRule[]): RoleRead {
  const { taken, others } = decide(matchesOf(subject, { own, house: ROLE_RULES }));
  return { ...(taken && { taken }), others, words: subject.words[0]?.split(" ").length ?? 0 };
}

/** The last part, then with the part around it, then all of them: a folder helps only where the name alone says too little. */
function wordsOf(parts: readonly string[]): string[] {
  const levels = [parts.slice(-1), parts.slice(-2), parts].map((some) => readWords(some.join(" ")).slice(0, LONGEST_WRITTEN));
  return [...new Set(levels)];
}

function written(text: string): string {
  return text.toLowerCase().replace(/\s+/g, " ").trim().slice(0, LONGEST_WRITTEN);
}

function dimensionsOf(point: BuildingPoint): string[] {
  const found = new Set<string>();
  for (const one of point.series) {
    const dimension = one.unit === TEXT_UNIT ? WORDS : unitOf(one.unit)?.dimension;
    if (dimension !== undefined) found.add(dimension);
  }
  return [...found].sort();
}
