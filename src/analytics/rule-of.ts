import type { FaultRule } from "./fault-rule.ts";

/** Whose rules are, where they are no guideline's. */
export const OLDER = "the older system";
export const OWN = "Wattkeep";

/** A rule with its key, its thresholds known by name. */
export const ruleOf = <const R extends Omit<FaultRule, "key">>(key: string, said: R): R & { readonly key: string } => ({ ...said, key });
