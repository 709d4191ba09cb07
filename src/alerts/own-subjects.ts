import type { Rule } from "./rule.ts";

/** The one thing a rule names; undefined where it looks at each of a kind. */
function namedBy(rule: Rule): string | undefined {
  const name = rule.kind === "stale" ? rule.source : rule.kind === "thinning" ? rule.of : rule.kind === "job" ? rule.job : undefined;
  return name === "*" ? undefined : name;
}

/** Subjects that a rule leaves to others: where it looks at each of a kind, those that have a rule of the kind for themselves. */
export function leftToOthers(rule: Rule, rules: readonly Rule[]): ReadonlySet<string> {
  if (namedBy(rule) !== undefined) return new Set();
  const others = rules.filter((other) => other.enabled && other.kind === rule.kind);
  return new Set(others.flatMap((other) => namedBy(other) ?? []));
}
