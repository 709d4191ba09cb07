import type { Rule } from "./rule.ts";

/** The one thing a rule names, or `*` where it looks at each of a kind. Missing: undefined for kinds that always name one. */
function namedBy(rule: Rule): string | undefined {
  switch (rule.kind) {
    case "stale":
      return rule.source;
    case "thinning":
      return rule.of;
    case "job":
      return rule.job;
    case "meter":
      return rule.meter;
    default:
      return undefined;
  }
}

/** Whether two rules look at the same of a subject. */
function isAlike(rule: Rule, other: Rule): boolean {
  return rule.kind === other.kind && (rule.kind !== "meter" || other.kind !== "meter" || rule.watch === other.watch);
}

/**
 * Whether a rule leaves a subject to others of its kind: where it looks at each, to one that has the subject for itself, and where
 * it is built in, to one of a person that looks at each as well.
 */
export function leaving(rule: Rule, isBuiltIn: boolean, others: readonly Rule[]): (subject: string) => boolean {
  if (namedBy(rule) !== "*") return () => false;
  const named = new Set(others.filter((other) => other.enabled && isAlike(rule, other) && other.id !== rule.id).map(namedBy));
  return (subject) => named.has(subject) || (isBuiltIn && named.has("*"));
}
