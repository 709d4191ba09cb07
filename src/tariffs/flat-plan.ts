import type { Component, Plan, PlanVersion } from "./plan.ts";

/** A flat price that holds from a local date on; exact decimal texts. */
export interface FlatPrice {
  readonly fromDate: string;
  readonly perKwh: string;
  readonly baseFeePerMonth: string;
  /** Paid for a sold kWh; left out for nothing. */
  readonly feedInPerKwh?: string;
}

/** Names of the lines of a flat plan. */
export const FLAT_LINES = { energy: "Energy", baseFee: "Base fee", feedIn: "Feed-in" } as const;

/** What is said first also holds for the time before. */
const BEGINNING = "1970-01-01";

/**
 * The plan of a household: a price per kWh, a base fee by the days of each month, and what is paid for energy that is sold.
 * Shape:  prices in any order; of two that hold from one date the later in the list counts. The first also holds for the time before it.
 * Errors: RangeError without any price.
 */
export function flatPlan(prices: readonly FlatPrice[], { name = "Flat price", currency }: { name?: string; currency: string }): Plan {
  const byDate = new Map(prices.map((price) => [price.fromDate, price]));
  const ordered = [...byDate.values()].sort((a, b) => (a.fromDate < b.fromDate ? -1 : 1));
  if (ordered.length === 0) throw new RangeError("A flat plan needs a price.");
  const versions = ordered.map((price, i) => versionOf(price, i === 0 ? BEGINNING : price.fromDate));
  return { schema: 1, name, currency, versions };
}

function versionOf({ perKwh, baseFeePerMonth, feedInPerKwh }: FlatPrice, validFrom: string): PlanVersion {
  const components: Component[] = [{ kind: "energy", name: FLAT_LINES.energy, rate: perKwh }];
  if (Number(baseFeePerMonth) !== 0)
    components.push({ kind: "fixed", name: FLAT_LINES.baseFee, rate: baseFeePerMonth, per: "month", proration: "calendar-days" });
  if (feedInPerKwh !== undefined) components.push({ kind: "feed-in", name: FLAT_LINES.feedIn, rate: feedInPerKwh });
  return { validFrom, components };
}
