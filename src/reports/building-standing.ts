import { sampleRulesOf } from "#analytics/sample-rules.ts";
import type { Equipment } from "#buildings/model.ts";
import type { Role } from "#buildings/role.ts";
import { TEXT_UNIT } from "#sites/registry.ts";
import { conversion, convertDifference } from "#units/unit.ts";
import type { PointNow, ZoneStanding } from "./building-answers.ts";
import { temperatureUnit, unitFor } from "./building-role-kinds.ts";
import { setpointsNow } from "./building-setpoints.ts";
import type { BuildingSettings } from "./building-settings.ts";

/** What a zone is compared with now, and where it stands. */
export interface Standing {
  readonly standing: ZoneStanding;
  /** Signed; 0 inside; NaN unknown. */
  readonly outsideBy: number;
  readonly low: number;
  readonly high: number;
  readonly unit: "°F" | "°C";
  /** Setpoints it is compared with. */
  readonly by: readonly Role[];
}

export interface StandingNow {
  readonly now: ReadonlyMap<Role, PointNow>;
  readonly occupied: boolean;
  readonly settings: BuildingSettings;
  /** Its temperature has not been heard of for longer than it is used to. */
  readonly silent: boolean;
  readonly flat: boolean;
}

const EDGE = 1e-6;

/** Where a zone stands by its newest value and the setpoints that hold. */
export function standingOf(zone: Equipment, scene: StandingNow): Standing {
  const { now, settings } = scene;
  const temp = now.get("space-temp");
  const own = temp === undefined ? "" : unitFor(temp.unit, "space-temp", settings);
  const unit = temperatureUnit(own, settings);
  const { low, high, by } = bandNow(zone, scene, unit);
  const told = (standing: ZoneStanding, outsideBy = Number.NaN): Standing => ({ standing, outsideBy, low, high, unit, by });
  if (temp === undefined || scene.silent) return told("silent");
  if (isBad(temp, own, settings)) return told("bad");
  if (scene.flat) return told("flat");
  if (Number.isNaN(low)) return told("no-setpoint");
  const value = (own === unit ? undefined : conversion(own, unit))?.(temp.value) ?? temp.value;
  if (value > high + EDGE) return told("above", value - high);
  return value < low - EDGE ? told("below", value - low) : told("inside", 0);
}

function isBad({ bad, value, unit }: PointNow, own: string, settings: BuildingSettings): boolean {
  if (bad || Number.isNaN(value) || unit === TEXT_UNIT) return true;
  const {
    sentinels = [],
    lowest = Number.NEGATIVE_INFINITY,
    highest = Number.POSITIVE_INFINITY,
  } = sampleRulesOf("space-temp", own, settings);
  return sentinels.includes(value) || value < lowest || value > highest;
}

function bandNow(
  zone: Equipment,
  { now, occupied, settings }: StandingNow,
  unit: "°F" | "°C",
): { readonly low: number; readonly high: number; readonly by: readonly Role[] } {
  const { heating, cooling, single } = setpointsNow(zone.roles, occupied);
  const band = convertDifference(settings.band, settings.bandUnit, unit);
  const [low, high, one] = [heating, cooling, single].map((role) => setpointIn(role && now.get(role), { unit, settings }));
  const isTwo = !Number.isNaN(low) && !Number.isNaN(high);
  const by = (isTwo ? [heating, cooling] : Number.isNaN(one) ? [] : [single]).flatMap((role) => role ?? []);
  const [from, to] = isTwo ? [low as number, high as number] : [one as number, one as number];
  return { low: from - band, high: to + band, by };
}

/** Missing: NaN for one that is bad, in words, or not there. */
function setpointIn(now: PointNow | undefined, { unit, settings }: { readonly unit: string; readonly settings: BuildingSettings }): number {
  if (now === undefined || now.bad || now.unit === TEXT_UNIT) return Number.NaN;
  const own = unitFor(now.unit, now.role, settings);
  const { sentinels = [], lowest = Number.NEGATIVE_INFINITY, highest = Number.POSITIVE_INFINITY } = sampleRulesOf(now.role, own, settings);
  if (sentinels.includes(now.value) || now.value < lowest || now.value > highest) return Number.NaN;
  return conversion(own, unit)?.(now.value) ?? Number.NaN;
}
