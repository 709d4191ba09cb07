import { Readable } from "node:stream";
import { instant, range } from "#api/instant.ts";
import { daysAnswer } from "#api/plants/days.ts";
import { deskOf, type PlantDesk } from "#api/plants/desk.ts";
import { sendUnchanged, unchanged } from "#api/plants/fresh.ts";
import { heatAnswer } from "#api/plants/heat.ts";
import { importsAnswer } from "#api/plants/imports.ts";
import { intervalDetail } from "#api/plants/interval-detail.ts";
import { chosenRows, intervalsAnswer, onGrid } from "#api/plants/intervals.ts";
import { intervalsCsv } from "#api/plants/intervals-csv.ts";
import { qualityAnswer } from "#api/plants/quality.ts";
import type { PlantRouteDeps } from "#api/plants/route-deps.ts";
import { type Api, answers, QUESTION_MS, sendStream, textAnswers } from "#api/route-kit.ts";
import { dateText } from "#calendar/local-text.ts";
import {
  DAYS_EXAMPLE,
  HEAT_EXAMPLE,
  IMPORTS_EXAMPLE,
  INTERVAL_EXAMPLE,
  INTERVALS_CSV_EXAMPLE,
  INTERVALS_EXAMPLE,
  QUALITY_EXAMPLE,
} from "#contract/plant-interval-examples.ts";
import {
  daysQuerySchema,
  daysSchema,
  heatSchema,
  intervalDetailSchema,
  intervalFilterSchema,
  intervalParamsSchema,
  intervalsQuerySchema,
  intervalsSchema,
} from "#contract/plant-intervals.ts";
import { plantParamsSchema } from "#contract/plant-parts.ts";
import { importsQuerySchema, importsSchema, plantQualitySchema, qualityQuerySchema } from "#contract/plant-quality.ts";
import type { Range } from "#store/store.ts";

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
const DEFAULT_HEAT_DAYS = 90;

/** Intervals of the past: one by one, by day, as a picture, and whether they are all there. */
export function plantIntervalRoutes(app: Api, deps: PlantRouteDeps): void {
  explorerRoutes(app, deps);
  dayRoutes(app, deps);
  qualityRoutes(app, deps);
}

function explorerRoutes(app: Api, { desks, store, config }: PlantRouteDeps): void {
  app.get("/plants/:id/intervals", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Intervals",
      description:
        "Every finished interval of a range from the best source that knows it: filtered by mark and power, sorted, a page at a time.",
      tags: ["plants"],
      params: plantParamsSchema,
      querystring: intervalsQuerySchema,
      response: answers(intervalsSchema, INTERVALS_EXAMPLE),
    },
    handler: async (request, reply) => {
      const desk = deskOf(desks, request.params.id);
      const asked = range(request.query);
      if (await unchanged(request, reply, { desk, startedMs: config.startedMs })) return sendUnchanged(reply);
      return intervalsAnswer(desk, asked, request.query);
    },
  });

  app.get("/plants/:id/intervals.csv", {
    config: { policy: "viewer" },
    exposeHeadRoute: false,
    schema: {
      summary: "Intervals as CSV",
      description:
        "All rows the filter lets through, in its order. RFC 4180; texts a spreadsheet would take for a formula begin with an apostrophe.",
      tags: ["plants"],
      params: plantParamsSchema,
      querystring: intervalFilterSchema,
      response: textAnswers("text/csv", INTERVALS_CSV_EXAMPLE),
    },
    handler: async (request, reply) => {
      const desk = deskOf(desks, request.params.id);
      const asked = range(request.query);
      const { chosen } = await chosenRows(desk, asked, request.query);
      const name = `${desk.id.replace(/[^\w.-]/g, "_")}-${dateText(asked.fromMs, desk.zone)}.csv`;
      reply.header("content-disposition", `attachment; filename="${name}"`).type("text/csv; charset=utf-8");
      return sendStream(reply, Readable.from(intervalsCsv(chosen, desk), { objectMode: false }));
    },
  });

  app.get("/plants/:id/intervals/:endMs", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "One interval",
      description: "What every source says of the interval that ends at this instant, which one was taken, and what was said before.",
      tags: ["plants"],
      params: intervalParamsSchema,
      response: answers(intervalDetailSchema, INTERVAL_EXAMPLE),
    },
    handler: async (request) => intervalDetail(deskOf(desks, request.params.id), store, request.params.endMs),
  });
}

function dayRoutes(app: Api, { desks, config, nowMs }: PlantRouteDeps): void {
  app.get("/plants/:id/days", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Days",
      description:
        "Energy and peak by local day. An interval belongs to the day it lies in, so the one that ends at midnight is of the day before.",
      tags: ["plants"],
      params: plantParamsSchema,
      querystring: daysQuerySchema,
      response: answers(daysSchema, DAYS_EXAMPLE),
    },
    handler: async (request, reply) => {
      const desk = deskOf(desks, request.params.id);
      const asked = lastDays(desk, request.query, { days: DEFAULT_DAYS, nowMs: nowMs() });
      if (await unchanged(request, reply, { desk, startedMs: config.startedMs })) return sendUnchanged(reply);
      return daysAnswer(desk, asked);
    },
  });

  app.get("/plants/:id/heat", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Days by the time of day",
      description:
        "Mean power as a table of local days and clock times. Hours the clock skips are null; the second pass of an hour it repeats stands beside.",
      tags: ["plants"],
      params: plantParamsSchema,
      querystring: daysQuerySchema,
      response: answers(heatSchema, HEAT_EXAMPLE),
    },
    handler: async (request, reply) => {
      const desk = deskOf(desks, request.params.id);
      const asked = lastDays(desk, request.query, { days: DEFAULT_HEAT_DAYS, nowMs: nowMs() });
      if (await unchanged(request, reply, { desk, startedMs: config.startedMs })) return sendUnchanged(reply);
      return heatAnswer(desk, asked);
    },
  });
}

function qualityRoutes(app: Api, deps: PlantRouteDeps): void {
  const { desks, clocks, store } = deps;
  app.get("/plants/:id/quality", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Quality of the intervals",
      description:
        "Whether every interval of a range is there, which are missing or marked, whether register, intervals and days tell of one energy, and " +
        "how the sources stand to each other. Without a range, the last 24 hours.",
      tags: ["plants"],
      params: plantParamsSchema,
      querystring: qualityQuerySchema,
      response: answers(plantQualitySchema, QUALITY_EXAMPLE),
    },
    handler: async (request) => {
      const desk = deskOf(desks, request.params.id);
      const nowMs = deps.nowMs();
      const { from = String(nowMs - DAY_MS), to = String(nowMs) } = request.query;
      return qualityAnswer(desk, { range: range({ from, to }), nowMs, clockOffsetMs: clocks.offsetMs(desk.key) });
    },
  });

  app.get("/plants/:id/imports", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Imported files",
      description:
        "What files of this plant's sources changed in energy, peak and money, or every reason why one was refused. Newest first.",
      tags: ["plants"],
      params: plantParamsSchema,
      querystring: importsQuerySchema,
      response: answers(importsSchema, IMPORTS_EXAMPLE),
    },
    handler: async (request) => ({ imports: await importsAnswer(deskOf(desks, request.params.id), store, request.query.limit) }),
  });
}

/** Whole local days; left out, the last so many with today. Errors: bad-request, bad-range, too-many-points. */
function lastDays(
  desk: PlantDesk,
  query: { readonly from?: string | undefined; readonly to?: string | undefined },
  { days, nowMs }: { days: number; nowMs: number },
): Range {
  const to = query.to ?? String(nowMs);
  const from = query.from ?? String(desk.zone.addDays(instant(to, "to"), 1 - days));
  const asked = range({ from, to });
  return onGrid(desk, { fromMs: desk.zone.dayStart(asked.fromMs), toMs: desk.zone.nextStart("day", asked.toMs - 1) });
}
