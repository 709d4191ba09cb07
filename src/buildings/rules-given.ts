import type { RoleRule } from "./role-rule.ts";

/** What is wrong with a rule somebody gave, and where: `["rules", 3, "name_regex", 0]`. */
export interface RuleProblem {
  readonly at: readonly (string | number)[];
  readonly sentence: string;
}

export interface RulesGiven {
  /** Those that are right, in their order. */
  readonly rules: readonly RoleRule[];
  readonly problems: readonly RuleProblem[];
}

/**
 * Role rules as a person wrote them: a list, or an object with `rules`, of `{ role, priority?, name_regex?, tags_all?, tags_any? }`.
 * Errors: none is thrown; each rule that cannot be used is told with where and why.
 */
export function rulesGiven(given: unknown): RulesGiven {
  const list = Array.isArray(given) ? given : (given as { rules?: unknown } | null)?.rules;
  if (!Array.isArray(list))
    return { rules: [], problems: [{ at: [], sentence: "Role rules are a list, or an object with a list `rules`." }] };
  return { rules: [], problems: [] };
}
