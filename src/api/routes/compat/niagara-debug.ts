import { type OldColumn, oldColumn } from "#api/compat/station-columns.ts";
import { comfortMetrics, NO_COMFORT, pairComfort } from "#api/compat/station-comfort.ts";
import { type HistoryNames, historiesNamed, type StationDesk } from "#api/compat/station-desk.ts";
import {
  stationBase as base,
  type StationRoutes,
  stationAnswers,
  stationParams,
  STATION_TAGS as tags,
} from "#api/compat/station-failing.ts";
import { SEED_PERCENT } from "#api/compat/station-flow.ts";
import { question } from "#api/compat/station-question.ts";
import { newestFrom } from "#api/compat/station-samples.ts";
import { stationTime } from "#api/compat/station-time.ts";
import { trackedFlow } from "#api/compat/station-tracking.ts";
import { EVER, windowOf } from "#api/compat/station-window.ts";
import type { RouteDeps } from "#api/route-kit.ts";
import type { Role } from "#buildings/role.ts";
import { oldConstantComfortSchema, oldFlowTrackingSchema, oldPairComfortSchema } from "#contract/old-niagara.ts";
import { OLD_COMFORT, OLD_FLOW } from "#contract/old-niagara-examples.ts";
import type { Range } from "#store/store.ts";
import { oneZone } from "./niagara-zones.ts";

const CONSTANT_LIMIT = { least: 10, most: 2_000, usual: 288 } as const;
const TOLERANCE = { least: 1, most: 300, usual: 30 } as const;
const MOST_HOURS_OF_PAIR = 72;
const MOST_HOURS = 168;
const ROWS = 10_000;
const USUAL_SETPOINT = 75;
const SECOND_MS = 1_000;
const TOLERANCE_MS = 30_000;

/** Comfort and airflow of histories that are named one by one. */
export function stationDebugRoutes(old: StationRoutes): void {
  constantRoute(old);
  pairRoute(old);
  flowRoute(old);
}

interface Named extends HistoryNames {
  readonly role: Role;
  readonly range: Range;
}

/** The first history of that name that can say what is asked. */
async function columnNamed(deps: RouteDeps, desk: StationDesk, { role, range, ...names }: Named): Promise<OldColumn | undefined> {
  for (const { point } of historiesNamed(desk, names)) {
    const column = await oldColumn(deps, desk, { point, role, range });
    if (column !== undefined) return column;
  }
  return undefined;
}

function constantRoute(old: StationRoutes): void {
  const { app, deps } = old;
  app.get("/debug/comfort", {
    ...base,
    schema: {
      summary: "Comfort against one number",
      description:
        "The newest `limit` samples, 10 to 2000, 288 unless said, against `setpoint` in °F, 75 unless said, in occupied hours of the site.",
      tags,
      querystring: stationParams("stationName", "historyId", "limit", "setpoint"),
      response: stationAnswers(oldConstantComfortSchema, {
        stationName: "AmsShop",
        historyId: "/AmsShop/MaxSpaceTemp",
        limit: 288,
        setpoint_used_degF: USUAL_SETPOINT,
        analytics: OLD_COMFORT,
      }),
    },
    handler: async (request) => {
      const { query, answering } = await question(old, request.query);
      const [station, history] = [query.needed("stationName"), query.needed("historyId")];
      const limit = query.whole("limit", CONSTANT_LIMIT);
      const setpoint = query.number("setpoint", Number.NEGATIVE_INFINITY) ?? USUAL_SETPOINT;
      const desk = answering();
      const [first] = historiesNamed(desk, { station, history });
      const fromMs = first && (await newestFrom(deps.store, desk, { history: first, range: EVER, limit }));
      const range = { fromMs: fromMs ?? EVER.fromMs, toMs: EVER.toMs };
      const temperature = first && (await oldColumn(deps, desk, { point: first.point, role: "space-temp", range }));
      const told = temperature && pairComfort(desk, { temperature, setpoint, toleranceMs: 0, newest: limit });
      return {
        stationName: station,
        historyId: history,
        limit,
        setpoint_used_degF: setpoint,
        analytics: told === undefined ? NO_COMFORT : comfortMetrics(told),
      };
    },
  });
}

function pairRoute(old: StationRoutes): void {
  const { app, deps } = old;
  app.get("/debug/comfort_zone_pair", {
    ...base,
    schema: {
      summary: "Comfort of two histories",
      description:
        "`tempHistoryId` and `spHistoryId`, or `temp_history_id` and `sp_history_id`, of `station`, over the last `hours`, 1 to 72, 24 unless " +
        "said. Each temperature with the setpoint nearest to it, at most `merge_tolerance_seconds` away, 1 to 300, 30 unless said.",
      tags,
      querystring: stationParams(
        "station",
        "stationName",
        "tempHistoryId",
        "spHistoryId",
        "temp_history_id",
        "sp_history_id",
        "start",
        "end",
        "hours",
        "merge_tolerance_seconds",
      ),
      response: stationAnswers(oldPairComfortSchema, {
        station: "AmsShop",
        tempHistoryId: "Vav 1-01 Space Temp",
        spHistoryId: "Vav 1-01 Effective Setpoint",
        history_temp_id: "Vav 1-01 Space Temp",
        history_sp_id: "Vav 1-01 Effective Setpoint",
        hours: 24,
        merge_tolerance_seconds: 30,
        start: "2025-11-26T14:05:00+00:00",
        end: "2025-11-27T14:05:00+00:00",
        analytics: OLD_COMFORT,
        metrics: OLD_COMFORT,
      }),
    },
    handler: async (request) => {
      const { query, clock, answering } = await question(old, request.query);
      const station = query.text("station") ?? query.text("stationName");
      const [tempId, spId] = [query.needed("tempHistoryId", "temp_history_id"), query.needed("spHistoryId", "sp_history_id")];
      const range = windowOf(query, { zone: clock, nowMs: deps.nowMs(), mostHours: MOST_HOURS_OF_PAIR });
      const seconds = query.whole("merge_tolerance_seconds", TOLERANCE);
      const desk = answering();
      const toleranceMs = seconds * SECOND_MS;
      const around = { fromMs: range.fromMs - toleranceMs, toMs: range.toMs + toleranceMs };
      const temperature = await columnNamed(deps, desk, { station, history: tempId, role: "space-temp", range });
      const setpoint = await columnNamed(deps, desk, { station, history: spId, role: "effective-setpoint", range: around });
      const metrics =
        temperature === undefined || setpoint === undefined
          ? NO_COMFORT
          : comfortMetrics(pairComfort(desk, { temperature, setpoint, toleranceMs }));
      return {
        station: station ?? null,
        tempHistoryId: tempId,
        spHistoryId: spId,
        history_temp_id: tempId,
        history_sp_id: spId,
        hours: range.hours,
        merge_tolerance_seconds: seconds,
        start: stationTime(range.fromMs),
        end: stationTime(range.endMs),
        analytics: metrics,
        metrics,
      };
    },
  });
}

function flowRoute(old: StationRoutes): void {
  const { app, deps } = old;
  app.get("/debug/flow_tracking", {
    ...base,
    schema: {
      summary: "Airflow of a zone against its setpoint, by names",
      description: "From `start` to `end`, or the last `hours`, 1 to 168, 24 unless said; 10 % of the setpoint, pairs at most 30 s apart.",
      tags,
      querystring: stationParams("station", "zone", "start", "end", "hours"),
      response: stationAnswers(oldFlowTrackingSchema, { ...OLD_FLOW, end: "2025-11-27T14:05:00+00:00" }),
    },
    handler: async (request) => {
      const { query, clock, answering } = await question(old, request.query);
      const named = { station: query.needed("station"), zone: query.needed("zone") };
      const range = windowOf(query, { zone: clock, nowMs: deps.nowMs(), mostHours: MOST_HOURS });
      const desk = answering();
      const [start, end] = [stationTime(range.fromMs), stationTime(range.endMs)];
      const tolerance = { percent: SEED_PERCENT, toleranceMs: TOLERANCE_MS };
      return trackedFlow({ deps, desk, zone: oneZone(desk, named) }, { range, limit: ROWS, named, start, end, tolerance });
    },
  });
}
