import { Readable } from "node:stream";
import { type BuildingDesk, buildingOf } from "#api/buildings/desk.ts";
import { equipmentAnswer, findingsAnswer } from "#api/buildings/equipment.ts";
import { unchanged } from "#api/buildings/fresh.ts";
import { buildingsAnswer } from "#api/buildings/list.ts";
import { overviewAnswer } from "#api/buildings/overview.ts";
import { buildingRange } from "#api/buildings/range.ts";
import { valuesNow } from "#api/buildings/values-now.ts";
import { zoneAnswer, zoneOf } from "#api/buildings/zone.ts";
import { zoneCsv } from "#api/buildings/zone-csv.ts";
import { sendUnchanged } from "#api/plants/fresh.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps, sendStream, textAnswers } from "#api/route-kit.ts";
import { dateText } from "#calendar/local-text.ts";
import {
  buildingEquipmentParamsSchema,
  buildingParamsSchema,
  buildingQuerySchema,
  buildingSchema,
  buildingsSchema,
  equipmentListSchema,
  findingsSchema,
  zoneDetailSchema,
} from "#contract/building.ts";
import {
  BUILDING_EXAMPLE,
  BUILDINGS_EXAMPLE,
  EQUIPMENT_EXAMPLE,
  FINDINGS_EXAMPLE,
  ZONE_CSV_EXAMPLE,
  ZONE_EXAMPLE,
} from "#contract/building-examples.ts";
import { buildingPointRoutes } from "./building-points.ts";
import { buildingViewRoutes } from "./building-views.ts";

const TAGS = ["buildings"];
/** All zones of a building are judged at once. */
const MOST_DAYS = 100;
const MOST_DAYS_OF_ZONE = 400;
const base = { config: { policy: "viewer" }, handlerTimeout: QUESTION_MS } as const;

/** Buildings: zones, air handlers, what is worth a look, and how each zone is judged. */
export function buildingRoutes(app: Api, deps: RouteDeps): void {
  overviewRoutes(app, deps);
  zoneRoutes(app, deps);
  equipmentRoutes(app, deps);
  buildingPointRoutes(app, deps);
  buildingViewRoutes(app, deps);
}

function overviewRoutes(app: Api, deps: RouteDeps): void {
  const { nowMs, config } = deps;

  app.get("/buildings", {
    ...base,
    schema: {
      summary: "Buildings",
      description: "Every site with histories of a station or with a zone found by name: how its zones are judged and how much was found.",
      tags: TAGS,
      response: answers(buildingsSchema, BUILDINGS_EXAMPLE),
    },
    handler: async () => buildingsAnswer(deps.buildings?.() ?? [], nowMs()),
  });

  app.get("/buildings/:site", {
    ...base,
    schema: {
      summary: "One building",
      description:
        `Its zones now and over a range of at most ${MOST_DAYS} days, worst first, and its air handlers. Without a range, the local day so ` +
        "far. One sentence tells of all of it. An answer that did not change since is 304.",
      tags: TAGS,
      params: buildingParamsSchema,
      querystring: buildingQuerySchema,
      response: answers(buildingSchema, BUILDING_EXAMPLE),
    },
    handler: async (request, reply) => {
      const desk = buildingOf(deps, request.params.site);
      const range = buildingRange(request.query, desk.zone, { nowMs: nowMs(), mostDays: MOST_DAYS });
      if (await unchanged(request, reply, { desk, startedMs: config.startedMs, nowMs: nowMs() })) return sendUnchanged(reply);
      return overviewAnswer(desk, range);
    },
  });

  app.get("/buildings/:site/findings", {
    ...base,
    schema: {
      summary: "What is worth a look",
      description: `Dampers that stick or leak, reheat that wastes, sensors that say nothing: over at most ${MOST_DAYS} days, the gravest first.`,
      tags: TAGS,
      params: buildingParamsSchema,
      querystring: buildingQuerySchema,
      response: answers(findingsSchema, FINDINGS_EXAMPLE),
    },
    handler: async (request, reply) => {
      const desk = buildingOf(deps, request.params.site);
      const range = buildingRange(request.query, desk.zone, { nowMs: nowMs(), mostDays: MOST_DAYS });
      if (await unchanged(request, reply, { desk, startedMs: config.startedMs, nowMs: nowMs() })) return sendUnchanged(reply);
      return findingsAnswer(desk, range, nowMs());
    },
  });
}

function zoneRoutes(app: Api, deps: RouteDeps): void {
  const { nowMs, config } = deps;
  const zoneRange = (desk: BuildingDesk, query: { from?: string | undefined; to?: string | undefined }) =>
    buildingRange(query, desk.zone, { nowMs: nowMs(), mostDays: MOST_DAYS_OF_ZONE });

  app.get("/buildings/:site/zones/:id", {
    ...base,
    schema: {
      summary: "One zone",
      description:
        `Temperature, setpoints, airflow, damper and reheat over at most ${MOST_DAYS_OF_ZONE} days, how comfortable it was while occupied, how ` +
        "well its box followed, and how all of that was told. Long columns are means of buckets, and steps the last of each. Unchanged: 304.",
      tags: TAGS,
      params: buildingEquipmentParamsSchema,
      querystring: buildingQuerySchema,
      response: answers(zoneDetailSchema, ZONE_EXAMPLE),
    },
    handler: async (request, reply) => {
      const desk = buildingOf(deps, request.params.site);
      const range = zoneRange(desk, request.query);
      if (await unchanged(request, reply, { desk, startedMs: config.startedMs, nowMs: nowMs() })) return sendUnchanged(reply);
      return zoneAnswer(desk, request.params.id, { range, nowMs: nowMs() });
    },
  });

  app.get("/buildings/:site/zones/:id/export.csv", {
    ...base,
    exposeHeadRoute: false,
    schema: {
      summary: "One zone as CSV",
      description:
        "Every sample of its points as the zone is judged: one line per instant, what speaks on change repeated while it holds, nothing where a " +
        "value is missing or not good.",
      tags: TAGS,
      params: buildingEquipmentParamsSchema,
      querystring: buildingQuerySchema,
      response: textAnswers("text/csv", ZONE_CSV_EXAMPLE),
    },
    handler: async (request, reply) => {
      const desk = buildingOf(deps, request.params.site);
      const detail = await zoneOf(desk, request.params.id, zoneRange(desk, request.query));
      const days = `${dateText(detail.range.fromMs, desk.zone)}_${dateText(detail.range.toMs - 1, desk.zone)}`;
      reply.header("content-disposition", `attachment; filename="${fileWord(detail.zone.id)}_${days}.csv"`);
      return sendStream(reply.type("text/csv; charset=utf-8"), Readable.from(zoneCsv(detail, desk.zone.id), { objectMode: false }));
    },
  });
}

/** A name as part of a file's name, whatever it holds. */
const fileWord = (text: string): string => text.replace(/[^\w-]+/g, "-").slice(0, 80);

function equipmentRoutes(app: Api, deps: RouteDeps): void {
  const { nowMs, store } = deps;
  const asked = async (desk: BuildingDesk, query: { from?: string | undefined; to?: string | undefined }, id?: string) => {
    const catalog = await deps.catalog();
    return equipmentAnswer(desk, {
      range: buildingRange(query, desk.zone, { nowMs: nowMs(), mostDays: MOST_DAYS }),
      nowMs: nowMs(),
      others: (equipment) => valuesNow(store, catalog, equipment),
      ...(id === undefined ? {} : { id }),
    });
  };

  app.get("/buildings/:site/equipment", {
    ...base,
    schema: {
      summary: "Equipment",
      description: "Every zone, air handler, fan and boiler found by name: what it serves, its values now and what was found about it.",
      tags: TAGS,
      params: buildingParamsSchema,
      querystring: buildingQuerySchema,
      response: answers(equipmentListSchema, EQUIPMENT_EXAMPLE),
    },
    handler: async (request) => asked(buildingOf(deps, request.params.site), request.query),
  });

  app.get("/buildings/:site/equipment/:id", {
    ...base,
    schema: {
      summary: "One piece of equipment",
      description: "The same list with this one alone.",
      tags: TAGS,
      params: buildingEquipmentParamsSchema,
      querystring: buildingQuerySchema,
      response: answers(equipmentListSchema, EQUIPMENT_EXAMPLE),
    },
    handler: async (request) => asked(buildingOf(deps, request.params.site), request.query, request.params.id),
  });
}
