import { buildingOf } from "#api/buildings/desk.ts";
import { sayEquipment, sayPoint, takeBack } from "#api/buildings/facts.ts";
import { pointsAnswer } from "#api/buildings/points.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps } from "#api/route-kit.ts";
import { buildingEquipmentParamsSchema, buildingParamsSchema } from "#contract/building.ts";
import { BUILDING_FACT_EXAMPLE, BUILDING_POINTS_EXAMPLE } from "#contract/building-examples.ts";
import {
  buildingFactParamsSchema,
  buildingFactSchema,
  buildingPointParamsSchema,
  buildingPointsSchema,
  equipmentDecisionSchema,
  pointDecisionSchema,
} from "#contract/building-points.ts";

const TAGS = ["buildings"];
const viewer = { config: { policy: "viewer" }, handlerTimeout: QUESTION_MS } as const;
const operator = { config: { policy: "operator" }, handlerTimeout: QUESTION_MS } as const;

/** Names and roles: what every history is taken for and why, and what people say about it: dated, by whom, and taken back by saying so. */
export function buildingPointRoutes(app: Api, deps: RouteDeps): void {
  app.get("/buildings/:site/points", {
    ...viewer,
    schema: {
      summary: "Names and roles",
      description:
        "Every history with the equipment and the role it is taken for, the words or tags that say so, what else fitted, names that give " +
        "the same key, and what people decided.",
      tags: TAGS,
      params: buildingParamsSchema,
      response: answers(buildingPointsSchema, BUILDING_POINTS_EXAMPLE),
    },
    handler: async (request) => pointsAnswer(buildingOf(deps, request.params.site), deps.store, deps.nowMs()),
  });

  app.put("/buildings/:site/points/:point", {
    ...operator,
    schema: {
      summary: "Decide what a history is",
      description:
        "Its role and its equipment; `none` says that it has no role. What is left out or null is as guessed. What the configuration says " +
        "is changed there. Every answer follows at once.",
      tags: TAGS,
      params: buildingPointParamsSchema,
      body: pointDecisionSchema,
      response: answers(buildingFactSchema, BUILDING_FACT_EXAMPLE),
    },
    handler: async (request) => {
      const { site, point } = request.params;
      return sayPoint(buildingOf(deps, site), { point, said: request.body }, { deps, request });
    },
  });

  app.put("/buildings/:site/equipment/:id", {
    ...operator,
    schema: {
      summary: "Say which air handler serves a zone",
      description: "And what equipment is called, and on which floor it is. What is left out or null is as guessed.",
      tags: TAGS,
      params: buildingEquipmentParamsSchema,
      body: equipmentDecisionSchema,
      response: answers(buildingFactSchema, {
        ...BUILDING_FACT_EXAMPLE,
        point: "",
        name: "building-equipment",
        value: '{"equipment":"vav-1-01","servedBy":"ahu-1"}',
      }),
    },
    handler: async (request) => {
      const { site, id } = request.params;
      return sayEquipment(buildingOf(deps, site), { id, said: request.body }, { deps, request });
    },
  });

  app.delete("/buildings/:site/facts/:fact", {
    ...operator,
    schema: {
      summary: "Take back what was said of a building",
      description: "A decision about a history or about equipment. It stays listed among the edits; what was said before it holds again.",
      tags: TAGS,
      params: buildingFactParamsSchema,
      response: answers(buildingFactSchema, { ...BUILDING_FACT_EXAMPLE, undoneMs: BUILDING_FACT_EXAMPLE.madeMs + 60_000 }),
    },
    handler: async (request) => takeBack(buildingOf(deps, request.params.site), request.params.fact, { deps, request }),
  });
}
