import { moneyText } from "#web/parts/money-text.ts";
import type { MoneySum } from "./money.ts";
import type { YearRow } from "./year-rows.ts";

interface SiteCost {
  readonly currency: string;
  readonly year: MoneySum;
  readonly rows: readonly YearRow[];
}

/** "€ 2,418.20 for 9 meters in 2026 so far"; what is not known is said. */
export function costAnswer(sites: readonly SiteCost[], { year, soFar }: { readonly year: number; readonly soFar: boolean }): string {
  const when = `in ${year}${soFar ? " so far" : ""}`;
  const known = sites.filter((site) => site.year.amount !== null);
  if (known.length === 0) return `No cost known ${when}: no meter has a price`;
  const priced = known.flatMap(({ rows }) => rows).filter((row) => row.year.cost !== null).length;
  const sums = known.map((site) => moneyText(site.year.amount, site.currency)).join(" and ");
  const least = known.some((site) => site.year.partial) ? "At least " : "";
  return `${least}${sums} for ${priced} ${priced === 1 ? "meter" : "meters"} ${when}`;
}

/** "≥ € 12.30" where a part is not known. */
export function sumText({ amount, partial }: MoneySum, currency: string): string {
  return `${partial && amount !== null ? "≥ " : ""}${moneyText(amount, currency)}`;
}
