import type { Rule } from "./rule.ts";

/** The one thing a rule names, or `*` where it looks at each of a kind. Missing: undefined for kinds that always name one. */
function namedBy(rule: Rule): string | undefined {
  return rule.kind === "stale" ? rule.source : rule.kind === "thinning" ? rule.of : rule.kind === "job" ? rule.job : undefined;
}

/**
 * Whether a rule leaves a subject to others of its kind: where it looks at each, to one that has the subject for itself, and where
 * it is built in, to one of a person that looks at each as well.
 */
export function leaving(rule: Rule, isBuiltIn: boolean, others: readonly Rule[]): (subject: string) => boolean {
  if (namedBy(rule) !== "*") return () => false;
  const named = new Set(others.filter((other) => other.enabled && other.kind === rule.kind && other.id !== rule.id).map(namedBy));
  return (subject) => named.has(subject) || (isBuiltIn && named.has("*"));
}
