import type { Equipment } from "#buildings/model.ts";
import type { Role } from "#buildings/role.ts";
import { valuesAt } from "#series/carried.ts";
import { lowerBound } from "#series/column.ts";
import { pairingOf } from "#series/pairing.ts";
import { conversion, convertDifference } from "#units/unit.ts";
import type { RoleReader } from "./building-role-clean.ts";
import { readClean } from "./building-role-clean.ts";
import type { Standing } from "./building-standing.ts";

const HOUR_MS = 3_600_000;
/** Looked back in this order until the zone is found where it was before. */
const BACK_HOURS = [24, 7 * 24, 30 * 24] as const;
const EDGE = 1e-6;

/**
 * Since when a zone is on the side of its band on which it is now: the first sample of the run that reaches the newest one.
 * Missing: NaN where nothing is known; where it was so for 30 days, their beginning.
 */
export async function outsideSince(
  zone: Equipment,
  standing: Standing,
  readerOf: (backMs: number) => Promise<RoleReader>,
): Promise<number> {
  let sinceMs = Number.NaN;
  for (const hours of BACK_HOURS) {
    const found = await runIn(zone, standing, await readerOf(hours * HOUR_MS));
    sinceMs = found.sinceMs;
    if (!found.isOpen) break;
  }
  return sinceMs;
}

interface Run {
  readonly sinceMs: number;
  /** It may have begun before all that was read. */
  readonly isOpen: boolean;
}

async function runIn(zone: Equipment, { by, unit, standing }: Standing, reader: RoleReader): Promise<Run> {
  const { range, parts } = reader;
  const { settings } = parts;
  const read = async (role: Role | undefined) => {
    const point = role && zone.roles.get(role);
    return role && point && readClean(point, role, reader);
  };
  const [temp, ...setpoints] = await Promise.all([read("space-temp"), ...by.map(read)]);
  if (temp === undefined) return { sinceMs: Number.NaN, isOpen: false };
  const { tMs, value } = temp.column;
  const toUnit = conversion(temp.unit, unit) ?? ((one: number) => one);
  const columns = setpoints.map((of) => {
    if (of === undefined) return undefined;
    const { index } = pairingOf({ tMs }, of.column, { toleranceMs: settings.flow.pairingMs, silences: of.silences, speaking: of.speaking });
    return valuesAt(index, of.column.value, conversion(of.unit, unit));
  });
  const side = standing === "above" ? columns.at(-1) : columns[0];
  const band = convertDifference(settings.band, settings.bandUnit, unit);
  const isOutside = (row: number): boolean => {
    const off = toUnit(value[row] as number) - (side?.[row] ?? Number.NaN);
    return standing === "above" ? off > band + EDGE : off < -band - EDGE;
  };
  let sinceMs = Number.NaN;
  const first = lowerBound(tMs, range.fromMs);
  for (let row = tMs.length - 1; row >= first; row -= 1) {
    if (Number.isNaN(value[row])) continue;
    if (!isOutside(row)) return { sinceMs, isOpen: false };
    sinceMs = tMs[row] as number;
  }
  return { sinceMs, isOpen: true };
}
