import type { Plan, PlanProblem } from "./plan.ts";
import { planProblems, versionProblems } from "./plan-problems.ts";
import { planSchema, versionSchema } from "./plan-schema.ts";

/**
 * The plan that JSON states.
 * Errors: every problem with its path, never only the first.
 */
export function parsePlan(json: unknown): { readonly plan: Plan } | { readonly problems: readonly PlanProblem[] } {
  const parsed = planSchema.safeParse(json);
  if (parsed.success) {
    const problems = planProblems(parsed.data);
    return problems.length > 0 ? { problems } : { plan: parsed.data };
  }
  const shape = parsed.error.issues.map((issue) => ({ path: issue.path.join("."), problem: issue.message }));
  return { problems: [...shape, ...versionsOf(json).flatMap(problemsOfSound)] };
}

function versionsOf(json: unknown): readonly unknown[] {
  const versions = typeof json === "object" && json !== null && "versions" in json ? json.versions : [];
  return Array.isArray(versions) ? versions : [];
}

/** A version of the right shape is judged even where another one is not. */
function problemsOfSound(version: unknown, i: number): PlanProblem[] {
  const parsed = versionSchema.safeParse(version);
  return parsed.success ? versionProblems(parsed.data, i) : [];
}
