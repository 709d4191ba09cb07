import { Readable } from "node:stream";
import { type ConsumptionAsked, consumptionCsv, consumptionJson, consumptionOf, MOST_ROWS } from "#api/meters/consumption.ts";
import { answered, type MeterDesk, meterNow } from "#api/meters/desk.ts";
import { lineageAnswer, profileAnswer, readingsAnswer } from "#api/meters/history.ts";
import { endMoment, meterRange, rangeAsKnown, withLastMoment } from "#api/meters/range.ts";
import { meterExpectation } from "#api/meters/wire.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps, sendJson, sendStream, textAnswers } from "#api/route-kit.ts";
import { dateText } from "#calendar/local-text.ts";
import {
  expectationQuerySchema,
  expectationSchema,
  meterConsumptionQuerySchema,
  meterConsumptionSchema,
  meterLineageQuerySchema,
  meterLineageSchema,
  meterProfileQuerySchema,
  meterProfileSchema,
  meterReadingsQuerySchema,
  meterReadingsSchema,
} from "#contract/meter-history.ts";
import {
  METER_CONSUMPTION_EXAMPLE,
  METER_CSV_EXAMPLE,
  METER_EXPECTATION_EXAMPLE,
  METER_LINEAGE_EXAMPLE,
  METER_PROFILE_EXAMPLE,
  METER_READINGS_EXAMPLE,
} from "#contract/meter-history-examples.ts";
import { meterParamsSchema } from "#contract/meters.ts";

const TAGS = ["meters"];
const base = { config: { policy: "viewer" }, handlerTimeout: QUESTION_MS } as const;

type ConsumptionQuery = { from: string; to: string; asOf?: string | undefined; by: ConsumptionAsked["by"] };
const askedOf = (query: ConsumptionQuery, { zone }: MeterDesk): ConsumptionAsked => ({ ...rangeAsKnown(query, zone), by: query.by });

/** Any stretch of a meter's past, and how each number was made. */
export function meterHistoryRoutes(app: Api, deps: RouteDeps): void {
  consumptionRoutes(app, deps);
  readingRoutes(app, deps);
  habitRoutes(app, deps);
}

function consumptionRoutes(app: Api, deps: RouteDeps): void {
  app.get("/meters/:id/consumption", {
    ...base,
    schema: {
      summary: "Consumption of a meter",
      description:
        "By the spacing of its readings, hour, day, month or year of the site's clock: what was used, the share between two readings, what rules " +
        "filled in, and the time of which nobody knows. `asOf` tells it as it was known on an earlier day. At most 20,000 rows.",
      tags: TAGS,
      params: meterParamsSchema,
      querystring: meterConsumptionQuerySchema,
      response: answers(meterConsumptionSchema, METER_CONSUMPTION_EXAMPLE),
    },
    handler: async (request, reply) => {
      const at = await meterNow(deps, request.params.id);
      return sendJson(reply, consumptionJson(at, await consumptionOf(at, askedOf(request.query, at), MOST_ROWS.page)));
    },
  });

  app.get("/meters/:id/consumption.csv", {
    ...base,
    exposeHeadRoute: false,
    schema: {
      summary: "Consumption of a meter as CSV",
      description: "The same rows with local time and UTC. RFC 4180; at most 200,000 rows.",
      tags: TAGS,
      params: meterParamsSchema,
      querystring: meterConsumptionQuerySchema,
      response: textAnswers("text/csv", METER_CSV_EXAMPLE),
    },
    handler: async (request, reply) => {
      const at = await meterNow(deps, request.params.id);
      const asked = askedOf(request.query, at);
      const rows = await consumptionOf(at, asked, MOST_ROWS.file);
      const name = `${at.id.replace(/[^\w.-]/g, "_")}-${asked.by}-${dateText(asked.fromMs, at.zone)}.csv`;
      reply.header("content-disposition", `attachment; filename="${name}"`).type("text/csv; charset=utf-8");
      const stream = Readable.from(consumptionCsv(at, rows), { objectMode: false });
      // A reader may leave before the first bytes, when nothing is connected to the stream yet.
      reply.raw.once("close", () => stream.destroy());
      return sendStream(reply, stream);
    },
  });
}

function readingRoutes(app: Api, deps: RouteDeps): void {
  app.get("/meters/:id/readings", {
    ...base,
    schema: {
      summary: "Readings of a meter",
      description:
        "What the dial showed, newest first, from every source: whether numbers use it and why not, what was stored where a person corrected " +
        "it, and the note and picture of whoever read it.",
      tags: TAGS,
      params: meterParamsSchema,
      querystring: meterReadingsQuerySchema,
      response: answers(meterReadingsSchema, METER_READINGS_EXAMPLE),
    },
    handler: async (request) => {
      const at = await meterNow(deps, request.params.id);
      const asked = { ...withLastMoment(request.query, rangeAsKnown(request.query, at.zone)), limit: request.query.limit };
      return readingsAnswer(at, asked, await deps.store.registry());
    },
  });

  app.get("/meters/:id/lineage", {
    ...base,
    schema: {
      summary: "How a number was made",
      description: "Of any stretch: which readings, which rules in their order, and the same of every meter it is made of.",
      tags: TAGS,
      params: meterParamsSchema,
      querystring: meterLineageQuerySchema,
      response: answers(meterLineageSchema, METER_LINEAGE_EXAMPLE),
    },
    handler: async (request) => {
      const at = await meterNow(deps, request.params.id);
      return lineageAnswer(at, rangeAsKnown(request.query, at.zone), await deps.store.registry());
    },
  });
}

function habitRoutes(app: Api, deps: RouteDeps): void {
  app.get("/meters/:id/profile", {
    ...base,
    schema: {
      summary: "Habits of a meter",
      description: "Heat map of days and hours, the mean day of workdays, Saturdays and Sundays, months year over year, and the base load.",
      tags: TAGS,
      params: meterParamsSchema,
      querystring: meterProfileQuerySchema,
      response: answers(meterProfileSchema, METER_PROFILE_EXAMPLE),
    },
    handler: async (request) => {
      const at = await meterNow(deps, request.params.id);
      return profileAnswer(at, meterRange(request.query, at.zone));
    },
  });

  app.get("/meters/:id/expectation", {
    ...base,
    schema: {
      summary: "What a reading would show",
      description: "The reading before an instant, and what the dial would be expected to show then, with its range.",
      tags: TAGS,
      params: meterParamsSchema,
      querystring: expectationQuerySchema,
      response: answers(expectationSchema, METER_EXPECTATION_EXAMPLE),
    },
    handler: async (request) => {
      const at = await meterNow(deps, request.params.id);
      return meterExpectation(answered(await at.reports.expectation(at.id, endMoment(request.query.at, at.zone, "at")), at));
    },
  });
}
