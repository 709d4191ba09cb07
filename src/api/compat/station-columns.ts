import { cleanColumn } from "#analytics/clean-column.ts";
import { sampleRulesOf } from "#analytics/sample-rules.ts";
import type { RouteDeps } from "#api/route-kit.ts";
import type { BuildingPoint } from "#buildings/model.ts";
import type { Role } from "#buildings/role.ts";
import type { Texts } from "#reports/building-book.ts";
import { readRole } from "#reports/building-columns.ts";
import { valuesAt } from "#series/carried.ts";
import { type Column, lowerBound } from "#series/column.ts";
import { pairingOf } from "#series/pairing.ts";
import type { Silence } from "#series/silence.ts";
import type { Registry } from "#sites/registry.ts";
import type { Range } from "#store/store.ts";
import { conversion } from "#units/unit.ts";
import type { StationDesk } from "./station-desk.ts";
import { silencesBefore } from "./station-silences.ts";

/** What a history said over a range, without what is no reading: that is NaN. It begins with the last row before the range. */
export interface OldColumn {
  readonly column: Column;
  readonly unit: string;
  readonly range: Range;
  /** When its whole station was silent: nothing is carried over that. */
  readonly silences: readonly Silence[];
}

export interface ColumnWish {
  readonly point: BuildingPoint;
  readonly role: Role;
  readonly range: Range;
}

/** Missing: undefined where no series of the point can say what the role asks for. */
export async function oldColumn(
  deps: Pick<RouteDeps, "store" | "catalog">,
  desk: StationDesk,
  wish: ColumnWish,
): Promise<OldColumn | undefined> {
  const { point, role, range } = wish;
  const { registry } = await deps.catalog();
  const parts = { store: deps.store, settings: desk.settings, textsOf: textsOf(registry) };
  const found = await readRole({ point, role }, { ...range, readFromMs: range.fromMs, untilMs: range.toMs, horizonMs: range.toMs }, parts);
  if (found === undefined) return undefined;
  // A sensor that stands still is seen only in more than a range: the pages tell of it.
  const rules = sampleRulesOf(role, found.unit, { sentinels: desk.settings.sentinels, flatMs: Number.POSITIVE_INFINITY });
  const { column } = cleanColumn(found.column, rules);
  return {
    column,
    unit: found.unit,
    range,
    silences: await silencesBefore(deps.store, desk, { point, source: found.series.source, untilMs: range.toMs }),
  };
}

const texts = new WeakMap<Registry, Map<number, Map<number, string>>>();
const NO_TEXTS: Texts = new Map();

function textsOf(registry: Registry): (seriesId: number) => Texts {
  let known = texts.get(registry);
  if (known === undefined) {
    known = new Map();
    for (const { seriesId, code, text } of registry.codes) {
      const own = known.get(seriesId) ?? new Map<number, string>();
      known.set(seriesId, own.set(code, text));
    }
    texts.set(registry, known);
  }
  return (seriesId) => known.get(seriesId) ?? NO_TEXTS;
}

/** The rows within the range alone, of them the newest so many. */
export function within({ column, range }: OldColumn, newest = Number.POSITIVE_INFINITY): Column {
  const to = lowerBound(column.tMs, range.toMs);
  const from = Math.max(lowerBound(column.tMs, range.fromMs), to - newest);
  return { tMs: column.tMs.subarray(from, to), value: column.value.subarray(from, to), quality: column.quality.subarray(from, to) };
}

/**
 * What another history says at the instants of one, in its unit, brought together as fits how the other speaks: polled ones by nearness,
 * those that speak on change by what still holds.
 */
export function fitted(
  lead: Column,
  unit: string,
  { other, desk }: { readonly other: OldColumn; readonly desk: StationDesk },
): Float64Array {
  const { index } = pairingOf(lead, other.column, { toleranceMs: desk.settings.flow.pairingMs, silences: other.silences });
  return valuesAt(index, other.column.value, other.unit === unit ? undefined : conversion(other.unit, unit));
}

/** Values at the instants of a column as a column of their own. */
export function beside({ tMs }: Column, value: Float64Array): Column {
  return { tMs, value, quality: new Uint16Array(tMs.length) };
}

/** The same column in another unit, where one leads to the other. */
export function inUnit({ column, unit }: OldColumn, wanted: string): Column {
  const convert = unit === wanted ? undefined : conversion(unit, wanted);
  return convert === undefined ? column : { ...column, value: column.value.map(convert) };
}
