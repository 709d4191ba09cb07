import { type SeedComfort, seedComfort } from "#analytics/seed-comfort.ts";
import { figure } from "#api/plants/wire.ts";
import type { Role } from "#buildings/role.ts";
import type { OldComfortMetrics } from "#contract/old-niagara.ts";
import { temperatureUnit } from "#reports/building-role-kinds.ts";
import type { Column } from "#series/column.ts";
import { conversion, convertDifference } from "#units/unit.ts";
import { beside, fitted, inUnit, type OldColumn, within } from "./station-columns.ts";
import type { StationDesk } from "./station-desk.ts";
import { roleColumn, type ZoneAsked } from "./station-roles.ts";

const DAY_MINUTES = 1_440;
export const NO_COMFORT: OldComfortMetrics = { samples: 0, within_band_pct: null, mean_error_degF: null };

/** Temperatures of occupied hours, and what is known of them, in one unit. */
export interface OldComfort {
  readonly told: SeedComfort;
  readonly unit: "°F" | "°C";
}

export function comfortMetrics({ told, unit }: OldComfort): OldComfortMetrics {
  const meanError = convertDifference(told.meanError, unit, "°F");
  return { samples: told.samples, within_band_pct: figure(told.withinPct), mean_error_degF: figure(meanError) };
}

export interface ComfortWish {
  readonly temperature: OldColumn;
  /** A history to be paired, or °F. */
  readonly setpoint: OldColumn | number;
  /** How far apart a pair may be. */
  readonly toleranceMs: number;
  /** The newest so many rows alone. */
  readonly newest?: number;
}

/** Comfort as the old API reckons it, by the clock of the site. */
export function pairComfort(desk: StationDesk, { temperature, setpoint, toleranceMs, newest }: ComfortWish): OldComfort {
  const unit = temperatureUnit(temperature.unit, desk.settings);
  const column = within({ ...temperature, column: inUnit(temperature, unit) }, newest);
  const wanted = typeof setpoint === "number" ? (conversion("°F", unit)?.(setpoint) ?? setpoint) : inUnit(setpoint, unit);
  return { told: byClock(desk, { column, setpoint: wanted, unit, toleranceMs }), unit };
}

interface Judged {
  readonly column: Column;
  readonly setpoint: Column | number;
  readonly unit: "°F" | "°C";
  readonly toleranceMs: number;
}

/** A window over midnight is two of one day. */
function byClock({ settings, zone }: StationDesk, { column, setpoint, unit, toleranceMs }: Judged): SeedComfort {
  const { fromMinute, toMinute } = settings.occupancy;
  const band = convertDifference(settings.band, settings.bandUnit, unit);
  const part = (from: number, to: number): SeedComfort =>
    seedComfort(column, setpoint, { fromMinute: from, toMinute: to, band, toleranceMs, offsetAt: (tMs) => zone.offsetAt(tMs) });
  return toMinute > fromMinute ? part(fromMinute, toMinute) : joined(part(fromMinute, DAY_MINUTES), part(0, toMinute));
}

function joined(a: SeedComfort, b: SeedComfort): SeedComfort {
  if (a.samples === 0 || b.samples === 0) return a.samples === 0 ? b : a;
  const samples = a.samples + b.samples;
  const mean = (of: (one: SeedComfort) => number): number => (of(a) * a.samples + of(b) * b.samples) / samples;
  return { samples, withinPct: mean(({ withinPct }) => withinPct), meanError: mean(({ meanError }) => meanError) };
}

/** Pairs of setpoints whose middle stands for the one a zone does not have. */
const PAIRS: readonly (readonly [cooling: Role, heating: Role])[] = [
  ["effective-cooling-setpoint", "effective-heating-setpoint"],
  ["occupied-cooling-setpoint", "occupied-heating-setpoint"],
];

/** Temperature and setpoint of a zone at the same instants. Missing: undefined without a temperature, NaN where no setpoint holds. */
export interface ZoneTemperatures {
  readonly column: Column;
  readonly setpoint: Column;
  readonly unit: "°F" | "°C";
}

export async function zoneTemperatures(asked: ZoneAsked): Promise<ZoneTemperatures | undefined> {
  const { desk } = asked;
  const temperature = await roleColumn(asked, "space-temp");
  if (temperature === undefined) return undefined;
  const unit = temperatureUnit(temperature.unit, desk.settings);
  const column = within({ ...temperature, column: inUnit(temperature, unit) });
  const at = async (role: Role): Promise<Float64Array | undefined> => {
    const other = await roleColumn(asked, role);
    return other && fitted(column, unit, { other, desk });
  };
  const setpoint = (await at("effective-setpoint")) ?? (await middle(at)) ?? new Float64Array(column.tMs.length).fill(Number.NaN);
  return { column, unit, setpoint: beside(column, setpoint) };
}

/** Between cooling and heating where both are told, else the one there is. */
async function middle(at: (role: Role) => Promise<Float64Array | undefined>): Promise<Float64Array | undefined> {
  for (const [cooling, heating] of PAIRS) {
    const [high, low] = [await at(cooling), await at(heating)];
    if (high !== undefined && low !== undefined) return high.map((value, i) => (value + (low[i] as number)) / 2);
    if (high !== undefined || low !== undefined) return high ?? low;
  }
  return undefined;
}

/** Comfort of a zone. Missing: undefined without a temperature. */
export function zoneComfort(desk: StationDesk, { column, setpoint, unit }: ZoneTemperatures): OldComfort {
  return { told: byClock(desk, { column, setpoint, unit, toleranceMs: 0 }), unit };
}
