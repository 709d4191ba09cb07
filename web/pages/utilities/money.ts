import { lessMoney } from "#web/pages/home/money.ts";

/** An exact sum, and whether a part of it is not known. Missing: `amount` is null where no part is. */
export interface MoneySum {
  readonly amount: string | null;
  readonly partial: boolean;
}

/** Adds exact decimals exactly. What is not known makes the sum a part of what it would be. */
export function moneySum(amounts: readonly (string | null)[]): MoneySum {
  const known = amounts.filter((amount) => amount !== null);
  const amount = known.reduce<string | null>((sum, one) => (sum === null ? one : lessMoney(sum, negated(one))), null);
  return { amount, partial: known.length < amounts.length };
}

const negated = (amount: string): string => (amount.startsWith("-") ? amount.slice(1) : `-${amount}`);
