import { byText, countKey } from "./count-order.ts";
import type { BuildingPoint } from "./model.ts";
import type { Role } from "./role.ts";
import { nameOf, roleWords } from "./tell.ts";

/** A point that claims a role of its equipment. */
export interface Claim {
  readonly point: BuildingPoint;
  readonly role: Role;
  /** Above 0 where a person said so: the higher was said with more weight. */
  readonly decided: number;
  readonly priority: number;
  readonly confidence: number;
  /** Words of the name: the fewer, the more directly it says what it is. */
  readonly words: number;
}

/** What tells two claims apart, in this order, and how that is said of the one that is taken. */
const CRITERIA: readonly (readonly [(claim: Claim) => number, string])[] = [
  [(claim) => claim.decided, "a person decided so"],
  [(claim) => Number(claim.point.series.length > 0), "it has values and this one has none"],
  [(claim) => claim.confidence, "it says more surely what it is"],
  [(claim) => -claim.priority, "its rule comes first"],
  [(claim) => Number(claim.point.series.some((one) => one.unit !== "")), "it has a unit and this one has none"],
  [(claim) => -claim.words, "its name says it in fewer words"],
];

/** The claim that is taken first, and for each other why it is not. The order of the claims does not matter. */
export function winnerOf(claims: readonly Claim[]): { winner: Claim; lost: ReadonlyMap<BuildingPoint, string> } {
  const ordered = [...claims].sort(compare);
  const winner = ordered[0] as Claim;
  const lost = new Map(ordered.slice(1).map((claim) => [claim.point, whyLost(winner, claim)] as const));
  return { winner, lost };
}

function compare(a: Claim, b: Claim): number {
  for (const [value] of CRITERIA) {
    const difference = value(b) - value(a);
    if (difference !== 0) return difference;
  }
  return byText(countKey(nameOf(a.point)), countKey(nameOf(b.point))) || byText(a.point.point, b.point.point);
}

function whyLost(winner: Claim, claim: Claim): string {
  const reason = CRITERIA.find(([value]) => value(winner) !== value(claim))?.[1] ?? "it comes first by name";
  return `"${nameOf(winner.point)}" is taken for the ${roleWords(claim.role)}: ${reason}.`;
}
