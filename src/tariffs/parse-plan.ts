import type { Plan, PlanProblem } from "./plan.ts";
import { planProblems } from "./plan-problems.ts";
import { planSchema } from "./plan-schema.ts";

/**
 * The plan that JSON states.
 * Errors: every problem with its path, never only the first.
 */
export function parsePlan(json: unknown): { readonly plan: Plan } | { readonly problems: readonly PlanProblem[] } {
  const parsed = planSchema.safeParse(json);
  if (!parsed.success) return { problems: parsed.error.issues.map((issue) => ({ path: issue.path.join("."), problem: issue.message })) };
  const problems = planProblems(parsed.data);
  return problems.length > 0 ? { problems } : { plan: parsed.data };
}
