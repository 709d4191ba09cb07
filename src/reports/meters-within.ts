import { parseFormula } from "#analytics/meter-formula.ts";
import type { MeterSettings } from "./meter-settings.ts";

/**
 * Which meters count again what a meter counts, so that a total adds nothing twice: a sum holds its parts;
 * a difference and what it takes away lie within what they are taken from.
 * Shape: by the id of a meter, ids of meters of the same site; a meter that nothing holds is not there.
 */
export function metersWithin(meters: readonly Pick<MeterSettings, "id" | "meter" | "what">[]): Map<string, string[]> {
  const ids = new Map(meters.map(({ meter, id }) => [meter, id]));
  const found = new Map<string, string[]>();
  const put = (inner: string | undefined, outer: string | undefined) => {
    if (inner === undefined || outer === undefined || inner === outer) return;
    const known = found.get(inner) ?? [];
    if (!known.includes(outer)) found.set(inner, [...known, outer]);
  };
  for (const { id, what } of meters) {
    if (what.kind === "master") for (const source of what.periods.flatMap(({ sources }) => sources)) put(ids.get(source), id);
    if (what.kind === "virtual") {
      const { added, taken } = signsOf(what.formula);
      for (const base of added) {
        if (taken.length === 0) put(ids.get(base), id);
        else for (const inner of [id, ...taken.map((name) => ids.get(name))]) put(inner, ids.get(base));
      }
    }
  }
  return found;
}

/** Names a formula adds and takes away; none of a formula nobody can read. */
function signsOf(formula: string): { readonly added: readonly string[]; readonly taken: readonly string[] } {
  const read = parseFormula(formula);
  if ("problem" in read) return { added: [], taken: [] };
  const named = (wanted: (factor: number) => boolean) => read.terms.filter(({ factor }) => wanted(factor)).map(({ meter }) => meter);
  return { added: named((factor) => factor > 0), taken: named((factor) => factor < 0) };
}
