import type { Equipment } from "#buildings/model.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import type { Range } from "#store/store.ts";
import { convertDifference, unitSymbol } from "#units/unit.ts";
import type { PointNow, ZoneRow } from "./building-answers.ts";
import { findingsOf } from "./building-findings.ts";
import type { Habits } from "./building-habits.ts";
import type { JudgedZone } from "./building-judged.ts";
import type { LatestValues } from "./building-now.ts";
import { hoursOf, meaningIn } from "./building-occupancy.ts";
import { unitFor } from "./building-role-kinds.ts";
import type { BuildingScene } from "./building-scene.ts";
import { judgedRange } from "./building-scene.ts";
import { stationName } from "./building-silences.ts";
import { outsideSince } from "./building-since.ts";
import { noDay, type SparkDay, type Sparks, sparkFrom } from "./building-spark.ts";
import type { SparkBands } from "./building-spark-band.ts";
import { type Standing, standingOf } from "./building-standing.ts";
import type { Stills } from "./building-stills.ts";

const DAY_MS = 86_400_000;

/** What rows of zones are made with. */
export interface RowParts {
  readonly scene: BuildingScene;
  readonly latest: LatestValues;
  readonly habits: Habits;
  readonly sparks: Sparks;
  readonly bands: SparkBands;
  readonly stills: Stills;
  readonly sinces: Sinces;
}

/** Zones as they are now and as the range was, in the order of the zones given. */
export async function zoneRows(zones: readonly Equipment[], range: Range, parts: RowParts): Promise<ZoneRow[]> {
  const { scene } = parts;
  const reader = await scene.reader(judgedRange(range, scene.parts.nowMs));
  const judged = await scene.judged(zones, reader);
  return Promise.all(zones.map((zone, i) => rowOf(zone, judged[i] as JudgedZone, parts)));
}

/** One row of a zone that is judged already. */
export async function rowOf(zone: Equipment, judged: JudgedZone, parts: RowParts): Promise<ZoneRow> {
  const { scene, latest } = parts;
  const { settings } = scene.parts;
  const now = latest.rolesOf(zone);
  const occupied = isOccupiedNow(zone, parts);
  const { spark, silent, flat } = await heardOf(zone, now, parts);
  const standing = standingOf(zone, { now, occupied, settings, silent, flat });
  const bands = await parts.bands.of(zone, standing.unit, scene);
  return {
    zone,
    standing: standing.standing,
    outsideBy: standing.outsideBy,
    sinceMs: await sinceOf(zone, standing, { ...parts, temp: now.get("space-temp") }),
    now,
    low: standing.low,
    high: standing.high,
    unit: standing.unit,
    comfort: judged.comfort,
    airflow: judged.airflow,
    health: judged.health,
    findings: findingsOf(zone, judged.faults),
    spark: { ...spark, bands },
  };
}

async function heardOf(
  zone: Equipment,
  now: ZoneRow["now"],
  { scene, latest, habits, sparks, stills }: RowParts,
): Promise<{ spark: SparkDay["spark"]; silent: boolean; flat: boolean }> {
  const { settings, nowMs, versions } = scene.parts;
  const temp = now.get("space-temp");
  const point = zone.roles.get("space-temp");
  const series = point?.series.find(({ key }) => key === temp?.series);
  const newest = series && latest.of(series);
  if (temp === undefined || point === undefined || series === undefined || newest === undefined)
    return { spark: noDay(sparkFrom(nowMs)).spark, silent: true, flat: false };
  const unit = unitFor(series.unit, "space-temp", settings);
  const shown = unit === "K" ? "°C" : unit;
  const day = await sparks.of(series, { nowMs, versions, unit: unitSymbol(series.unit) === unit ? shown : series.unit });
  const ageMs = nowMs - temp.tMs;
  const station = await scene.stationNow(stationName(point, series.source));
  const silent = station.silent || (ageMs > settings.silenceMs && ageMs > (await habits.of(series.id, versions)).patienceMs);
  const mayBeFlat = settings.flatMs < DAY_MS || (day.known > 0 && day.lowest === day.highest);
  const flat = !silent && mayBeFlat && (await stills.of(newest, { nowMs, versions }));
  return { spark: day.spark, silent, flat };
}

/** Whether a zone is in use now: by the word of its own point where it says one, by the hours elsewhere. */
function isOccupiedNow({ roles }: Equipment, { scene, latest }: RowParts): boolean {
  const point = roles.get("occupancy");
  const newest = point && latest.newest(point.series);
  const meaning =
    newest && (newest.quality & BAD_QUALITY) === 0 ? meaningIn(newest.series, latest.textsOf(newest.series.id))(newest.value) : undefined;
  return meaning === undefined ? hoursNow(scene) : meaning === "occupied";
}

/** Whether the building is in use now by its hours. */
export function hoursNow({ parts: { settings, nowMs } }: BuildingScene): boolean {
  return hoursOf(settings, { fromMs: nowMs, toMs: nowMs + 1 }).occupied.length > 0;
}

/** When occupied hours begin next. Missing: NaN where none begin within two weeks. */
export function nextOccupied({ parts: { settings, nowMs } }: BuildingScene): number {
  const to = zoneNamed(settings.zone).addDays(nowMs, 15);
  const later = hoursOf(settings, { fromMs: nowMs, toMs: to }).occupied.find(({ fromMs }) => fromMs > nowMs);
  return later?.fromMs ?? Number.NaN;
}

/** Since when zones stand where they do, kept while nothing of them changed. */
export class Sinces {
  readonly #kept = new Map<string, { readonly print: string; readonly since: Promise<number> }>();

  of(zone: string, print: string, make: () => Promise<number>): Promise<number> {
    const kept = this.#kept.get(zone);
    if (kept?.print === print) return kept.since;
    const since = make();
    this.#kept.set(zone, { print, since });
    since.catch(() => this.#kept.delete(zone));
    return since;
  }
}

async function sinceOf(
  zone: Equipment,
  standing: Standing,
  { scene, sinces, temp }: RowParts & { readonly temp: PointNow | undefined },
): Promise<number> {
  const { standing: where } = standing;
  if (where === "silent") return temp?.tMs ?? Number.NaN;
  if (where !== "above" && where !== "below") return Number.NaN;
  const { nowMs, versions, page, kept } = scene.parts;
  const roles = ["space-temp" as const, ...standing.by];
  const ids = roles.flatMap((role) => zone.roles.get(role)?.series.map(({ id }) => id) ?? []);
  const print = `${page.generation} ${where} ${ids.map((id) => versions.get(id) ?? 0).join(" ")}`;
  const readerOf = (backMs: number) => scene.reader({ fromMs: nowMs - backMs, toMs: nowMs + 1, horizonMs: nowMs + 1 });
  return sinces.of(zone.id, print, () => kept.turns.take(() => outsideSince(zone, standing, readerOf)));
}

/** Worst first: those with the most discomfort, then the least healthy, then those farthest outside now. */
export function worstFirst(rows: readonly ZoneRow[]): ZoneRow[] {
  return rows
    .map((row) => ({ row, trouble: troubleOf(row) }))
    .sort((a, b) => a.trouble.map((one, i) => (b.trouble[i] as number) - one).find((apart) => apart !== 0) ?? 0)
    .map(({ row }) => row);
}

/** The larger the worse, what counts first in front. */
function troubleOf(row: ZoneRow): readonly number[] {
  // Where nothing was judged, as in the night, the last day it was open tells who is in trouble.
  const { discomfortDegreeHours, unit } = row.comfort.judgedMs > 0 ? row.comfort : (row.lastComfort ?? row.comfort);
  const degreeHours = Number.isNaN(discomfortDegreeHours) ? -1 : convertDifference(discomfortDegreeHours, unit, "°F");
  const score = ({ health }: ZoneRow): number => (Number.isNaN(health.score) ? 101 : health.score);
  const outside = Number.isNaN(row.outsideBy) ? -1 : convertDifference(Math.abs(row.outsideBy), row.unit, "°F");
  return [degreeHours, -score(row), outside];
}
