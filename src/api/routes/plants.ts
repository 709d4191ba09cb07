import { openClocks } from "#api/plants/clocks.ts";
import { deskOf, openDesk } from "#api/plants/desk.ts";
import { plantInfo } from "#api/plants/list.ts";
import { powerAnswer } from "#api/plants/power.ts";
import type { PlantRouteDeps } from "#api/plants/route-deps.ts";
import { runningAnswer } from "#api/plants/running.ts";
import { summaryAnswer } from "#api/plants/summary.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps } from "#api/route-kit.ts";
import { plantsSchema, runningSchema, summarySchema } from "#contract/plant.ts";
import { PLANTS_EXAMPLE, RUNNING_EXAMPLE, SUMMARY_EXAMPLE } from "#contract/plant-examples.ts";
import { plantParamsSchema } from "#contract/plant-parts.ts";
import { POWER_EXAMPLE, powerQuerySchema, powerSchema } from "#contract/plant-power.ts";
import { plantBillRoutes } from "./plant-bills.ts";
import { plantIntervalRoutes } from "./plant-intervals.ts";

/** Metered points with demand: where they stand now, and everything of their past. */
export function plantRoutes(app: Api, deps: RouteDeps): void {
  const desks = (deps.plants ?? []).map(openDesk);
  const clocks = openClocks(deps.actions, deps.nowMs);
  app.addHook("onClose", async () => clocks.close());
  const plantDeps: PlantRouteDeps = { ...deps, desks, clocks };
  nowRoutes(app, plantDeps);
  plantIntervalRoutes(app, plantDeps);
  plantBillRoutes(app, plantDeps);
}

function nowRoutes(app: Api, deps: PlantRouteDeps): void {
  const { desks, clocks } = deps;

  app.get("/plants", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Plants",
      description: "Every metered point with demand: its interval, its sources in order of rank, its tariff, and what is not set yet.",
      tags: ["plants"],
      response: answers(plantsSchema, PLANTS_EXAMPLE),
    },
    handler: async () => ({ nowMs: deps.nowMs(), plants: await Promise.all(desks.map((desk) => plantInfo(desk, deps))) }),
  });

  app.get("/plants/:id/running", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "The running interval",
      description:
        "Live power from pulses over the time between them, where this interval will end and how far such projections were off, and the two " +
        "levels that matter: the one that raises the bill and the one of a new highest, each with what is left and what crossing it costs.",
      tags: ["plants"],
      params: plantParamsSchema,
      response: answers(runningSchema, RUNNING_EXAMPLE),
    },
    handler: async (request) => runningAnswer(deskOf(desks, request.params.id)),
  });

  app.get("/plants/:id/power", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Live power",
      description: "Power of the last minutes, each value from pulses over a minute at least, with its uncertainty.",
      tags: ["plants"],
      params: plantParamsSchema,
      querystring: powerQuerySchema,
      response: answers(powerSchema, POWER_EXAMPLE),
    },
    handler: async (request) => powerAnswer(deskOf(desks, request.params.id), request.query, deps.nowMs()),
  });

  app.get("/plants/:id/summary", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Summary of a plant",
      description:
        "Demand, energy and bill of now, today, this month and this billing period, with the intervals that set the demand and fair comparisons: " +
        "only complete days make the mean day, and a comparison with an interval that is missing is none.",
      tags: ["plants"],
      params: plantParamsSchema,
      response: answers(summarySchema, SUMMARY_EXAMPLE),
    },
    handler: async (request) => {
      const desk = deskOf(desks, request.params.id);
      return summaryAnswer(desk, deps.nowMs(), clocks.offsetMs(desk.key));
    },
  });
}
