/** A meter and those whose amount holds its own: sums it is a part of, and the meter it is taken away from. */
export interface Held {
  readonly id: string;
  readonly within: readonly string[];
}

/**
 * The meters that count something no other one of the list counts too: a total adds these, and nothing twice.
 * What stands within each other in a ring stays in.
 */
export function topMeters<Row extends Held>(rows: readonly Row[]): Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const holds = (row: Row): boolean => [...reach(row, byId)].some((id) => id !== row.id && byId.has(id) && !reachesBack(id, row.id, byId));
  return rows.filter((row) => !holds(row));
}

/** The meters that no other one of the list stands within: the parts of everything, without the sums. */
export function leafMeters<Row extends Held>(rows: readonly Row[]): Row[] {
  const holders = new Set(rows.flatMap((row) => row.within));
  return rows.filter((row) => !holders.has(row.id));
}

/**
 * The meters whose price is missing: they count what no priced one counts too, and are no sum of what is priced by its parts.
 * Of several that hold each other only the outermost is told.
 */
export function unpricedMeters<Row extends Held>(rows: readonly Row[], isPriced: (row: Row) => boolean): Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const priced = rows.filter(isPriced);
  const pricedIds = new Set(priced.map((row) => row.id));
  const holdsPriced = new Set(priced.flatMap((row) => [...reach(row, byId)]));
  const open = rows.filter((row) => !pricedIds.has(row.id) && !holdsPriced.has(row.id));
  return topMeters(open.filter((row) => ![...reach(row, byId)].some((id) => pricedIds.has(id))));
}

/** For each meter without a price the one that counts it too and has one: what it used is paid for there. */
export function paidThere<Row extends Held>(rows: readonly Row[], isPriced: (row: Row) => boolean): ReadonlyMap<string, Row> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const paid = new Map<string, Row>();
  for (const row of rows) {
    if (isPriced(row)) continue;
    const holder = [...reach(row, byId)].map((id) => byId.get(id)).find((one) => one !== undefined && isPriced(one));
    if (holder !== undefined) paid.set(row.id, holder);
  }
  return paid;
}

/** Every meter a meter stands within, also over others. */
function reach(row: Held, byId: ReadonlyMap<string, Held>): Set<string> {
  const found = new Set<string>();
  const open = [...row.within];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(byId.get(id)?.within ?? []));
  }
  return found;
}

function reachesBack(from: string, to: string, byId: ReadonlyMap<string, Held>): boolean {
  const row = byId.get(from);
  return row !== undefined && reach(row, byId).has(to);
}
