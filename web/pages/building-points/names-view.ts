import type { BuildingPointsAnswer, PointGuessAnswer } from "#contract/building-points.ts";
import { countText } from "#web/parts/format-number.ts";

/** What of the histories a person wants to see. */
export const NAME_VIEWS = ["all", "open", "unsure", "shadowed", "same-name", "decided"] as const;
export type NameView = (typeof NAME_VIEWS)[number];

export const NAME_VIEW_WORDS: Readonly<Record<NameView, string>> = {
  all: "All",
  open: "Without role",
  unsure: "Not sure",
  shadowed: "Second of a role",
  "same-name": "Same name",
  decided: "Decided",
};

/** A guess below this is looked at by somebody. */
const SURE = 0.7;

const FITS: Readonly<Record<NameView, (row: PointGuessAnswer) => boolean>> = {
  all: () => true,
  open: (row) => row.decision?.role !== "none" && (row.role === null || row.equipment === null),
  unsure: (row) =>
    row.decision === null && [row.roleEvidence, row.equipmentEvidence].some((evidence) => evidence !== null && evidence.confidence < SURE),
  shadowed: (row) => row.shadowedBy !== null,
  "same-name": (row) => row.collidesWith.length > 0,
  decided: (row) => row.decision !== null,
};

export const nameViewOf = (given: string | undefined): NameView => NAME_VIEWS.find((view) => view === given) ?? "all";

/** How many rows each view has. */
export function viewCounts(points: readonly PointGuessAnswer[]): Readonly<Record<NameView, number>> {
  return Object.fromEntries(NAME_VIEWS.map((view) => [view, points.filter(FITS[view]).length])) as Record<NameView, number>;
}

/** Rows of a view that hold every typed word, anywhere in name, path, equipment, role or tags. */
export function foundNames(
  points: readonly PointGuessAnswer[],
  { view, find }: { readonly view: NameView; readonly find: string },
): PointGuessAnswer[] {
  const words = find
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return points.filter((row) => {
    if (!FITS[view](row)) return false;
    const text = [row.name, row.path, row.point, row.equipmentName, row.equipment, row.role, ...row.tags].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The first line: how much was found, how much of it is understood, and what a person could look at. */
export function namesSentence({ points, equipment }: BuildingPointsAnswer): string {
  const counts = viewCounts(points);
  const found = `${countText(points.length)} ${points.length === 1 ? "history" : "histories"} of ${countText(equipment.length)} pieces of equipment`;
  const open = counts.open === 0 ? "each has its role" : `${countText(counts.open)} ${counts.open === 1 ? "has" : "have"} no role yet`;
  const same = counts["same-name"] === 0 ? "" : `; ${countText(counts["same-name"])} share a name with another`;
  return `${found}: ${open}${same}.`;
}

/** How sure a guess is, in a word. */
export function sureness(confidence: number): "said" | "sure" | "likely" | "guess" {
  return confidence >= 1 ? "said" : confidence >= 0.9 ? "sure" : confidence >= SURE ? "likely" : "guess";
}
