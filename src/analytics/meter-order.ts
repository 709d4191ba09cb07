/** Meters in an order in which all that a meter is made of comes before it, and those that have none. */
export interface MeterOrder {
  /** Every meter once; those in a circle stand somewhere. */
  readonly order: readonly string[];
  /** Meters that are made of themselves, or of such: the way there and round, up to the name that closes the circle. */
  readonly cycles: ReadonlyMap<string, readonly string[]>;
  /** Meters that name what is no meter, or are made of such: the way to that name. */
  readonly missing: ReadonlyMap<string, readonly string[]>;
}

type Definitions = ReadonlyMap<string, readonly string[]>;
/** Whether a way ends with its last name. */
type Ends = (way: readonly string[]) => boolean;

/** Orders meters by what they are made of: physical ones of nothing, masters and formulas of the meters they name. */
export function meterOrder(definitions: Definitions): MeterOrder {
  const isRound: Ends = (way) => way.indexOf(way.at(-1) as string) < way.length - 1;
  const isNoMeter: Ends = (way) => !definitions.has(way.at(-1) as string);
  return { order: ordered(definitions), cycles: ways(definitions, isRound), missing: ways(definitions, isNoMeter) };
}

function ordered(definitions: Definitions): string[] {
  const order = new Set<string>();
  const begun = new Set<string>();
  const visit = (meter: string): void => {
    if (begun.has(meter) || !definitions.has(meter)) return;
    begun.add(meter);
    for (const part of definitions.get(meter) ?? []) visit(part);
    order.add(meter);
  };
  for (const meter of definitions.keys()) visit(meter);
  return [...order];
}

function ways(definitions: Definitions, ends: Ends): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const meter of definitions.keys()) {
    const way = wayFrom([meter], { definitions, ends, seen: new Set() });
    if (way) found.set(meter, way);
  }
  return found;
}

interface Looking {
  readonly definitions: Definitions;
  readonly ends: Ends;
  /** Meters from which no way leads on. */
  readonly seen: Set<string>;
}

function wayFrom(way: readonly string[], looking: Looking): readonly string[] | undefined {
  if (looking.ends(way)) return way;
  const meter = way.at(-1) as string;
  if (looking.seen.has(meter) || way.indexOf(meter) < way.length - 1) return undefined;
  for (const part of looking.definitions.get(meter) ?? []) {
    const found = wayFrom([...way, part], looking);
    if (found) return found;
  }
  looking.seen.add(meter);
  return undefined;
}
