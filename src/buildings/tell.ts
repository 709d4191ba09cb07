import { TEXT_UNIT } from "#sites/registry.ts";
import type { Match } from "./match-role.ts";
import type { BuildingPoint, Evidence } from "./model.ts";
import type { Role } from "./role.ts";
import { ROLE_LABELS } from "./role-labels.ts";

/** A role in the middle of a sentence: "space temperature". */
export function roleWords(role: Role): string {
  const label = ROLE_LABELS[role];
  return label.slice(0, 1).toLowerCase() + label.slice(1);
}

/** Why a match is believed. */
export function evidenceOf(match: Match, point: BuildingPoint): Evidence {
  return { rule: match.rule.name, sentence: `${clue(match, point)}: ${match.rule.reason}.`, confidence: match.rule.confidence };
}

/** Why another role that fitted was not taken. */
export function lostEvidence(match: Match, taken: Match | undefined, point: BuildingPoint): Evidence {
  const { rule } = match;
  if (!match.unitFits) {
    return { rule: rule.name, sentence: `${clue(match, point)}, but its values are ${unitsOf(point)}.`, confidence: 0 };
  }
  const first = taken ? `; rule ${taken.rule.name} comes first` : "";
  return { rule: rule.name, sentence: `${clue(match, point)}${first}.`, confidence: rule.confidence };
}

function clue({ rule, words }: Match, point: BuildingPoint): string {
  if (words === "")
    return `Tagged ${[...(rule.tagsAll ?? []), ...(rule.tagsAny ?? []).filter((tag) => point.tags.includes(tag))].join(", ")}`;
  return `"${nameOf(point)}" reads as ${words}`;
}

/** "in °F", or words. */
function unitsOf(point: BuildingPoint): string {
  const units = new Set(point.series.map((one) => one.unit).filter((unit) => unit !== ""));
  const isText = units.delete(TEXT_UNIT);
  return [...(units.size > 0 ? [`in ${[...units].sort().join(", ")}`] : []), ...(isText ? ["words"] : [])].join(" and ");
}

/** What the point is called, as its station writes it where that is known. */
export function nameOf(point: BuildingPoint): string {
  return point.path || point.name || point.point;
}
