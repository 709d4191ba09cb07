import { z } from "zod";
import { oldMetrics, oldQuality, secondsSince } from "#api/compat/old-counts.ts";
import { type OldDeps, oldAnswers } from "#api/compat/old-desk.ts";
import { clamped, OldProblem } from "#api/compat/old-problem.ts";
import { isExcluded, isInvalid, latestAnswer, newestRow, oldRows } from "#api/compat/old-rows.ts";
import { openOldStream } from "#api/compat/old-stream.ts";
import { oldInstant, oldTime, oldTimeOrNull } from "#api/compat/old-time.ts";
import { figure } from "#api/plants/wire.ts";
import { QUESTION_MS, sendStream } from "#api/route-kit.ts";
import {
  oldErrorSchema,
  oldHealthSchema,
  oldLatestSchema,
  oldLiveLatestSchema,
  oldLiveSeriesSchema,
  oldMetricsSchema,
  oldQualitySchema,
  oldSeriesSchema,
} from "#contract/old-kyz.ts";
import { OLD_LATEST } from "#contract/old-kyz-examples.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAY_MINUTES = 1_440;
const SERIES_DAYS = 60;
const LIVE_MINUTES = { least: 1, most: 14 * DAY_MINUTES, usual: 240 } as const;
const STREAM_SECONDS = 5;
/** Streams open at a time: each looks for itself. */
const MOST_STREAMS = 100;
const NOT_FOUND = 404;
const BAD_REQUEST = 400;
const UNAVAILABLE = 503;

const TAGS = ["old dashboard"];
const base = { config: { policy: "viewer", oldToken: "header" }, handlerTimeout: QUESTION_MS } as const;
const text = z.string().optional();
const minutesQuery = z.object({ minutes: text });
const seriesQuery = z.object({ minutes: text, start: text, end: text });

/** Rows as they are: the newest, those of a range, their counts, and the stream of new ones. */
export function kyzRowRoutes(old: OldDeps): void {
  statusRoutes(old);
  liveRoutes(old);
  seriesRoute(old);
  streamRoute(old);
}

function statusRoutes({ app, deps, desk, settings }: OldDeps): void {
  app.get("/health", {
    ...base,
    schema: {
      summary: "Health",
      description: "Always 200. `credentialMode` says whether reading has credentials of its own in SQL; no name and no secret is told.",
      tags: TAGS,
      response: oldAnswers(oldHealthSchema, {
        serverTime: "2026-03-10T14:41:20",
        dbConnected: true,
        latestIntervalEnd: "2026-03-10T14:30:00",
        secondsSinceLatest: 680,
        latestLiveEnd: "2026-03-10T14:41:15",
        secondsSinceLatestLive: 5,
        credentialMode: "rw",
      }),
    },
    handler: async () => {
      const nowMs = deps.nowMs();
      const credentialMode = settings.credentialMode ?? "rw";
      const { zone, reports } = desk();
      const found = await Promise.all([reports.latest(), reports.livePower()]).catch(() => undefined);
      const [interval, live] = found ?? [];
      return {
        serverTime: oldTime(nowMs, zone),
        dbConnected: found !== undefined,
        latestIntervalEnd: oldTimeOrNull(interval?.endMs, zone),
        secondsSinceLatest: secondsSince(interval?.endMs, nowMs),
        latestLiveEnd: oldTimeOrNull(live?.tMs, zone),
        secondsSinceLatestLive: secondsSince(live?.tMs, nowMs),
        credentialMode,
      };
    },
  });

  app.get("/metrics", {
    ...base,
    schema: {
      summary: "Rows of the last 24 hours",
      description: "How many there are, how many are marked, and when the newest ended.",
      tags: TAGS,
      response: oldAnswers(oldMetricsSchema, {
        dbConnected: true,
        lastIntervalEnd: "2026-03-10T14:30:00",
        secondsSinceLastInterval: 680,
        rowCount24h: 96,
        r17Exclude24h: 1,
        kyzInvalidAlarm24h: 0,
      }),
    },
    handler: async () => oldMetrics(desk(), deps.nowMs()),
  });

  app.get("/latest", {
    ...base,
    schema: {
      summary: "Newest interval",
      description: "404 while there is none.",
      tags: TAGS,
      response: oldAnswers(oldLatestSchema, OLD_LATEST),
    },
    handler: async () => {
      const row = await newestRow(desk());
      if (row === undefined) throw new OldProblem(NOT_FOUND, "No interval rows found");
      return latestAnswer(row, desk());
    },
  });

  app.get("/quality", {
    ...base,
    schema: {
      summary: "Missing and marked rows",
      description: "Of the last 24 hours and 7 days.",
      tags: TAGS,
      response: oldAnswers(oldQualitySchema, {
        expectedIntervals24h: 96,
        observedIntervals24h: 94,
        missingIntervals24h: 2,
        kyzInvalidAlarm: { last24h: 0, last7d: 1 },
        r17Exclude: { last24h: 1, last7d: 4 },
      }),
    },
    handler: async () => oldQuality(desk(), deps.nowMs()),
  });
}

function liveRoutes({ app, deps, desk }: OldDeps): void {
  app.get("/live/latest", {
    ...base,
    schema: {
      summary: "Newest 15 seconds",
      description: "404 while there are none.",
      tags: TAGS,
      response: oldAnswers(oldLiveLatestSchema, {
        SampleEnd: "2026-03-10T14:41:15",
        kW: 408,
        kWh: 1.7,
        PulseCount: 1,
        Total_kWh: 966_143.5,
      }),
    },
    handler: async () => {
      const { reports, zone } = desk();
      const { tMs: newestMs } = await reports.livePower();
      // A tile that is not over yet was never shown.
      const range = { fromMs: (newestMs ?? 0) - DAY_MS, toMs: deps.nowMs() + 1 };
      const tiles = newestMs === undefined ? undefined : await reports.live(range);
      const i = (tiles?.tMs.length ?? 0) - 1;
      if (tiles === undefined || i < 0) throw new OldProblem(NOT_FOUND, "No live rows found");
      return {
        SampleEnd: oldTime(tiles.tMs[i] as number, zone),
        kW: figure(tiles.powerKw[i] as number),
        kWh: figure(tiles.energyKwh[i] as number),
        PulseCount: figure(tiles.pulses[i] as number),
        Total_kWh: figure(tiles.totalKwh[i] as number),
      };
    },
  });

  app.get("/live/series", {
    ...base,
    schema: {
      summary: "Samples of 15 seconds",
      description: "The last `minutes`, 240 unless said, 1 to 20160.",
      tags: TAGS,
      querystring: minutesQuery,
      response: oldAnswers(oldLiveSeriesSchema, { points: [{ t: "2026-03-10T14:41:15", kW: 408, kWh: 1.7 }] }),
    },
    handler: async (request) => {
      const minutes = clamped(request.query.minutes, "minutes", LIVE_MINUTES);
      const { reports, zone } = desk();
      const nowMs = deps.nowMs();
      const tiles = await reports.live({ fromMs: nowMs - minutes * MINUTE_MS, toMs: nowMs + 1 });
      const points = Array.from(tiles.tMs, (tMs, i) => ({
        t: oldTime(tMs, zone),
        kW: tiles.powerKw[i] as number,
        kWh: tiles.energyKwh[i] as number,
      }));
      return { points: points.filter(({ kW }) => !Number.isNaN(kW)) };
    },
  });
}

function seriesRoute({ app, deps, desk, settings }: OldDeps): void {
  const maxDays = settings.seriesMaxDays ?? SERIES_DAYS;

  app.get("/series", {
    ...base,
    schema: {
      summary: "Intervals",
      description:
        "Of the last `minutes`, or from `start` to `end`, both ends included. 400 beyond the longest range, for a bad date, or an end before its start.",
      tags: TAGS,
      querystring: seriesQuery,
      response: oldAnswers(oldSeriesSchema, {
        points: [{ t: "2026-03-10T14:30:00", kW: 387.6, kWh: 96.9, flags: { r17Exclude: false, kyzInvalidAlarm: false } }],
      }),
    },
    handler: async (request) => {
      const { minutes, start, end } = request.query;
      const at = desk();
      const back = clamped(minutes, "minutes", { least: 15, most: maxDays * DAY_MINUTES, usual: 240 });
      const endMs = end ? oldInstant(end, at.zone) : deps.nowMs();
      // By the clock of the plant, as before: a day of 25 hours is one day.
      const startMs = start ? oldInstant(start, at.zone) : at.zone.instantOf(at.zone.localOf(endMs) - back * MINUTE_MS, "earlier");
      if (endMs < startMs) throw new OldProblem(BAD_REQUEST, "end must be >= start");
      const days = (at.zone.localOf(endMs) - at.zone.localOf(startMs)) / DAY_MS;
      if (!settings.extendedRange && days > maxDays) throw new OldProblem(BAD_REQUEST, `Range exceeds limit of ${maxDays} days`);
      const rows = await oldRows(at, startMs, endMs);
      return {
        points: rows.map((row) => ({
          t: oldTime(row.endMs, at.zone),
          kW: row.powerKw,
          kWh: row.energyKwh,
          flags: { r17Exclude: isExcluded(row), kyzInvalidAlarm: isInvalid(row) },
        })),
      };
    },
  });
}

function streamRoute({ app, deps, desk, settings }: OldDeps): void {
  const everySeconds = Math.max(1, settings.streamSeconds ?? STREAM_SECONDS);
  let open = 0;

  app.get("/stream", {
    config: { policy: "viewer", oldToken: settings.tokenInUrl ? "url" : "header" },
    exposeHeadRoute: false,
    compress: false,
    schema: {
      summary: "Stream of the newest interval",
      description: "Server-sent events: `latest` when a newer interval is there, `heartbeat` while there is none, `error` with a message.",
      tags: TAGS,
      response: {
        200: {
          description: "events",
          content: {
            "text/event-stream": { schema: z.string().meta({ examples: [`event: latest\ndata: ${JSON.stringify(OLD_LATEST)}\n\n`] }) },
          },
        },
        "4xx": oldErrorSchema,
        "5xx": oldErrorSchema,
      },
    },
    handler: async (request, reply) => {
      if (open >= MOST_STREAMS) throw new OldProblem(UNAVAILABLE, "All streams are taken");
      open += 1;
      const stream = openOldStream({ desk: desk(), access: deps.access, everySeconds, logger: deps.logger }, request.identity);
      stream.once("close", () => {
        open -= 1;
      });
      reply.raw.once("close", () => stream.destroy());
      reply.type("text/event-stream; charset=utf-8").header("cache-control", "no-cache").header("x-accel-buffering", "no");
      return sendStream(reply, stream);
    },
  });
}
