import { meterUnitOf } from "#units/meter-unit.ts";
import { sameDimension, unitOf } from "#units/unit.ts";
import type { Path } from "./document.ts";
import type { Known } from "./home-references.ts";
import { didYouMean } from "./suggest.ts";
import { shown } from "./values.ts";

/** A meter as it is written. */
export interface WrittenMeter {
  /** Key in the file. */
  readonly key: string;
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Left out where it cannot be told. */
  readonly site: string | undefined;
  readonly at: Path;
}

/** What a meter can be made of, by name, with the unit where it is known. */
export type Parts = ReadonlyMap<string, string | undefined>;

/** A name that a meter is made of, and where it stands. */
export interface PartHouse {
  readonly meter: WrittenMeter;
  readonly parts: Parts;
  readonly path: Path;
  readonly known: Known;
}

/** A name must be that of another meter of the site, in a unit that can be told in that of this one. */
export function checkPart({ meter, parts, path, known }: PartHouse, name: string): void {
  if (name === meter.name) {
    known.add(path, `${name} would be made of itself`);
    return;
  }
  if (!parts.has(name)) {
    const names = [...parts.keys()].filter((one) => one !== meter.name);
    const list = names.length > 0 && names.length <= 12 ? `; there are ${names.join(", ")}` : "";
    known.add(path, `${shown(name)} is not a meter of this file${didYouMean(name, names) || list || "; add it to meters"}`);
    return;
  }
  const [own, other] = [typeof meter.body["unit"] === "string" ? meterUnitOf(meter.body["unit"]) : undefined, parts.get(name)];
  if (!fits(own, other)) known.add(path, `${name} counts ${other}, which cannot be told in ${own}`);
}

/** Whether what one meter counts can be told in the unit of another: gas is told as energy by its calorific value. */
function fits(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined || a === b || sameDimension(a, b)) return true;
  return unitOf(a) !== undefined && unitOf(b) !== undefined;
}
