import { dateStart } from "#calendar/local-text.ts";
import { Periods } from "#calendar/periods.ts";
import { zoneNamed } from "#calendar/zone.ts";
import type { Bill } from "./bill.ts";
import { billing, bills } from "./billing.ts";
import type { BillingOptions } from "./frame.ts";
import { parsePlan } from "./parse-plan.ts";
import type { Component, PlanVersion } from "./plan.ts";
import { type Made, madeIntervals } from "./synthetic.ts";

/** Where the synthetic plant stands. */
export const PLANT_ZONE = zoneNamed("America/Indiana/Indianapolis");

/** The first instant of a date at the synthetic plant. */
export function at(date: string): number {
  return dateStart(date, PLANT_ZONE) as number;
}

/** Dates of the intervals, read dates where periods are not calendar months, and what a plan of one version has besides components. */
export interface Case extends Partial<BillingOptions> {
  readonly from: string;
  readonly to: string;
  readonly reads?: readonly string[];
  readonly more?: Partial<PlanVersion>;
  readonly versions?: readonly PlanVersion[];
  readonly versionChange?: "split" | "as-begun";
}

/** Bills of some components over synthetic intervals. */
export function billed(components: readonly Component[], given: Case, make: (startMs: number, row: number) => number | Made): Bill[] {
  const { from, to, reads, more, versions, versionChange, ...options } = given;
  const parsed = parsePlan({
    schema: 1,
    name: "Test",
    currency: "USD",
    versionChange,
    versions: versions ?? [{ validFrom: "2020-01-01", components, ...more }],
  });
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  const intervals = madeIntervals({ fromMs: at(from), toMs: at(to) }, make);
  const periods = new Periods(reads ? { kind: "listed", readDates: reads } : { kind: "calendar" }, PLANT_ZONE);
  return bills(billing(parsed.plan, intervals, { periods, nowMs: at(to), ...options }));
}
