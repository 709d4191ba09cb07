import { Readable } from "node:stream";
import { z } from "zod";
import { energySummary } from "#api/compat/monitor-days.ts";
import { clockOf, failAsMonitor, monitorAnswers, monitorHome } from "#api/compat/monitor-desk.ts";
import { NewestMessages } from "#api/compat/monitor-raw.ts";
import { latestReading, readingsJson } from "#api/compat/monitor-readings.ts";
import { windowStats } from "#api/compat/monitor-stats.ts";
import { monitorStatus } from "#api/compat/monitor-status.ts";
import { monitorInstant } from "#api/compat/monitor-time.ts";
import { OldProblem } from "#api/compat/old-problem.ts";
import type { TasmotaCompat } from "#api/deps.ts";
import { type Api, QUESTION_MS, type RouteDeps, sendStream } from "#api/route-kit.ts";
import type { Zone } from "#calendar/zone.ts";
import {
  oldCacheSchema,
  oldEnergySummarySchema,
  oldLatestReadingSchema,
  oldReadingsSchema,
  oldStatsSchema,
  oldStatusSchema,
} from "#contract/old-tasmota.ts";
import { OLD_ENERGY_SUMMARY, OLD_LATEST_READING, OLD_STATS, OLD_STATUS } from "#contract/old-tasmota-examples.ts";
import type { Range } from "#store/store.ts";

const TAGS = ["old monitor"];
const NOT_FOUND = 404;
const BAD_REQUEST = 400;
const UNAVAILABLE = 503;
const MAX_STREAMS = 4;
const EVER: Range = { fromMs: -8.6e15, toMs: 8.6e15 };
const base = { config: { policy: "viewer" }, handlerTimeout: QUESTION_MS } as const;
const text = z.string().max(60).optional();
const readingsQuery = z.object({ start: text, end: text, after: text });
const statsQuery = z.object({ start: text, end: text });

/** The routes of the old Tasmota MT681 monitor, with its names and shapes, for one home. Without the setting there are none. */
export async function tasmotaRoutes(app: Api, deps: RouteDeps): Promise<void> {
  const settings = deps.config.tasmota;
  if (settings === undefined) return;
  await app.register(async (api) => {
    api.setErrorHandler(failAsMonitor(deps.logger));
    const typed = api as unknown as Api;
    readingsRoute(typed, deps, settings);
    figureRoutes(typed, deps, settings);
    dayRoutes(typed, deps, settings);
  });
}

function readingsRoute(app: Api, deps: RouteDeps, settings: TasmotaCompat): void {
  let streams = 0;

  app.get("/api/readings", {
    config: { policy: "viewer" },
    exposeHeadRoute: false,
    schema: {
      summary: "Readings",
      description:
        "Every reading from `start` to `end`, both included, or strictly newer than `after`: ascending, none left out, sent as it is read. " +
        "Times are ISO text by the home's clock, or seconds or milliseconds since 1970. An empty answer is [].",
      tags: TAGS,
      querystring: readingsQuery,
      response: monitorAnswers(oldReadingsSchema, [{ t: 1_773_162_246_000, p: 412, e: 7_480.2 }]),
    },
    handler: async (request, reply) => {
      const desk = monitorHome(deps, settings);
      const range = readingsRange(request.query, clockOf(desk));
      if (streams >= MAX_STREAMS) throw new OldProblem(UNAVAILABLE, `${MAX_STREAMS} readers are served already. Try again in a moment`);
      streams += 1;
      const stream = Readable.from(readingsJson(desk, deps.store, range), { objectMode: false });
      stream.once("close", () => {
        streams -= 1;
      });
      // A reader may leave before the first bytes, when nothing is connected to the stream yet.
      reply.raw.once("close", () => stream.destroy());
      return sendStream(reply.type("application/json; charset=utf-8"), stream);
    },
  });
}

/** Strictly after is the next whole millisecond that can hold a reading. */
function readingsRange(query: z.output<typeof readingsQuery>, zone: Zone): Range {
  const startMs = monitorInstant(query.start, "start", zone, "earlier");
  const endMs = monitorInstant(query.end, "end", zone, "later");
  const afterMs = monitorInstant(query.after, "after", zone, "later");
  const fromMs = Math.max(startMs ?? EVER.fromMs, afterMs === undefined ? EVER.fromMs : Math.floor(afterMs) + 1);
  return { fromMs, toMs: endMs === undefined ? EVER.toMs : Math.floor(endMs) + 1 };
}

function figureRoutes(app: Api, deps: RouteDeps, settings: TasmotaCompat): void {
  const messages = new NewestMessages(deps.store);

  app.get("/api/latest_reading", {
    ...base,
    schema: {
      summary: "Newest reading",
      description: "Every column of the old table; the time is the home's clock without offset. 404 while there is none.",
      tags: TAGS,
      response: monitorAnswers(oldLatestReadingSchema, OLD_LATEST_READING),
    },
    handler: async () => {
      const desk = monitorHome(deps, settings);
      const latest = desk && (await latestReading(desk, deps.store, messages));
      if (latest === undefined) throw new OldProblem(NOT_FOUND, "There is no reading yet");
      return latest;
    },
  });

  app.get("/api/stats", {
    ...base,
    schema: {
      summary: "Statistics of a window",
      description:
        "From `start` to `end`, both needed and both included; the other way round they are swapped. Energy is what the register really " +
        "counted between the first and the last reading inside, so a reset is not negative. Nothing inside is nulls and a count of 0.",
      tags: TAGS,
      querystring: statsQuery,
      response: monitorAnswers(oldStatsSchema, OLD_STATS),
    },
    handler: async (request) => {
      const desk = monitorHome(deps, settings);
      const startMs = monitorInstant(request.query.start, "start", clockOf(desk), "earlier");
      const endMs = monitorInstant(request.query.end, "end", clockOf(desk), "later");
      if (startMs === undefined || endMs === undefined) throw new OldProblem(BAD_REQUEST, "start and end are required");
      return windowStats(desk, deps.store, { fromMs: Math.min(startMs, endMs), toMs: Math.max(startMs, endMs) });
    },
  });

  app.get("/status", {
    ...base,
    schema: {
      summary: "Status",
      description: "Reader, broker, table and jobs. `mqtt_connected` tells whether the broker is connected at this moment.",
      tags: TAGS,
      response: monitorAnswers(oldStatusSchema, OLD_STATUS),
    },
    handler: async (request) =>
      monitorStatus(monitorHome(deps, settings), deps, `${request.protocol}://${request.host}${deps.config.basePath}`),
  });
}

function dayRoutes(app: Api, deps: RouteDeps, settings: TasmotaCompat): void {
  app.get("/api/energy_summary", {
    ...base,
    schema: {
      summary: "Energy by day",
      description:
        "Each local day from midnight to midnight with its noon as time, the mean day of a year, and the mean of 30 listed days.",
      tags: TAGS,
      response: monitorAnswers(oldEnergySummarySchema, OLD_ENERGY_SUMMARY),
    },
    handler: async () => energySummary(monitorHome(deps, settings)),
  });

  app.get("/api/clear_cache", {
    ...base,
    schema: {
      summary: "Nothing to clear",
      description: "No answer is ever stale here, so there is nothing to clear and nothing is changed.",
      tags: TAGS,
      response: monitorAnswers(oldCacheSchema, { status: "ok", message: "Nothing is kept that could be stale." }),
    },
    handler: async () => ({ status: "ok" as const, message: "Nothing is kept that could be stale." }),
  });
}
