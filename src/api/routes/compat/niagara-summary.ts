import { OldProblem } from "#api/compat/old-problem.ts";
import { type StationDesk, stationDesk } from "#api/compat/station-desk.ts";
import {
  stationBase as base,
  type StationRoutes,
  stationAnswers,
  stationParams,
  STATION_TAGS as tags,
} from "#api/compat/station-failing.ts";
import { zoneHealth } from "#api/compat/station-health.ts";
import { question } from "#api/compat/station-question.ts";
import { rtuHealth } from "#api/compat/station-rtu.ts";
import { windowOf } from "#api/compat/station-window.ts";
import { type OldRole, type ZoneOfStation, zonesNamed, zonesOf } from "#api/compat/station-zones.ts";
import {
  type OldZoneHealth,
  oldBuildingHealthSchema,
  oldRtuHealthSchema,
  oldStationHealthSchema,
  oldZoneHealthSchema,
  oldZoneIndexSchema,
} from "#contract/old-niagara.ts";
import { OLD_RTU_HEALTH, OLD_ZONE_HEALTH } from "#contract/old-niagara-examples.ts";
import { oneZone } from "./niagara-zones.ts";

const NOT_FOUND = 404;
const MOST_HOURS = 72;
const MOST_HOURS_OF_RTU = 168;
const NAME_CHARACTERS = 200;

/** How zones and air handlers are, as later versions summed it up. */
export function stationSummaryRoutes(old: StationRoutes): void {
  statusRoute(old);
  healthRoutes(old);
  indexRoutes(old);
}

function statusRoute(old: StationRoutes): void {
  const { app, deps, settings } = old;
  app.get("/health", {
    ...base,
    schema: {
      summary: "Health",
      description: "Always 200; `site_name` is what the site is called.",
      tags,
      response: stationAnswers(oldStationHealthSchema, { status: "ok", site_name: "Tower" }),
    },
    handler: async () => ({ status: "ok" as const, site_name: (await stationDesk(deps, settings)).settings.siteName }),
  });
}

function healthRoutes(old: StationRoutes): void {
  const { app, deps } = old;
  app.get("/summary/zone_health", {
    ...base,
    schema: {
      summary: "Health of a zone",
      description:
        "Comfort, airflow, damper, reheat and fan over the last `hours`, 1 to 72, 24 unless said, with one score. By the rules of later " +
        "versions; `buildings: { SITE: { health: seed } }` goes by the first ones. 404 for a zone nobody knows.",
      tags,
      querystring: stationParams("station", "zone", "start", "end", "hours"),
      response: stationAnswers(oldZoneHealthSchema, OLD_ZONE_HEALTH),
    },
    handler: async (request) => {
      const { query, clock, answering } = await question(old, request.query);
      const named = { station: query.needed("station"), zone: query.needed("zone") };
      const range = windowOf(query, { zone: clock, nowMs: deps.nowMs(), mostHours: MOST_HOURS });
      const desk = answering();
      return zoneHealth({ deps, desk, zone: oneZone(desk, named), range });
    },
  });

  app.get("/summary/building_health", {
    ...base,
    schema: {
      summary: "Health of every zone of a station",
      description: "The same of each, the worst score first, those without one last.",
      tags,
      querystring: stationParams("station", "start", "end", "hours"),
      response: stationAnswers(oldBuildingHealthSchema, [OLD_ZONE_HEALTH]),
    },
    handler: async (request) => {
      const { query, clock, answering } = await question(old, request.query);
      const station = query.needed("station");
      const range = windowOf(query, { zone: clock, nowMs: deps.nowMs(), mostHours: MOST_HOURS });
      const desk = answering();
      const all: OldZoneHealth[] = [];
      for (const zone of zonesNamed(zonesOf(desk), { station })) all.push(await zoneHealth({ deps, desk, zone, range }));
      return all.sort((a, b) => scoreOf(a) - scoreOf(b));
    },
  });
}

const scoreOf = ({ overall_score }: OldZoneHealth): number => overall_score ?? Number.MAX_VALUE;

function indexRoutes(old: StationRoutes): void {
  const { app, deps } = old;
  app.get("/summary/zone_index", {
    ...base,
    schema: {
      summary: "Zones of a station and what they have",
      description: "404 for a station without any.",
      tags,
      querystring: stationParams("station"),
      response: stationAnswers(oldZoneIndexSchema, [
        {
          station: "Ams Shop",
          zone_root: "vav-1-01",
          equipment: "VAV 1-01",
          floor: null,
          has_space_temp: true,
          has_space_temp_sp: true,
          has_flow: true,
          has_flow_sp: true,
          has_damper: true,
          has_reheat: false,
          has_fan_cmd: false,
          has_fan_status: false,
        },
      ]),
    },
    handler: async (request) => {
      const { query, answering } = await question(old, request.query);
      const station = query.needed("station");
      return zonesAt(answering(), station).map(indexed);
    },
  });

  app.get("/summary/rtu_health", {
    ...base,
    schema: {
      summary: "Health of an air handler",
      description: "Fan, compressor and discharge air over the last `hours`, 1 to 168, 24 unless said. 404 for equipment nobody knows.",
      tags,
      querystring: stationParams("station", "zone", "start", "end", "hours"),
      response: stationAnswers(oldRtuHealthSchema, OLD_RTU_HEALTH),
    },
    handler: async (request) => {
      const { query, clock, answering } = await question(old, request.query);
      const named = { station: query.needed("station"), zone: query.needed("zone") };
      const range = windowOf(query, { zone: clock, nowMs: deps.nowMs(), mostHours: MOST_HOURS_OF_RTU });
      const desk = answering();
      const zone = oneZone(desk, named);
      const told = await rtuHealth({ deps, desk, zone, range });
      return { station: zone.stationName, zone_root: zone.equipment.root, equipment: zone.equipment.name, hours: range.hours, ...told };
    },
  });
}

/** Errors: 404. */
function zonesAt(desk: StationDesk, station: string): ZoneOfStation[] {
  const zones = zonesNamed(zonesOf(desk), { station });
  if (zones.length === 0) throw new OldProblem(NOT_FOUND, `No zones were found at the station ${station.slice(0, NAME_CHARACTERS)}`);
  return zones;
}

function indexed({ equipment, stationName, roles }: ZoneOfStation) {
  const has = (name: OldRole): boolean => roles.has(name);
  return {
    station: stationName,
    zone_root: equipment.root,
    equipment: equipment.name,
    floor: equipment.floor === "" ? null : equipment.floor,
    has_space_temp: has("space_temp"),
    has_space_temp_sp: has("space_temp_sp"),
    has_flow: has("flow"),
    has_flow_sp: has("flow_sp"),
    has_damper: has("damper"),
    has_reheat: has("reheat"),
    has_fan_cmd: has("fan_cmd"),
    has_fan_status: has("fan_status"),
  };
}
