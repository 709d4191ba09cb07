/** Meters in an order in which all that a meter is made of comes before it, and those that have none. */
export interface MeterOrder {
  readonly order: readonly string[];
  /** Meters that are made of themselves, or of such: the way there and round, from the meter to the name that closes the circle. */
  readonly cycles: ReadonlyMap<string, readonly string[]>;
  /** Meters that name what is no meter, or are made of such: the way to that name. */
  readonly missing: ReadonlyMap<string, readonly string[]>;
}

/** Orders meters by what they are made of: physical ones of nothing, masters and formulas of the meters they name. */
export function meterOrder(definitions: ReadonlyMap<string, readonly string[]>): MeterOrder {
  const order: string[] = [];
  const cycles = new Map<string, readonly string[]>();
  const missing = new Map<string, readonly string[]>();
  const done = new Set<string>();

  function visit(meter: string, path: readonly string[]): void {
    if (done.has(meter)) return;
    const here = [...path, meter];
    for (const part of definitions.get(meter) ?? []) {
      if (here.includes(part)) cycles.set(meter, cycles.get(meter) ?? [meter, ...here.slice(here.indexOf(part)), part].slice(1));
      else if (!definitions.has(part)) missing.set(meter, missing.get(meter) ?? [meter, part]);
      else visit(part, here);
    }
    done.add(meter);
    order.push(meter);
  }

  for (const meter of definitions.keys()) visit(meter, []);
  return { order, cycles, missing };
}
