import { type HistoryNames, historiesNamed, type OldHistory, type StationDesk } from "#api/compat/station-desk.ts";
import {
  stationBase as base,
  type StationRoutes,
  stationAnswers,
  stationParams,
  STATION_TAGS as tags,
} from "#api/compat/station-failing.ts";
import { question } from "#api/compat/station-question.ts";
import { samplesOf } from "#api/compat/station-samples.ts";
import { stationTimeOrNull } from "#api/compat/station-time.ts";
import { EVER, openWindow } from "#api/compat/station-window.ts";
import {
  type OldSeriesMeta,
  oldHistoriesSchema,
  oldSamplesSchema,
  oldSeriesDataSchema,
  oldSeriesListSchema,
  oldSeriesMetaSchema,
} from "#contract/old-niagara.ts";
import { OLD_SAMPLE } from "#contract/old-niagara-examples.ts";
import { TEXT_UNIT } from "#sites/registry.ts";

const SERIES_LIMIT = { least: 1, most: 100_000, usual: 1_000 } as const;
const DATA_LIMIT = { least: 1, most: 100_000, usual: 1_000 } as const;
const HISTORIES_LIMIT = { least: 1, most: 1_000, usual: 100 } as const;
const MEMORY_LIMIT = { least: 1, most: 10_000, usual: 100 } as const;
const META_LIMIT = { least: 1, most: 5_000, usual: 500 } as const;

/** Which histories there are, and what they said. */
export function stationSeriesRoutes(old: StationRoutes): void {
  listRoutes(old);
  dataRoutes(old);
  recentRoutes(old);
}

function listRoutes(old: StationRoutes): void {
  const { app } = old;
  app.get("/series", {
    ...base,
    schema: {
      summary: "Histories",
      description: "By station, then name; at most `limit` of them, 1000 unless said.",
      tags,
      querystring: stationParams("limit"),
      response: stationAnswers(oldSeriesListSchema, {
        limit: 1_000,
        count: 1,
        items: [{ station_key: "ams_shop", history_key: "vav_1_01_space_temp", stationName: "Ams Shop", historyId: "Vav 1-01 Space Temp" }],
      }),
    },
    handler: async (request) => {
      const { query, answering } = await question(old, request.query);
      const limit = query.whole("limit", SERIES_LIMIT);
      const { histories } = answering();
      const items = histories.slice(0, limit).map(({ stationKey, historyKey, stationName, historyId }) => ({
        station_key: stationKey,
        history_key: historyKey,
        stationName,
        historyId,
      }));
      return { limit, count: items.length, items };
    },
  });

  app.get("/debug/series_meta", {
    ...base,
    schema: {
      summary: "Histories with what is known of them",
      description: "Equipment, floor, point, unit and tags where they are known; 1 to 5000, 500 unless said.",
      tags,
      querystring: stationParams("station", "limit"),
      response: stationAnswers(oldSeriesMetaSchema, {
        count: 1,
        rows: [{ station: "Ams Shop", history_id: "Vav 1-01 Space Temp", equipment: "VAV 1-01", unit: "°F", tags: ["zone", "temp"] }],
      }),
    },
    handler: async (request) => {
      const { query, answering } = await question(old, request.query);
      const limit = query.whole("limit", META_LIMIT);
      const station = query.text("station");
      const desk = answering();
      const equipment = new Map(desk.model.points.map((guess) => [guess.point.point, guess.equipment]));
      const byId = new Map(desk.model.equipment.map((one) => [one.id, one]));
      const rows = historiesNamed(desk, { station })
        .slice(0, limit)
        .map((history) => metaOf(history, byId.get(equipment.get(history.point.point) ?? "")));
      return { count: rows.length, rows };
    },
  });
}

function metaOf(
  { stationName, historyId, point }: OldHistory,
  equipment: { name: string; floor: string } | undefined,
): OldSeriesMeta["rows"][number] {
  const unit = point.series[0]?.unit ?? "";
  const known = { equipment: equipment?.name ?? point.equipment, floor: equipment?.floor ?? "", unit: unit === TEXT_UNIT ? "" : unit };
  const texts = Object.fromEntries(Object.entries(known).filter(([, text]) => text !== ""));
  return {
    station: stationName,
    history_id: historyId,
    point_name: point.name,
    ...texts,
    ...(point.tags.length === 0 ? {} : { tags: [...point.tags] }),
  };
}

function dataRoutes(old: StationRoutes): void {
  const { app, deps } = old;
  app.get("/series/data", {
    ...base,
    schema: {
      summary: "Samples of a history",
      description:
        "From `start` to `end`, both included, ascending; where `limit` cuts (1000 unless said) the newest are told. Names are found in any " +
        "spelling; without them, of every history. Times without an offset are by the clock of the site.",
      tags,
      querystring: stationParams("station", "history_id", "start", "end", "limit"),
      response: stationAnswers(oldSeriesDataSchema, {
        station: "AmsShop",
        history_id: "Vav 1-01 Space Temp",
        start: "2025-11-27T14:00:00+00:00",
        end: null,
        limit: 1_000,
        count: 1,
        samples: [OLD_SAMPLE],
      }),
    },
    handler: async (request) => {
      const { query, clock, answering } = await question(old, request.query);
      const [station, history] = [query.text("station"), query.text("history_id")];
      const limit = query.whole("limit", DATA_LIMIT);
      const { startMs, endMs, range } = openWindow(query, clock);
      const desk = answering();
      const histories = historiesNamed(desk, { station, history });
      const samples = range.toMs > range.fromMs ? await samplesOf(deps, desk, { histories, range, limit }) : [];
      const asked = { start: stationTimeOrNull(startMs), end: stationTimeOrNull(endMs), limit };
      return { station: station ?? null, history_id: history ?? null, ...asked, count: samples.length, samples };
    },
  });
}

function recentRoutes(old: StationRoutes): void {
  const { app, deps } = old;
  const newest = (desk: StationDesk, names: HistoryNames, limit: number) =>
    samplesOf(deps, desk, { histories: historiesNamed(desk, names), range: EVER, limit });

  app.get("/debug/histories", {
    ...base,
    schema: {
      summary: "Newest samples",
      description: "The newest `limit` of a history, of a station or of all, 1 to 1000, 100 unless said, ascending. None is a count of 0.",
      tags,
      querystring: stationParams("stationName", "historyId", "limit"),
      response: stationAnswers(oldHistoriesSchema, {
        stationName: "Ams Shop",
        historyId: "Vav 1-01 Space Temp",
        limit: 100,
        count: 1,
        samples: [OLD_SAMPLE],
      }),
    },
    handler: async (request) => {
      const { query, answering } = await question(old, request.query);
      const [station, history] = [query.text("stationName"), query.text("historyId")];
      const limit = query.whole("limit", HISTORIES_LIMIT);
      const desk = answering();
      const samples = await newest(desk, { station, history }, limit);
      // What was not asked for is told of the first row, as ever.
      const [first] = samples;
      return {
        stationName: station ?? first?.stationName ?? null,
        historyId: history ?? first?.historyId ?? null,
        limit,
        count: samples.length,
        samples,
      };
    },
  });

  app.get("/debug/recent_memory", {
    ...base,
    schema: {
      summary: "Newest samples as a list",
      description: "1 to 10000, 100 unless said. Nothing is kept in memory alone here: they are those that are stored.",
      tags,
      querystring: stationParams("station", "history_id", "limit"),
      response: stationAnswers(oldSamplesSchema, [OLD_SAMPLE]),
    },
    handler: async (request) => {
      const { query, answering } = await question(old, request.query);
      const [station, history] = [query.text("station"), query.text("history_id")];
      const limit = query.whole("limit", MEMORY_LIMIT);
      return newest(answering(), { station, history }, limit);
    },
  });
}
