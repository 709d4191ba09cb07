import type { FaultInput } from "#analytics/equipment-rows.ts";
import type { Role } from "#buildings/role.ts";
import { valuesAt } from "#series/carried.ts";
import { NO_PARTNER } from "#series/nearest.ts";
import { pairingOf } from "#series/pairing.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import { conversion } from "#units/unit.ts";
import type { PairingTold } from "./building-answers.ts";
import type { CleanRole } from "./building-role-clean.ts";
import { kindOfRole } from "./building-role-kinds.ts";

/** Roles that tell an input of the rules, the best first; setpoints of the zone are chosen apart. */
export const INPUT_ROLES: Readonly<Partial<Record<FaultInput, readonly Role[]>>> = {
  flow: ["flow"],
  "flow-setpoint": ["flow-setpoint"],
  "min-flow-setpoint": ["min-flow-setpoint"],
  "max-flow-setpoint": ["max-flow-setpoint"],
  "damper-position": ["damper-position"],
  "damper-command": ["damper-command"],
  reheat: ["reheat", "reheat-command", "reheat-stage"],
  "cooling-command": ["cooling-command"],
  "heating-valve": ["heating-valve"],
  "cooling-valve": ["cooling-valve"],
  "discharge-air-temp": ["discharge-air-temp"],
  "discharge-air-setpoint": ["discharge-air-setpoint"],
  "fan-command": ["fan-command"],
  "fan-status": ["fan-status"],
};

/** The same at the box of a zone: what heats there is its reheat, whatever it is called. */
export const BOX_ROLES: typeof INPUT_ROLES = {
  ...INPUT_ROLES,
  // One that says only what its damper is told stands there, as far as anybody knows.
  "damper-position": ["damper-position", "damper-command"],
  reheat: ["reheat", "reheat-command", "reheat-stage", "heating-valve", "heating-command"],
};

/** A role on the rows of another. */
export interface PairedRole {
  readonly of: CleanRole;
  readonly values: Float64Array;
  readonly told: PairingTold;
}

/** Brings a role to the instants of a leading column, in `unit` where one is asked for. `counted` are the rows that belong to the range. */
export function paired(
  of: CleanRole,
  tMs: Float64Array,
  { toleranceMs, unit, counted }: { readonly toleranceMs: number; readonly unit?: string; readonly counted: readonly [number, number] },
): PairedRole {
  const same = atSameInstants(of, tMs, toleranceMs);
  if (same !== undefined)
    return toldAs(of, {
      values: unitTurned(same, of.unit, unit),
      how: "nearest",
      because: of.speaking.because,
      unpaired: unknownIn(same, counted),
    });
  const { index, how, because } = pairingOf({ tMs }, of.column, { toleranceMs, silences: of.silences, speaking: of.speaking });
  const convert = unit === undefined || unit === of.unit ? undefined : conversion(of.unit, unit);
  let unpaired = 0;
  for (let row = counted[0]; row < counted[1]; row += 1) if (index[row] === NO_PARTNER) unpaired += 1;
  return toldAs(of, { values: valuesAt(index, of.column.value, convert), how, because, unpaired });
}

interface Brought extends Pick<PairingTold, "how" | "because" | "unpaired"> {
  readonly values: Float64Array;
}

function toldAs(of: CleanRole, { values, how, because, unpaired }: Brought): PairedRole {
  const told = { role: of.role, series: of.series.key, how, because: because + saidBeside(of), unpaired, excluded: of.excluded };
  return { of, values, told };
}

/**
 * Values of what is polled at the very instants of the leading column: the nearest row is the one of the same instant.
 * Missing: undefined where the two were not polled together.
 */
function atSameInstants({ column, speaking }: CleanRole, tMs: Float64Array, toleranceMs: number): Float64Array | undefined {
  const rows = column.tMs.length;
  if (speaking.changeOfValue || !(speaking.usualMs > 2 * toleranceMs) || rows < tMs.length || tMs.length === 0) return undefined;
  let leastMs = Number.POSITIVE_INFINITY;
  let beforeMs = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < tMs.length; row += 1) {
    const at = tMs[row] as number;
    if (column.tMs[row] !== at) return undefined;
    if (at - beforeMs < leastMs) leastMs = at - beforeMs;
    beforeMs = at;
  }
  // Two rows of one poll would be two candidates.
  if (leastMs <= 2 * toleranceMs) return undefined;
  for (let row = 0; row < tMs.length; row += 1) {
    const bad = ((column.quality[row] as number) & BAD_QUALITY) !== 0;
    if (bad && !Number.isNaN(column.value[row])) return undefined;
  }
  const next = column.tMs[tMs.length];
  if (next !== undefined && next - (tMs.at(-1) as number) <= 2 * toleranceMs) return undefined;
  return column.value.subarray(0, tMs.length);
}

function unitTurned(values: Float64Array, from: string, to: string | undefined): Float64Array {
  const convert = to === undefined || to === from ? undefined : conversion(from, to);
  return convert === undefined ? values : values.map(convert);
}

function unknownIn(values: Float64Array, [from, to]: readonly [number, number]): number {
  let unknown = 0;
  for (let row = from; row < to; row += 1) if (Number.isNaN(values[row])) unknown += 1;
  return unknown;
}

/** What a reader should know of how a column came to be. */
export function saidBeside({ filledFrom, assumed, unit }: CleanRole): string {
  const filled = filledFrom.length === 0 ? "" : ` Where it was silent, ${filledFrom.map(({ key }) => key).join(" and ")} filled in.`;
  return `${filled}${assumed ? ` Its sender says no unit: ${unit} is assumed.` : ""}`;
}

/** Units rules expect; temperatures and airflows are told by their leader. */
export function unitOfInput(role: Role, units: { readonly temperature: string; readonly flow: string }): string | undefined {
  const kind = kindOfRole(role);
  return kind === "temperature" ? units.temperature : kind === "flow" ? units.flow : kind === "position" ? "%" : undefined;
}
