import type { z } from "zod";
import type { componentSchema, planSchema } from "./plan-schema.ts";

/** A tariff as data. */
export type Plan = z.infer<typeof planSchema>;
export type PlanVersion = Plan["versions"][number];
/** One charge of a version. */
export type Component = z.infer<typeof componentSchema>;
export type ComponentOf<K extends Component["kind"]> = Extract<Component, { kind: K }>;
export type DemandCharge = ComponentOf<"demand">;
export type PeakRule = NonNullable<DemandCharge["peak"]>;
export type Ratchet = NonNullable<DemandCharge["ratchet"]>;
export type Schedule = NonNullable<PlanVersion["schedules"]>[string];
export type Seasons = NonNullable<PlanVersion["seasons"]>;
/** Part of a schedule. */
export type When = NonNullable<PeakRule["when"]>;
export type Tiers = NonNullable<DemandCharge["tiers"]>;
/** How amounts are rounded; without a word of the plan, lines to cents, half up. */
export type Rounding = NonNullable<PlanVersion["rounding"]>;

/** What is wrong in a plan, and where: `versions.0.components.2.of.1`. */
export interface PlanProblem {
  readonly path: string;
  readonly problem: string;
}
