import { Readable } from "node:stream";
import { seriesOf } from "#api/catalog.ts";
import { ApiError } from "#api/errors.ts";
import { exportCsv } from "#api/export.ts";
import { instant, range } from "#api/instant.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps, sendJson, sendStream, textAnswers } from "#api/route-kit.ts";
import { MAX_COLUMN_POINTS, MAX_COLUMN_SERIES } from "#contract/names.ts";
import { columnsQuerySchema, columnsSchema, exportQuerySchema } from "#contract/series.ts";

/** Rows of all series of one answer together. */
const MAX_ROWS = 500_000;
/** Exports written at a time: each reads history as fast as it is taken. */
const MAX_EXPORTS = 4;

/** The past: as columns for charts, as CSV for everything else. */
export function historyRoutes(app: Api, deps: RouteDeps): void {
  let exports = 0;

  app.get("/columns", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "History as columns",
      description:
        "Samples in [from, to) where they fit the budget of `points`; else buckets of a width people read off an axis, with minimum, maximum, " +
        "mean (the last value for counters and states) and count. Buckets are whole: the first may begin before `from`, the last end after `to`. " +
        "A missing value is null. `asOf` answers with what was known then.",
      tags: ["history"],
      querystring: columnsQuerySchema,
      response: answers(columnsSchema, COLUMNS),
    },
    handler: async (request, reply) => {
      const { query } = request;
      const asked = range(query);
      const catalog = await checked(query.series);
      const series = seriesOf(catalog, query.series);
      const budget = query.raw ? MAX_COLUMN_POINTS : query.points;
      if (!query.raw && budget * series.length > MAX_ROWS) throw new ApiError("too-many-points", { limit: MAX_ROWS });
      const asOf = query.asOf === undefined ? {} : { asOfMs: instant(query.asOf, "asOf") };
      const columns: string[] = [];
      let room = MAX_ROWS;
      // One after the other: a page of many charts must not hold the store against everyone else.
      for (const one of series) {
        if (request.signal.aborted) break;
        const column = await deps.columns.read(catalog, one, { range: asked, budget: Math.min(budget, room), raw: query.raw, ...asOf });
        if (query.raw) room -= column.rows;
        columns.push(column.json);
      }
      return sendJson(reply, `{"fromMs":${asked.fromMs},"toMs":${asked.toMs},"columns":[${columns.join(",")}]}`);
    },
  });

  app.get("/export.csv", {
    config: { policy: "viewer" },
    exposeHeadRoute: false,
    schema: {
      summary: "History as CSV",
      description:
        "Every sample in [from, to), one line per instant, one column per series with its unit, and behind it the marks of quality. " +
        "RFC 4180; sent as it is read, so years of data are fine. Texts that a spreadsheet would take for a formula begin with an apostrophe.",
      tags: ["history"],
      querystring: exportQuerySchema,
      response: textAnswers(
        "text/csv",
        "time (UTC),Main electricity Power [kW],Main electricity Power quality\r\n2026-11-20T08:00:00Z,412.5,\r\n",
      ),
    },
    handler: async (request, reply) => {
      const { query } = request;
      const asked = range(query);
      const catalog = await checked(query.series);
      const series = seriesOf(catalog, query.series);
      const asOf = query.asOf === undefined ? {} : { asOfMs: instant(query.asOf, "asOf") };
      const { time, header, quality } = query;
      if (exports >= MAX_EXPORTS) throw new ApiError("too-many-exports", { limit: MAX_EXPORTS });
      const rows = exportCsv(deps.store, catalog, { series, range: asked, time, header, quality, ...asOf });
      const name = `wattkeep-${new Date(asked.fromMs).toISOString().slice(0, 10)}.csv`;
      reply.header("content-disposition", `attachment; filename="${name}"`).type("text/csv; charset=utf-8");
      exports += 1;
      const stream = Readable.from(rows, { objectMode: false });
      stream.once("close", () => {
        exports -= 1;
      });
      // A reader may leave before the first bytes, when nothing is connected to the stream yet.
      reply.raw.once("close", () => stream.destroy());
      return sendStream(reply, stream);
    },
  });

  async function checked(keys: readonly string[]) {
    if (keys.length > MAX_COLUMN_SERIES) throw new ApiError("too-many-series", { limit: MAX_COLUMN_SERIES });
    return deps.catalog();
  }
}

const COLUMNS = {
  fromMs: 1_763_600_000_000,
  toMs: 1_763_600_060_000,
  columns: [
    {
      key: "plant/main/power@kyz",
      unit: "kW",
      kind: "gauge",
      mode: "raw" as const,
      tMs: [1_763_600_000_000, 1_763_600_015_000],
      value: [412.5, null],
      quality: [0, 64],
      samples: 2,
      gapMs: 60_000,
    },
  ],
};
