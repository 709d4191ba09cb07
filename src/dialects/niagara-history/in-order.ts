import type { Item, Reading } from "#readings/reading.ts";

/**
 * The rows of each history in rising order of time, of those at one instant as they were sent: a station may tell its newest row first.
 * Histories keep the order in which they began, and what is no reading stands behind them.
 */
export function inOrder(items: readonly Item[]): readonly Item[] {
  if (isRising(items)) return items;
  const histories = new Map<string, Item[]>();
  const others: Item[] = [];
  let last: { of: Reading; rows: Item[] } | undefined;
  for (const item of items) {
    if (item.type !== "reading") {
      others.push(item);
      continue;
    }
    const { reading } = item;
    const rows = last !== undefined && isSame(last.of, reading) ? last.rows : rowsOf(histories, reading);
    rows.push(item);
    last = { of: reading, rows };
  }
  return [...[...histories.values()].flatMap((rows) => rows.sort(byTime)), ...others];
}

function isRising(items: readonly Item[]): boolean {
  const newest = new Map<string, number>();
  let last: Reading | undefined;
  for (const item of items) {
    if (item.type !== "reading") continue;
    const { reading } = item;
    if (last === undefined || !isSame(last, reading)) {
      if (last !== undefined) newest.set(keyOf(last), timeOf(last));
      if ((newest.get(keyOf(reading)) ?? Number.NEGATIVE_INFINITY) > timeOf(reading)) return false;
    } else if (timeOf(last) > timeOf(reading)) return false;
    last = reading;
  }
  return true;
}

function rowsOf(histories: Map<string, Item[]>, reading: Reading): Item[] {
  const key = keyOf(reading);
  const known = histories.get(key);
  if (known !== undefined) return known;
  const rows: Item[] = [];
  histories.set(key, rows);
  return rows;
}

/** Rows of one frame share what is said of their point, so most are told alike without a key. */
function isSame(a: Reading, b: Reading): boolean {
  return a.about === b.about && a.point === b.point && a.quantity === b.quantity;
}

function keyOf({ device, point, quantity, about }: Reading): string {
  return [device, about?.path ?? "", point, quantity].join("\n");
}

function byTime(a: Item, b: Item): number {
  return a.type === "reading" && b.type === "reading" ? timeOf(a.reading) - timeOf(b.reading) : 0;
}

function timeOf({ tMs }: Reading): number {
  return tMs ?? Number.POSITIVE_INFINITY;
}
