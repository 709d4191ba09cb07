import { type OccupancyMeaning, occupancyMeaning, occupancyOfPoint, occupancyTold } from "#analytics/occupancy-point.ts";
import type { OccupiedTimes } from "#analytics/occupied-hours.ts";
import { occupiedTimes } from "#analytics/occupied-hours.ts";
import { standingMs } from "#analytics/standing.ts";
import type { Equipment } from "#buildings/model.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { isChangeOfValue } from "#series/change-of-value.ts";
import { type Series, TEXT_UNIT } from "#sites/registry.ts";
import type { Range } from "#store/store.ts";
import type { Texts } from "./building-book.ts";
import { readAround, since } from "./building-columns.ts";
import type { RoleReader } from "./building-role-clean.ts";
import type { BuildingSettings } from "./building-settings.ts";
import { seriesOfRole } from "./building-sources.ts";

/** When a building is used by its hours. */
export function hoursOf({ occupancy, zone, holidays }: BuildingSettings, range: Range): OccupiedTimes {
  return occupiedTimes(occupancy, range, { zone: zoneNamed(zone), holidays });
}

/** What a value of an occupancy point means. */
export function meaningIn({ unit }: Pick<Series, "unit">, texts: Texts): (value: number) => OccupancyMeaning | undefined {
  if (unit !== TEXT_UNIT) return (value) => occupancyMeaning(String(value));
  const meant = new Map([...texts].map(([code, text]) => [code, occupancyMeaning(text)]));
  return (value) => meant.get(value);
}

/** When equipment is used: by the word of its own point where it has one, by the hours elsewhere. */
export async function occupancyOf({ roles }: Equipment, hours: OccupiedTimes, reader: RoleReader): Promise<OccupiedTimes> {
  const { parts, range } = reader;
  const point = roles.get("occupancy");
  const series = point && seriesOfRole(point, "occupancy", parts.settings.ranked)[0];
  if (point === undefined || series === undefined) return hours;
  const read = await readAround(parts.store, series.id, { ...range, readFromMs: range.fromMs, untilMs: range.toMs });
  const column = since(read, range.fromMs);
  if (column.tMs.length === 0) return hours;
  const silences = await reader.silencesOf(point, series.source);
  const standsMs = standingMs(isChangeOfValue(column, { silences }));
  return occupancyTold(
    hours,
    occupancyOfPoint(column, range, { meaningOf: meaningIn(series, parts.textsOf(series.id)), standsMs, silences }),
  );
}
