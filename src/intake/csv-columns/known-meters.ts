import { registerQuantity, registerUnit } from "#intake/register-quantity.ts";
import { unitSymbol } from "#units/unit.ts";
import type { CsvMeter, MeterBook } from "./meter-book.ts";

/** A meter that is there. */
export interface KnownMeter {
  /** `site.meter`. */
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly medium?: string | undefined;
  readonly serial?: string | undefined;
  /** Left out where it is made of others: it has no readings of its own. */
  readonly point?: string;
  /** What its point counts already. */
  readonly register?: { readonly quantity: string; readonly unit: string } | undefined;
}

/** The meters of a site by whatever a file calls them; a name nobody knows becomes a meter of its own. */
export class KnownMeters implements MeterBook {
  readonly #site: string;
  readonly #byName = new Map<string, KnownMeter>();
  readonly #found = new Map<string, ReturnType<MeterBook["find"]>>();

  constructor(site: string, meters: readonly KnownMeter[]) {
    this.#site = site;
    // A name that is said first holds: ids before names, and both before numbers.
    const names = [
      (one: KnownMeter) => one.id,
      (one: KnownMeter) => one.id.slice(site.length + 1),
      (one: KnownMeter) => one.name,
      (one: KnownMeter) => one.point,
      (one: KnownMeter) => one.serial,
    ];
    for (const nameOf of names)
      for (const meter of meters) {
        const name = nameOf(meter);
        if (name !== undefined && name !== "" && !this.#byName.has(folded(name))) this.#byName.set(folded(name), meter);
      }
  }

  find(named: string, unit: string): ReturnType<MeterBook["find"]> {
    const key = `${named}\n${unit}`;
    const found = this.#found.get(key) ?? this.#look(named.trim(), unit.trim());
    this.#found.set(key, found);
    return found;
  }

  #look(named: string, unit: string): ReturnType<MeterBook["find"]> {
    if (named === "") return { trouble: "Say which meter the readings are of." };
    const known = this.#byName.get(folded(named));
    return known === undefined ? this.#made(named, unit) : this.#known(known);
  }

  #known({ id, name, point, unit, medium, register }: KnownMeter): ReturnType<MeterBook["find"]> {
    if (point === undefined) return { trouble: `${id} is made of other meters and has no readings of its own; name one of those.` };
    const quantity = register?.quantity ?? registerQuantity({ unit, name: `${id} ${name}`, medium });
    if (quantity === undefined || quantity === "unknown")
      return { trouble: `${id} is told in ${unit || "no unit"}, which no register counts.` };
    return { id, site: this.#site, point, name, quantity, unit: register?.unit ?? unit, known: true };
  }

  #made(named: string, unit: string): CsvMeter | { trouble: string } {
    const own = named.startsWith(`${this.#site}.`) ? named.slice(this.#site.length + 1) : named;
    const point = own
      .replace(/[^\p{L}\p{N}_-]+/gu, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 120);
    if (point === "") return { trouble: `${JSON.stringify(named.slice(0, 60))} cannot be the name of a meter; say which one it is.` };
    if (unit === "") return { trouble: `Say the unit of ${named}.` };
    const quantity = registerQuantity({ unit, name: named });
    if (quantity === undefined || quantity === "unknown")
      return { trouble: `${JSON.stringify(unit.slice(0, 40))} is no unit a meter counts in; write kWh, m³ or the like, or units.` };
    return {
      id: `${this.#site}.${point}`,
      site: this.#site,
      point,
      name: own,
      quantity,
      unit: unitSymbol(registerUnit(unit)),
      known: false,
    };
  }
}

function folded(name: string): string {
  return name.trim().toLowerCase();
}
