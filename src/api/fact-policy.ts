import type { Policy } from "./access.ts";

/** What pages say about money. */
const ABOUT_MONEY: ReadonlySet<string> = new Set(["home-price", "home-instalment", "meter-price"]);

/** How high a role must be to say a fact of that name, or to take it back. */
export function factPolicy(name: string): Policy {
  return ABOUT_MONEY.has(name) ? "billing" : "operator";
}
