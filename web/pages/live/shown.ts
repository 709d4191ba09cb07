import type { Section } from "./live-point.ts";

/** The sections with only the points a filter wants; sites without any are left out. `look` keys are joined by line breaks. */
export function shownOf(sections: readonly Section[], show: string | undefined, look: string): Section[] {
  if (show === undefined) return [...sections];
  const wanted = new Set(look.split("\n"));
  return sections.flatMap((section) => {
    const points = section.points.filter((point) => (show === "look" ? wanted.has(point.key) : point.medium === show));
    return points.length > 0 ? [{ ...section, points }] : [];
  });
}
