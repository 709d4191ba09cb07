import { figure, orNull, span } from "#api/plants/wire.ts";
import type { AirHandlerAnswer, BuildingAnswer, ZoneRowAnswer } from "#contract/building.ts";
import type { AirHandlerRow, ZoneRow } from "#reports/building-answers.ts";
import type { Range } from "#store/store.ts";
import type { BuildingDesk } from "./desk.ts";
import { isMapped } from "./list.ts";
import {
  airflowInfo,
  comfortInfo,
  type EquipmentNames,
  equipmentInfo,
  findingInfos,
  healthInfo,
  nameOf,
  namesOf,
  occupancyInfo,
  plainSpan,
  pointsNow,
} from "./wire.ts";

/** The building now and over a range, worst zones first. */
export async function overviewAnswer({ reports, zone }: BuildingDesk, range: Range): Promise<BuildingAnswer> {
  const { settings } = reports;
  const [now, { points, equipment }] = await Promise.all([reports.overview(range), reports.model()]);
  const names = namesOf(equipment);
  return {
    nowMs: now.nowMs,
    site: settings.site,
    name: settings.siteName,
    zone: settings.zone,
    range: span(now.range, zone),
    occupancy: occupancyInfo(settings),
    occupiedNow: now.occupiedNow,
    sentence: now.sentence,
    newestMs: figure(now.newestMs),
    zones: now.zones.map((row) => zoneRow(row, names)),
    airHandlers: now.airHandlers.map((row) => airHandler(row, names)),
    comfortPct: figure(now.comfortPct),
    lastOpen: now.lastOpen === undefined ? null : { ...plainSpan(now.lastOpen), comfortPct: figure(now.lastOpen.comfortPct) },
    counts: { ...now.counts },
    overrides: now.overrides,
    stopped: now.stopped,
    unmapped: points.filter((point) => !isMapped(point)).length,
    demo: equipment.some(({ demo }) => demo),
  };
}

/** A zone as it is sent in lists, and at the head of its own page. */
export function zoneRow(row: ZoneRow, names: EquipmentNames): ZoneRowAnswer {
  return {
    zone: equipmentInfo(row.zone),
    airHandlerName: nameOf(names, row.zone.servedBy),
    standing: row.standing,
    outsideBy: figure(row.outsideBy),
    sinceMs: figure(row.sinceMs),
    now: pointsNow(row.now),
    low: figure(row.low),
    high: figure(row.high),
    unit: row.unit,
    comfort: comfortInfo(row.comfort),
    lastComfortPct: figure(row.lastComfort?.withinTimePct ?? Number.NaN),
    airflow: airflowInfo(row.airflow),
    health: healthInfo(row.health),
    findings: findingInfos(row.findings, names),
    spark: sparkInfo(row.spark),
  };
}

function sparkInfo({ fromMs, stepMs, value, bands }: ZoneRow["spark"]): ZoneRowAnswer["spark"] {
  const told = bands.map((band) => ({ fromMs: band.fromMs, low: figure(band.low), high: figure(band.high) }));
  return { fromMs, stepMs, value: Array.from(value, figure), bands: told };
}

function airHandler(row: AirHandlerRow, names: EquipmentNames): AirHandlerAnswer {
  return {
    equipment: equipmentInfo(row.equipment),
    zones: [...row.zones],
    running: orNull(row.running),
    now: pointsNow(row.now),
    comfortPct: figure(row.comfortPct),
    findings: findingInfos(row.findings, names),
    starts: row.starts,
    runMs: figure(row.runMs),
  };
}
