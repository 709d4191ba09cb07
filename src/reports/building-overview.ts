import type { Comfort } from "#analytics/comfort.ts";
import type { Equipment } from "#buildings/model.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { QUALITY } from "#series/quality.ts";
import type { Range } from "#store/store.ts";
import type { AirHandlerRow, BuildingNow, ZoneRow, ZoneStanding } from "./building-answers.ts";
import { findingsOf } from "./building-findings.ts";
import { lastOpen } from "./building-last-open.ts";
import { isAirHandler, type JudgedMachine } from "./building-machines.ts";
import { isRunningNow } from "./building-running-now.ts";
import { type BuildingScene, judgedRange } from "./building-scene.ts";
import { buildingSentence } from "./building-sentence.ts";
import { stoppedRows } from "./building-stopped.ts";
import { hoursNow, nextOccupied, type RowParts, worstFirst, zoneRows } from "./building-zone-rows.ts";

const STANDINGS: readonly ZoneStanding[] = ["inside", "above", "below", "no-setpoint", "flat", "bad", "silent"];

/** The building now and over a range, worst zones first. */
export async function buildingNow(range: Range, parts: RowParts): Promise<BuildingNow> {
  const { scene, latest } = parts;
  const { nowMs, settings, page } = scene.parts;
  const [rows, stopped, last] = await Promise.all([zoneRows(scene.zones, range, parts), stoppedRows(parts), lastOpen(scene, scene.zones)]);
  const zones = worstFirst(last === undefined ? rows : rows.map((row) => ({ ...row, lastComfort: last.comfort.get(row.zone.id) })));
  const occupied = hoursNow(scene);
  const { newestMs } = latest;
  const moment = {
    nowMs,
    zone: zoneNamed(settings.zone),
    occupied,
    nextMs: nextOccupied(scene),
    newestMs,
    closedMs: last?.toMs ?? Number.NaN,
  };
  const held = page.model.points.filter(({ point }) => {
    const newest = latest.newest(point.series);
    return newest !== undefined && (newest.quality & QUALITY.overridden) !== 0;
  });
  return {
    nowMs,
    range,
    occupiedNow: occupied,
    sentence: buildingSentence(zones, moment),
    newestMs: Number.isFinite(newestMs) ? newestMs : Number.NaN,
    zones,
    airHandlers: await airHandlerRows(range, zones, parts),
    comfortPct: comfortPctOf(zones.map(({ comfort }) => comfort)),
    ...(last === undefined
      ? {}
      : { lastOpen: { fromMs: last.fromMs, toMs: last.toMs, comfortPct: comfortPctOf([...last.comfort.values()]) } }),
    counts: countsOf(zones),
    overrides: held.length,
    stopped: stopped.length,
  };
}

/** Air handlers with the zones they serve. */
async function airHandlerRows(range: Range, zones: readonly ZoneRow[], { scene, latest }: RowParts): Promise<AirHandlerRow[]> {
  const { page, nowMs } = scene.parts;
  const handlers = page.model.equipment.filter((one) => isAirHandler(one, page.model.equipment));
  const reader = await scene.reader(judgedRange(range, nowMs));
  const judged = await scene.machines(handlers, reader);
  return handlers.map((equipment, i) => {
    const { starts, runMs, faults } = judged[i] as JudgedMachine;
    const served = zones.filter(({ zone }) => zone.servedBy === equipment.id);
    const now = latest.rolesOf(equipment);
    return {
      equipment,
      zones: scene.zones.filter(({ servedBy }) => servedBy === equipment.id).map(({ id }) => id),
      running: isRunningNow(equipment, latest, scene.parts),
      now,
      comfortPct: comfortPctOf(served.map(({ comfort }) => comfort)),
      findings: findingsOf(equipment, faults),
      starts,
      runMs,
    };
  });
}

/** Equipment whose own faults are looked for: everything that is no zone and says anything. */
export function machinesOf({ parts: { page }, zones }: BuildingScene): Equipment[] {
  const known = new Set(zones.map(({ id }) => id));
  return page.model.equipment.filter(({ id, roles }) => !known.has(id) && roles.size > 0);
}

/** Of all the time in which zones were judged, the part in which they were comfortable. Missing: NaN of none. */
function comfortPctOf(all: readonly Comfort[]): number {
  let [judgedMs, withinMs] = [0, 0];
  for (const comfort of all) {
    judgedMs += comfort.judgedMs;
    withinMs += comfort.judgedMs - comfort.tooWarmMs - comfort.tooColdMs;
  }
  return (100 * withinMs) / judgedMs;
}

function countsOf(zones: readonly ZoneRow[]): Record<ZoneStanding, number> {
  const counts = Object.fromEntries(STANDINGS.map((standing) => [standing, 0])) as Record<ZoneStanding, number>;
  for (const { standing } of zones) counts[standing] += 1;
  return counts;
}
