import { costsAnswer } from "#api/meters/costs.ts";
import { meterNow, metersNow, sitesOf } from "#api/meters/desk.ts";
import { meterDetail } from "#api/meters/detail.ts";
import { metersAnswer } from "#api/meters/list.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps } from "#api/route-kit.ts";
import { METER_DETAIL_EXAMPLE, METERS_EXAMPLE } from "#contract/meter-examples.ts";
import { meterCostsQuerySchema, meterCostsSchema } from "#contract/meter-history.ts";
import { METER_COSTS_EXAMPLE } from "#contract/meter-history-examples.ts";
import { meterDetailSchema, meterParamsSchema, metersQuerySchema, metersSchema } from "#contract/meters.ts";
import { meterEditRoutes } from "./meter-edits.ts";
import { meterHistoryRoutes } from "./meter-history.ts";
import { meterReadingRoute } from "./meter-readings.ts";

const TAGS = ["meters"];
const base = { config: { policy: "viewer" }, handlerTimeout: QUESTION_MS } as const;

/** Meters: how they stand, what they used and cost, and what people say about them. */
export function meterRoutes(app: Api, deps: RouteDeps): void {
  const all = () => metersNow(deps);

  app.get("/meters", {
    ...base,
    schema: {
      summary: "Meters",
      description:
        "Every meter of every site, or of one: how it stands and why, its newest reading, this month beside the same days a year before, this " +
        "year and the last twelve months, each with the share that was measured. One sentence tells of all of them.",
      tags: TAGS,
      querystring: metersQuerySchema,
      response: answers(metersSchema, METERS_EXAMPLE),
    },
    handler: async (request) => metersAnswer(sitesOf(await all(), request.query.site), deps.nowMs()),
  });

  app.get("/meters/costs", {
    ...base,
    schema: {
      summary: "What meters cost",
      description: "Every meter of a calendar year of its site, month by month, base fees included; null where nobody said a price.",
      tags: TAGS,
      querystring: meterCostsQuerySchema,
      response: answers(meterCostsSchema, METER_COSTS_EXAMPLE),
    },
    handler: async (request) => costsAnswer(sitesOf(await all(), request.query.site), request.query.year),
  });

  app.get("/meters/:id", {
    ...base,
    schema: {
      summary: "One meter",
      description:
        "What it is and who says so, its registers, replacements, prices and pattern, how well it was read, what its readings did that is no " +
        "consumption, what it is made of, and what is not set yet.",
      tags: TAGS,
      params: meterParamsSchema,
      response: answers(meterDetailSchema, METER_DETAIL_EXAMPLE),
    },
    handler: async (request) => {
      const desk = await meterNow(deps, request.params.id);
      return meterDetail(desk, { nowMs: deps.nowMs(), registry: await deps.store.registry() });
    },
  });

  meterHistoryRoutes(app, deps);
  meterReadingRoute(app, deps);
  meterEditRoutes(app, deps);
}
