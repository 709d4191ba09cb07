import { z } from "zod";
import { oldBilling } from "#api/compat/old-billing.ts";
import { oldDaily } from "#api/compat/old-counts.ts";
import { type OldDeps, oldAnswers } from "#api/compat/old-desk.ts";
import { clamped, OldProblem } from "#api/compat/old-problem.ts";
import { oldSummary } from "#api/compat/old-summary.ts";
import { QUESTION_MS } from "#api/route-kit.ts";
import { type OldBilling, oldBillingSchema, oldDailySchema, oldMonthlyDemandSchema, oldSummarySchema } from "#contract/old-kyz.ts";
import { OLD_BILLING, OLD_SUMMARY } from "#contract/old-kyz-examples.ts";

const TAGS = ["old dashboard"];
const BAD_REQUEST = 400;
const ALL_MONTHS = 24;
const base = { config: { policy: "viewer", oldToken: "header" }, handlerTimeout: QUESTION_MS } as const;
const text = z.string().optional();
const daysQuery = z.object({ days: text });
const billingQuery = z.object({ months: text, basis: text });

/** Days, months, and the figures of the first page. */
export function kyzBillingRoutes(old: OldDeps): void {
  const { app, deps, desk, kept, settings } = old;
  const billing = (months: number, basis: OldBilling["basis"]): Promise<OldBilling> =>
    kept(`billing ${months} ${basis}`, () => oldBilling(desk(), deps.store, { months, basis, nowMs: deps.nowMs() }));

  app.get("/daily", {
    ...base,
    schema: {
      summary: "Days",
      description:
        "The last `days`, 14 unless said, 1 to 90, and today. An interval counts to the date of its end; invalid ones are left out.",
      tags: TAGS,
      querystring: daysQuery,
      response: oldAnswers(oldDailySchema, { days: [{ date: "2026-03-09", kWh_sum: 5_941.5, kW_peak: 401.2, interval_count: 96 }] }),
    },
    handler: async (request) => {
      const days = clamped(request.query.days, "days", { least: 1, most: 90, usual: 14 });
      return kept(`daily ${days}`, () => oldDaily(desk(), days, deps.nowMs()));
    },
  });

  app.get("/billing", {
    ...base,
    schema: {
      summary: "Billing series",
      description:
        "The last `months`, 12 to 24, by calendar month or billing period, with the running one. Without an anchor both are calendar months.",
      tags: TAGS,
      querystring: billingQuery,
      response: oldAnswers(oldBillingSchema, OLD_BILLING),
    },
    handler: async (request) => billing(monthsOf(request.query.months, ALL_MONTHS), basisOf(request.query.basis)),
  });

  app.get("/monthly-demand", {
    ...base,
    schema: {
      summary: "Demand by month",
      description: "`peak_kW` carries the billed demand, as it always did; /api/v1 tells the peak.",
      tags: TAGS,
      querystring: billingQuery,
      response: oldAnswers(oldMonthlyDemandSchema, {
        basis: "calendar",
        anchorDate: null,
        months: [{ monthStart: "2026-02-01", periodStart: "2026-02-01", periodEnd: "2026-03-01", peak_kW: 600, top3_avg_kW: 400 }],
      }),
    },
    handler: async (request) => {
      const found = await billing(monthsOf(request.query.months, 12), basisOf(request.query.basis));
      return {
        basis: found.basis,
        anchorDate: found.anchorDate,
        months: found.months.map(({ monthStart, periodStart, periodEnd, billedDemandKW, top3AvgKW }) => ({
          monthStart,
          periodStart,
          periodEnd,
          peak_kW: billedDemandKW,
          top3_avg_kW: top3AvgKW,
        })),
      };
    },
  });

  app.get("/summary", {
    ...base,
    schema: {
      summary: "Figures of the first page",
      description: "Each by its own old definition.",
      tags: TAGS,
      response: oldAnswers(oldSummarySchema, OLD_SUMMARY),
    },
    handler: async () =>
      oldSummary(desk(), {
        plantName: settings.plantName ?? desk().reports.settings.siteName,
        nowMs: deps.nowMs(),
        calendar: await billing(ALL_MONTHS, "calendar"),
        billing: await billing(ALL_MONTHS, "billing"),
      }),
  });
}

function monthsOf(given: string | undefined, usual: number): number {
  return clamped(given, "months", { least: 12, most: ALL_MONTHS, usual });
}

function basisOf(given = "calendar"): OldBilling["basis"] {
  const basis = given.trim().toLowerCase();
  if (basis !== "calendar" && basis !== "billing") throw new OldProblem(BAD_REQUEST, "basis must be 'calendar' or 'billing'");
  return basis;
}
