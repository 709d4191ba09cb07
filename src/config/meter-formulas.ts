import type { Known } from "./home-references.ts";
import { checkPart, type Parts, type WrittenMeter } from "./meter-parts.ts";
import { isMap, listOf } from "./written.ts";

/** How formulas are read, and which meters are made of themselves; given by whoever knows the arithmetic. */
export interface FormulaReader {
  parse(text: string): { readonly terms: readonly { readonly meter: string }[] } | { readonly problem: string };
  /** By meter that is made of itself, or of such: the way there and round. */
  order(definitions: ReadonlyMap<string, readonly string[]>): { readonly cycles: ReadonlyMap<string, readonly string[]> };
}

const NAMES = /[\p{L}\p{N}_][\p{L}\p{N}_-]*/gu;
const NUMBER = /^[\d.,]+$/;
const FOREIGN = /[^\p{L}\p{N}_.\s+*/()−–-]/u;

/** What formulas are judged by. */
export interface FormulaHouse {
  readonly known: Known;
  readonly formulas?: FormulaReader;
}

/** Formulas that nobody can read, names in them that are no meters, and meters that are made of themselves. */
export function checkFormulas(meters: readonly WrittenMeter[], partsOf: (meter: WrittenMeter) => Parts, house: FormulaHouse): void {
  const { known, formulas } = house;
  const bySite = new Map<string, Map<string, readonly string[]>>();
  for (const meter of meters) {
    const made = namesOf(meter, house);
    const { formula } = meter.body;
    if (typeof formula === "string")
      for (const name of made) checkPart({ meter, parts: partsOf(meter), path: [...meter.at, "formula"], known }, name);
    const site = meter.site ?? "";
    bySite.set(site, (bySite.get(site) ?? new Map()).set(meter.name, made));
  }
  if (formulas === undefined) return;
  for (const [site, definitions] of bySite) {
    const told = new Set<string>();
    for (const [name, path] of formulas.order(definitions).cycles) {
      const circle = [...new Set(path.slice(path.indexOf(path.at(-1) as string)))].sort().join(" ");
      const meter = meters.find((one) => one.name === name && (one.site ?? "") === site);
      // One of itself is told where its name stands; a circle is told once.
      if (meter === undefined || path.length < 3 || told.has(circle)) continue;
      told.add(circle);
      known.add([...meter.at, meter.body["formula"] === undefined ? "periods" : "formula"], `a circle: ${path.join(" → ")}`);
    }
  }
}

function namesOf(meter: WrittenMeter, { known, formulas }: FormulaHouse): readonly string[] {
  const { formula, periods } = meter.body;
  if (typeof formula !== "string")
    return listOf(periods).flatMap((row) => (isMap(row) ? listOf(row["sources"]).filter((name) => typeof name === "string") : []));
  const read = formulas?.parse(formula);
  if (read !== undefined && "problem" in read) {
    known.add([...meter.at, "formula"], read.problem);
    return [];
  }
  if (read !== undefined) return read.terms.map((term) => term.meter);
  const foreign = FOREIGN.exec(formula)?.[0];
  if (foreign !== undefined)
    known.add(
      [...meter.at, "formula"],
      `“${foreign}” is no part of a formula; write meters with + and - between them, such as main - flat`,
    );
  return [...new Set((formula.match(NAMES) ?? []).filter((name) => !NUMBER.test(name)))];
}
