import { Readable } from "node:stream";
import { ApiError } from "#api/errors.ts";
import { homeChartJson } from "#api/homes/chart.ts";
import { homeOf } from "#api/homes/desk.ts";
import { homeCsv } from "#api/homes/export.ts";
import { homesAnswer } from "#api/homes/list.ts";
import { balanceAnswer, dayAnswer, selectionAnswer } from "#api/homes/past.ts";
import { homeDates, homeRange } from "#api/homes/range.ts";
import { homeSummaryAnswer } from "#api/homes/summary.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps, sendJson, sendStream, textAnswers } from "#api/route-kit.ts";
import { dateText } from "#calendar/local-text.ts";
import {
  homeBalanceSchema,
  homeChartQuerySchema,
  homeChartSchema,
  homeDaysQuerySchema,
  homeDaysSchema,
  homeExportQuerySchema,
  homeParamsSchema,
  homeSelectionQuerySchema,
  homeSelectionSchema,
  homeSummaryQuerySchema,
  homeSummarySchema,
  homesSchema,
} from "#contract/home.ts";
import {
  HOME_BALANCE_EXAMPLE,
  HOME_CHART_EXAMPLE,
  HOME_CSV_EXAMPLE,
  HOME_DAYS_EXAMPLE,
  HOME_SELECTION_EXAMPLE,
  HOME_SUMMARY_EXAMPLE,
  HOMES_EXAMPLE,
} from "#contract/home-examples.ts";
import { homeFactRoutes } from "./home-facts.ts";
import { homeImportRoute } from "./home-import.ts";

const TAGS = ["homes"];
const base = { config: { policy: "viewer" }, handlerTimeout: QUESTION_MS } as const;

/** Homes: where they stand now, any stretch of their past, and what people say about them. */
export function homeRoutes(app: Api, deps: RouteDeps): void {
  nowRoutes(app, deps);
  chartRoutes(app, deps);
  dayRoutes(app, deps);
  exportRoute(app, deps);
  homeImportRoute(app, deps);
  homeFactRoutes(app, deps);
}

function nowRoutes(app: Api, deps: RouteDeps): void {
  const desk = (id: string) => homeOf(deps.homes?.() ?? [], id);

  app.get("/homes", {
    ...base,
    schema: {
      summary: "Homes",
      description: "Every home: its meter and reader, what it sends, its prices and instalments, and what is not set yet.",
      tags: TAGS,
      response: answers(homesSchema, HOMES_EXAMPLE),
    },
    handler: async () => ({ nowMs: deps.nowMs(), homes: await homesAnswer(deps) }),
  });

  app.get("/homes/:id/summary", {
    ...base,
    schema: {
      summary: "Summary of a home",
      description:
        "Power now; energy and cost, base fee included, of today, this week, month and year of settlement and of everything there is, each " +
        "beside a typical one; and what was paid in advance against what it costs. A day is the home's own, 23 to 25 hours long.",
      tags: TAGS,
      params: homeParamsSchema,
      querystring: homeSummaryQuerySchema,
      response: answers(homeSummarySchema, HOME_SUMMARY_EXAMPLE),
    },
    handler: async (request) => homeSummaryAnswer(desk(request.params.id), request.query.weekStart),
  });
}

function chartRoutes(app: Api, deps: RouteDeps): void {
  const desk = (id: string) => homeOf(deps.homes?.() ?? [], id);

  app.get("/homes/:id/chart", {
    ...base,
    schema: {
      summary: "Power and energy over a range",
      description:
        "As many rows as the screen can show: the readings themselves where they fit, else the mean, least and greatest power of each stretch. " +
        "Energy runs from the beginning of the range. A stretch nobody observed is null.",
      tags: TAGS,
      params: homeParamsSchema,
      querystring: homeChartQuerySchema,
      response: answers(homeChartSchema, HOME_CHART_EXAMPLE),
    },
    handler: async (request, reply) => {
      const { reports, zone } = desk(request.params.id);
      const { points, phases, typical } = request.query;
      return sendJson(reply, homeChartJson(await reports.chart(homeRange(request.query, zone), { points, phases, typical })));
    },
  });

  app.get("/homes/:id/selection", {
    ...base,
    schema: {
      summary: "Statistics of a range",
      description: "Energy, cost, and the power of any stretch: greatest and least with their instants, and the mean over time.",
      tags: TAGS,
      params: homeParamsSchema,
      querystring: homeSelectionQuerySchema,
      response: answers(homeSelectionSchema, HOME_SELECTION_EXAMPLE),
    },
    handler: async (request) => {
      const at = desk(request.params.id);
      return selectionAnswer(at, homeRange(request.query, at.zone));
    },
  });

  app.get("/homes/:id/balance", {
    ...base,
    schema: {
      summary: "Where energy came from and where it went",
      description:
        "Grid, sun, battery and house of a range, how much of the own production was used here, and how much of the use the house met itself. " +
        "Null where nothing but the grid is metered.",
      tags: TAGS,
      params: homeParamsSchema,
      querystring: homeSelectionQuerySchema,
      response: answers(homeBalanceSchema, HOME_BALANCE_EXAMPLE),
    },
    handler: async (request) => {
      const { reports, zone } = desk(request.params.id);
      return { balance: balanceAnswer(await reports.balance(homeRange(request.query, zone)), zone) };
    },
  });
}

function dayRoutes(app: Api, deps: RouteDeps): void {
  app.get("/homes/:id/days", {
    ...base,
    schema: {
      summary: "Days of a home",
      description:
        "Energy and cost of each local day from one date up to and including another, from midnight to midnight so that nothing is lost between " +
        "days, with the mean of 30 whole days and what is typical of the weekday.",
      tags: TAGS,
      params: homeParamsSchema,
      querystring: homeDaysQuerySchema,
      response: answers(homeDaysSchema, HOME_DAYS_EXAMPLE),
    },
    handler: async (request) => {
      const { id, reports, zone } = homeOf(deps.homes?.() ?? [], request.params.id);
      const { from, to } = homeDates(request.query, zone);
      const days = await reports.days(from, to);
      return { home: id, zone: zone.id, days: days.map((day) => dayAnswer(day, zone)) };
    },
  });
}

const MAX_EXPORTS = 4;

function exportRoute(app: Api, deps: RouteDeps): void {
  let exports = 0;

  app.get("/homes/:id/export.csv", {
    config: { policy: "viewer" },
    exposeHeadRoute: false,
    schema: {
      summary: "Readings of a home as CSV",
      description:
        "Every reading of a range, none left out: local time and UTC, power, registers, phases, quality and source. RFC 4180; sent as it is " +
        "read, so years are fine.",
      tags: TAGS,
      params: homeParamsSchema,
      querystring: homeExportQuerySchema,
      response: textAnswers("text/csv", HOME_CSV_EXAMPLE),
    },
    handler: async (request, reply) => {
      const desk = homeOf(deps.homes?.() ?? [], request.params.id);
      const asked = homeRange(request.query, desk.zone);
      if (exports >= MAX_EXPORTS) throw new ApiError("too-many-exports", { limit: MAX_EXPORTS });
      const name = `${desk.id.replace(/[^\w.-]/g, "_")}-${dateText(asked.fromMs, desk.zone)}.csv`;
      reply.header("content-disposition", `attachment; filename="${name}"`).type("text/csv; charset=utf-8");
      exports += 1;
      const stream = Readable.from(homeCsv(desk, deps.store, asked), { objectMode: false });
      stream.once("close", () => {
        exports -= 1;
      });
      // A reader may leave before the first bytes, when nothing is connected to the stream yet.
      reply.raw.once("close", () => stream.destroy());
      return sendStream(reply, stream);
    },
  });
}
