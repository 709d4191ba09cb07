import { z } from "zod";
import { OldProblem } from "#api/compat/old-problem.ts";
import { comfortMetrics, NO_COMFORT, zoneComfort, zoneTemperatures } from "#api/compat/station-comfort.ts";
import { demandHistories, type StationDesk, stationDesk } from "#api/compat/station-desk.ts";
import {
  stationBase as base,
  type StationRoutes,
  stationAnswers,
  stationParams,
  STATION_TAGS as tags,
} from "#api/compat/station-failing.ts";
import { question } from "#api/compat/station-question.ts";
import { stationTime, stationTimeOrNull } from "#api/compat/station-time.ts";
import { trackedFlow } from "#api/compat/station-tracking.ts";
import { openWindow, windowOf } from "#api/compat/station-window.ts";
import { type ZoneOfStation, zoneAnswer, zonesNamed, zonesOf } from "#api/compat/station-zones.ts";
import { oldFlowTrackingSchema, oldZoneComfortSchema, oldZoneSchema, oldZonesSchema } from "#contract/old-niagara.ts";
import { OLD_COMFORT, OLD_FLOW, OLD_ZONE } from "#contract/old-niagara-examples.ts";

const NOT_FOUND = 404;
const MOST_HOURS = 168;
const ZONES_LIMIT = { least: 1, most: 100_000, usual: 5_000 } as const;
const ROWS_LIMIT = { least: 1, most: 100_000, usual: 10_000 } as const;
const TOLERANCE = { least: 1, most: 300, usual: 30 } as const;
const NAME_CHARACTERS = 200;
const SECOND_MS = 1_000;
const PERCENT = 100;
const SEED_SHARE = 0.1;
const zoneParams = z.object({ station_key: z.string(), zone_root: z.string() });

/** Zones, how comfortable one was, and how its airflow followed. */
export function stationZoneRoutes(old: StationRoutes): void {
  comfortRoute(old);
  zoneRoutes(old);
  trackingRoute(old);
}

function comfortRoute(old: StationRoutes): void {
  const { app, deps } = old;
  app.get("/comfort/zone", {
    ...base,
    schema: {
      summary: "Comfort of a zone",
      description:
        "`equip` is what the equipment column says, or the zone's name or root in any spelling. From `start` to `end`, or the last `hours`, 1 to " +
        "168, 24 unless said. Occupied hours are by the clock of the site. No samples is 0 and nulls. 503 while no source can answer.",
      tags,
      querystring: stationParams("equip", "start", "end", "hours"),
      response: stationAnswers(oldZoneComfortSchema, {
        site: "Tower",
        equip: "VAV 1-01",
        start: "2025-11-26T14:05:00+00:00",
        end: "2025-11-27T14:05:00+00:00",
        ...OLD_COMFORT,
      }),
    },
    handler: async (request) => {
      const { query, clock, answering } = await question(old, request.query);
      const equip = query.needed("equip");
      const range = windowOf(query, { zone: clock, nowMs: deps.nowMs(), mostHours: MOST_HOURS });
      const desk = answering();
      demandHistories(desk);
      const zone = zonesNamed(zonesOf(desk), { zone: equip }).find(({ roles }) => roles.has("space_temp"));
      const found = zone && (await zoneTemperatures({ deps, desk, zone, range }));
      return {
        site: desk.settings.siteName,
        equip,
        start: stationTime(range.fromMs),
        end: stationTime(range.endMs),
        ...(found === undefined ? NO_COMFORT : comfortMetrics(zoneComfort(desk, found))),
      };
    },
  });
}

function zoneRoutes(old: StationRoutes): void {
  const { app, deps, settings } = old;
  app.get("/zones", {
    ...base,
    schema: {
      summary: "Zones",
      description: "Every zone and other equipment with the history of each role; null for a role nobody fills. 5000 unless said.",
      tags,
      querystring: stationParams("limit"),
      response: stationAnswers(oldZonesSchema, [OLD_ZONE]),
    },
    handler: async (request) => {
      const { query, answering } = await question(old, request.query);
      const limit = query.whole("limit", ZONES_LIMIT);
      const desk = answering();
      return zonesOf(desk).slice(0, limit).map(zoneAnswer);
    },
  });

  app.get("/debug/zone_pairs", {
    ...base,
    schema: {
      summary: "Zones, filtered",
      description: "Of one station, of one zone in any spelling, or all.",
      tags,
      querystring: stationParams("station", "zone"),
      response: stationAnswers(oldZonesSchema, [OLD_ZONE]),
    },
    handler: async (request) => {
      const { query, answering } = await question(old, request.query);
      const [station, zone] = [query.text("station"), query.text("zone")];
      return zonesNamed(zonesOf(answering()), { station, zone }).map(zoneAnswer);
    },
  });

  app.get("/zones/:station_key/:zone_root", {
    ...base,
    schema: {
      summary: "One zone",
      description: "404 where there is none of that name.",
      tags,
      params: zoneParams,
      response: stationAnswers(oldZoneSchema, OLD_ZONE),
    },
    handler: async (request) => {
      const { station_key, zone_root } = request.params;
      return zoneAnswer(oneZone(await stationDesk(deps, settings), { station: station_key, zone: zone_root }));
    },
  });
}

/** Errors: 404. */
export function oneZone(desk: StationDesk, named: { readonly station: string; readonly zone: string }): ZoneOfStation {
  const [zone] = zonesNamed(zonesOf(desk), named);
  if (zone !== undefined) return zone;
  const [shownZone, station] = [named.zone.slice(0, NAME_CHARACTERS), named.station.slice(0, NAME_CHARACTERS)];
  throw new OldProblem(NOT_FOUND, `No zone ${shownZone} was found at the station ${station}`);
}

function trackingRoute(old: StationRoutes): void {
  const { app, deps } = old;
  app.get("/zones/:station_key/:zone_root/flow_tracking", {
    ...base,
    schema: {
      summary: "Airflow of a zone against its setpoint",
      description:
        "Each sample with the setpoint nearest to it, at most `merge_tolerance_seconds` away (1 to 300, 30 unless said). Inside is within the " +
        "larger of `abs_cfm_tolerance` and `pct_tolerance` × setpoint (0.1 unless said). Where `limit` cuts, the newest count. 404 without " +
        "the zone or its airflow.",
      tags,
      params: zoneParams,
      querystring: stationParams("start", "end", "limit", "pct_tolerance", "abs_cfm_tolerance", "merge_tolerance_seconds"),
      response: stationAnswers(oldFlowTrackingSchema, OLD_FLOW),
    },
    handler: async (request) => {
      const { query, clock, answering } = await question(old, request.query);
      const { startMs, endMs, range } = openWindow(query, clock);
      const limit = query.whole("limit", ROWS_LIMIT);
      const percent = (query.number("pct_tolerance", 0) ?? SEED_SHARE) * PERCENT;
      const absolute = query.number("abs_cfm_tolerance", 0);
      const toleranceMs = query.whole("merge_tolerance_seconds", TOLERANCE) * SECOND_MS;
      const desk = answering();
      const { station_key, zone_root } = request.params;
      const zone = oneZone(desk, { station: station_key, zone: zone_root });
      return trackedFlow(
        { deps, desk, zone },
        {
          range,
          limit,
          named: { station: zone.stationName, zone: zone.equipment.root },
          start: stationTimeOrNull(startMs),
          end: stationTimeOrNull(endMs),
          tolerance: { percent, toleranceMs, ...(absolute === undefined ? {} : { absolute }) },
        },
      );
    },
  });
}
