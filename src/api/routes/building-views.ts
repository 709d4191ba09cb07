import { buildingOf } from "#api/buildings/desk.ts";
import { unchanged } from "#api/buildings/fresh.ts";
import { overridesAnswer } from "#api/buildings/overrides.ts";
import { peakAnswer } from "#api/buildings/peak.ts";
import { buildingRange } from "#api/buildings/range.ts";
import { stoppedAnswer } from "#api/buildings/stopped.ts";
import { sendUnchanged } from "#api/plants/fresh.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps } from "#api/route-kit.ts";
import { buildingParamsSchema, buildingQuerySchema } from "#contract/building.ts";
import { OVERRIDES_EXAMPLE, PEAK_EXAMPLE, STOPPED_EXAMPLE } from "#contract/building-examples.ts";
import { peakAnswerSchema, peakQuerySchema } from "#contract/building-peak.ts";
import { overridesSchema, stoppedSchema } from "#contract/building-points.ts";

const TAGS = ["buildings"];
const MOST_DAYS_OF_OVERRIDES = 400;
/** A peak is an interval or a few hours of a day. */
const MOST_DAYS_OF_PEAK = 2;
const base = { config: { policy: "viewer" }, handlerTimeout: QUESTION_MS } as const;

/** Points held by hand, histories that stopped, and what caused a peak. */
export function buildingViewRoutes(app: Api, deps: RouteDeps): void {
  const { nowMs, config } = deps;

  app.get("/buildings/:site/overrides", {
    ...base,
    schema: {
      summary: "Overrides",
      description: "Points that somebody or some program holds by hand, since when and at which value; those that last first.",
      tags: TAGS,
      params: buildingParamsSchema,
      querystring: buildingQuerySchema,
      response: answers(overridesSchema, OVERRIDES_EXAMPLE),
    },
    handler: async (request, reply) => {
      const desk = buildingOf(deps, request.params.site);
      const range = buildingRange(request.query, desk.zone, { nowMs: nowMs(), mostDays: MOST_DAYS_OF_OVERRIDES });
      if (await unchanged(request, reply, { desk, startedMs: config.startedMs, nowMs: nowMs() })) return sendUnchanged(reply);
      return overridesAnswer(desk, range, nowMs());
    },
  });

  app.get("/buildings/:site/stopped", {
    ...base,
    schema: {
      summary: "Trends stopped",
      description:
        "Histories that say nothing any more, never changed for long, or say what cannot be true; how many were found and mapped.",
      tags: TAGS,
      params: buildingParamsSchema,
      response: answers(stoppedSchema, STOPPED_EXAMPLE),
    },
    handler: async (request, reply) => {
      const desk = buildingOf(deps, request.params.site);
      if (await unchanged(request, reply, { desk, startedMs: config.startedMs, nowMs: nowMs() })) return sendUnchanged(reply);
      return stoppedAnswer(desk, nowMs());
    },
  });

  app.get("/buildings/:site/peak", {
    ...base,
    schema: {
      summary: "What caused a peak",
      description:
        "Every series that was unlike itself at an interval, against the same time of similar days, with comfort beside it. Without a " +
        "range, the highest quarter-hour of the last 30 days.",
      tags: TAGS,
      params: buildingParamsSchema,
      querystring: peakQuerySchema,
      response: answers(peakAnswerSchema, PEAK_EXAMPLE),
    },
    handler: async (request) => {
      const desk = buildingOf(deps, request.params.site);
      const { of, from, to } = request.query;
      const anyTime = from === undefined && to === undefined;
      return peakAnswer(desk, {
        nowMs: nowMs(),
        ...(of === undefined ? {} : { of }),
        ...(anyTime ? {} : { range: buildingRange({ from, to }, desk.zone, { nowMs: nowMs(), mostDays: MOST_DAYS_OF_PEAK }) }),
      });
    },
  });
}
