import { spelledOut } from "./read-words.ts";
import type { EquipmentType, Role } from "./role.ts";
import type { RoleRule } from "./role-rule.ts";

/** Stands for the dimension of a series whose values are words. */
export const WORDS = "words";

/** What rules are tried on. */
export interface Subject {
  /** Spelled-out words, the nearest to the point itself first: "space temp", then with its folder. */
  readonly words: readonly string[];
  /** The name as it stands, in lower case: what a person's own patterns are also tried on. */
  readonly asWritten: readonly string[];
  readonly markers: readonly string[];
  readonly type: EquipmentType | undefined;
  /** Of the units its series have; empty where none has one. */
  readonly dimensions: readonly string[];
}

/** A rule that fits, and whether the point's unit lets it be. */
export interface Match {
  readonly rule: RoleRule;
  /** The words it fitted, as people read them; empty where tags did. */
  readonly words: string;
  /** False where the unit says that it is something else. */
  readonly unitFits: boolean;
}

/** Every rule that fits, the best first; `own` are those of a person, tried first and also on the name as it stands. */
export function matchesOf(subject: Subject, rules: { readonly own: readonly RoleRule[]; readonly house: readonly RoleRule[] }): Match[] {
  const found: Match[] = [];
  for (const rule of rules.own) {
    const words = wordsFitting(rule, [...subject.words, ...subject.asWritten]);
    if (words !== undefined) add(found, { rule, words }, subject);
  }
  for (const words of subject.words) {
    for (const rule of rules.house) {
      if (wordsFitting(rule, [words]) !== undefined) add(found, { rule, words: rule.patterns.length > 0 ? words : "" }, subject);
    }
    if (found.length > 0) break;
  }
  return found;
}

function add(found: Match[], { rule, words }: { rule: RoleRule; words: string }, subject: Subject): void {
  if (rule.types !== undefined && (subject.type === undefined || !rule.types.includes(subject.type))) return;
  if (!tagsFit(rule, subject.markers)) return;
  const unitFits = subject.dimensions.length === 0 || subject.dimensions.some((one) => mayBe(rule, one));
  found.push({ rule, words: spelledOut(words), unitFits });
}

/** What is a share of something may be said in words: on, off, a stage. A temperature may not. */
function mayBe({ dimensions }: RoleRule, one: string): boolean {
  return dimensions === undefined || dimensions.includes(one) || (one === WORDS && dimensions.includes("ratio"));
}

/** The first of the texts a rule's patterns fit; empty where it has none. Missing: undefined where none fits. */
function wordsFitting(rule: RoleRule, texts: readonly string[]): string | undefined {
  if (rule.patterns.length === 0) return "";
  return texts.find((text) => rule.patterns.some((one) => one.test(text)) && !rule.not?.some((one) => one.test(text)));
}

function tagsFit(rule: RoleRule, markers: readonly string[]): boolean {
  const has = (tag: string) => markers.includes(tag);
  return (
    (rule.tagsAll?.every(has) ?? true) &&
    (rule.tagsAny === undefined || rule.tagsAny.length === 0 || rule.tagsAny.some(has)) &&
    !(rule.tagsNone?.some(has) ?? false)
  );
}

/** The match that is taken, and one of every other role that fitted. */
export function decide(matches: readonly Match[]): { taken?: Match; others: readonly Match[] } {
  const taken = matches.find((one) => one.unitFits);
  const others = new Map<Role, Match>();
  for (const one of matches) {
    if (one.rule.role !== taken?.rule.role && !others.has(one.rule.role)) others.set(one.rule.role, one);
  }
  return { ...(taken && { taken }), others: [...others.values()] };
}
