import { seriesOf, siteOf } from "#api/catalog.ts";
import { ApiError } from "#api/errors.ts";
import { readLatest } from "#api/latest.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps, sendJson } from "#api/route-kit.ts";
import { searchSeries, seriesInfos } from "#api/series-info.ts";
import { MAX_COLUMN_SERIES } from "#contract/names.ts";
import { latestQuerySchema, latestSchema, seriesListSchema, seriesQuerySchema } from "#contract/series.ts";

/** What is measured, and its newest values. */
export function seriesRoutes(app: Api, deps: RouteDeps): void {
  app.get("/series", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Series",
      description: "Everything that is measured, by site, point and quantity. `q` finds words in names, keys, units and serial numbers.",
      tags: ["series"],
      querystring: seriesQuerySchema,
      response: answers(seriesListSchema, { series: [SERIES], more: false }),
    },
    handler: async (request) => {
      const catalog = await deps.catalog();
      const { site, point, source, q = "", limit } = request.query;
      if (site !== undefined) siteOf(catalog, site);
      const found = searchSeries(catalog, q).filter(
        (series) =>
          (site === undefined || series.site === site) &&
          (point === undefined || series.point === point || `${series.site}/${series.point}` === point) &&
          (source === undefined || series.source === source),
      );
      return { series: await seriesInfos(deps, catalog, found.slice(0, limit)), more: found.length > limit };
    },
  });

  app.get("/latest", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Newest values",
      description: "The newest sample of each series: of those named, of one site, or of all. A stated absence is null.",
      tags: ["series"],
      querystring: latestQuerySchema,
      response: answers(latestSchema, {
        nowMs: 1_763_600_000_500,
        values: [{ key: "plant/main/power@kyz", tMs: 1_763_600_000_000, value: 412.5, quality: 0 }],
      }),
    },
    handler: async (request, reply) => {
      const catalog = await deps.catalog();
      const { series: keys, site } = request.query;
      if (keys && keys.length > 10 * MAX_COLUMN_SERIES) throw new ApiError("too-many-series", { limit: 10 * MAX_COLUMN_SERIES });
      if (site !== undefined) siteOf(catalog, site);
      const named = keys ? seriesOf(catalog, keys) : undefined;
      const wanted = site === undefined ? named : (named ?? catalog.series).filter((series) => series.site === site);
      const values = await readLatest(deps.store, catalog, wanted);
      // Written here: the answer may hold thousands of values, each of them ours.
      return sendJson(reply, JSON.stringify({ nowMs: deps.nowMs(), values }));
    },
  });
}

const SERIES = {
  key: "plant/main/power@kyz",
  site: "plant",
  point: "main",
  pointName: "Main electricity",
  quantity: "power",
  quantityName: "Power",
  source: "kyz",
  dialect: "kyz-pulse",
  kind: "gauge" as const,
  unit: "kW",
  medium: "electricity" as const,
  primary: true,
  diagnostic: false,
  everyMs: 15_000,
  guaranteed: true,
  firstMs: 1_735_707_600_000,
  lastMs: 1_763_600_000_000,
  count: 1_859_493,
  demo: false,
};
