import type { BuildingPoint } from "#buildings/model.ts";
import type { Role } from "#buildings/role.ts";
import { type Column, lowerBound } from "#series/column.ts";
import { type Series, TEXT_UNIT } from "#sites/registry.ts";
import { sameDimension } from "#units/unit.ts";
import { fitsRole, kindOfRole } from "./building-role-kinds.ts";

/** Sources by rank, best first; those it does not name come last. */
export type Ranked = readonly string[];

/**
 * The series of a point that can say what its role asks for, the best first: words only of what is on or off, numbers of a fitting
 * unit before those of none. What cannot be brought to the unit of the best is left out.
 */
export function seriesOfRole({ series }: BuildingPoint, role: Role, ranked: Ranked): Series[] {
  const isSwitch = kindOfRole(role) === "switch";
  const fitting = series.filter(({ unit }) => (unit === TEXT_UNIT ? isSwitch || role === "reheat-stage" : fitsRole(unit, role)));
  if (fitting.length <= 1) return fitting;
  const rankOf = ({ source }: Series): number => {
    const rank = ranked.indexOf(source);
    return rank < 0 ? ranked.length : rank;
  };
  const sorted = fitting.toSorted((a, b) => rankOf(a) - rankOf(b) || a.id - b.id);
  const [best] = sorted;
  if (best === undefined) return [];
  const alike = ({ unit }: Series): boolean => (unit === TEXT_UNIT) === (best.unit === TEXT_UNIT) && sameDimension(unit, best.unit);
  return isSwitch ? sorted : sorted.filter(alike);
}

export interface FillRules {
  /** Longest stretch without any row of its own that is left as it is. */
  readonly silentMs: number;
  /** Where the stretch behind its last row ends. */
  readonly endMs: number;
}

/** A column with the rows of another in stretches in which it was silent. */
export function filledBy(own: Column, other: Column, { silentMs, endMs }: FillRules): Column {
  if (other.tMs.length === 0) return own;
  if (own.tMs.length === 0) return other;
  const taken: number[] = [];
  for (let row = 0; row < other.tMs.length; row += 1) {
    const at = other.tMs[row] as number;
    const next = lowerBound(own.tMs, at);
    const beforeMs = own.tMs[next - 1] ?? Number.NEGATIVE_INFINITY;
    const afterMs = own.tMs[next] ?? endMs;
    if (own.tMs[next] !== at && afterMs - beforeMs > silentMs) taken.push(row);
  }
  return taken.length === 0 ? own : merged(own, other, taken);
}

function merged(own: Column, other: Column, taken: readonly number[]): Column {
  const n = own.tMs.length + taken.length;
  const [tMs, value, quality] = [new Float64Array(n), new Float64Array(n), new Uint16Array(n)];
  for (let i = 0, j = 0, at = 0; at < n; at += 1) {
    const row = taken[j] ?? -1;
    const isOwn = row < 0 || (i < own.tMs.length && (own.tMs[i] as number) < (other.tMs[row] as number));
    const from = isOwn ? own : other;
    const index = isOwn ? i : row;
    tMs[at] = from.tMs[index] as number;
    value[at] = from.value[index] as number;
    quality[at] = from.quality[index] as number;
    if (isOwn) i += 1;
    else j += 1;
  }
  return { tMs, value, quality };
}
