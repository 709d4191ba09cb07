import type { BuildingPoint } from "#buildings/model.ts";
import type { Role } from "#buildings/role.ts";
import { type Column, lowerBound } from "#series/column.ts";
import { type Series, TEXT_UNIT } from "#sites/registry.ts";
import type { Range, Store } from "#store/store.ts";
import { conversion } from "#units/unit.ts";
import type { Texts } from "./building-book.ts";
import { kindOfRole, unitFor } from "./building-role-kinds.ts";
import type { BuildingSettings } from "./building-settings.ts";
import { filledBy, seriesOfRole } from "./building-sources.ts";
import { switchOf } from "./building-switches.ts";

/** What a role said over a range, as it was stored: the last row before the range, then the range. */
export interface RoleColumn {
  readonly role: Role;
  readonly point: BuildingPoint;
  /** The series that counts; others of the same point filled stretches in which it was silent. */
  readonly series: Series;
  readonly filledFrom: readonly Series[];
  /** Values in `unit`; of what is on or off 1 and 0. */
  readonly column: Column;
  readonly unit: string;
  /** True where the sender says no unit, and the house's is assumed. */
  readonly assumed: boolean;
}

/** What columns are read by. */
export interface ColumnParts {
  readonly store: Pick<Store, "read">;
  readonly settings: BuildingSettings;
  readonly textsOf: (seriesId: number) => Texts;
}

/** A range with what is read around it. */
export interface ReadRange extends Range {
  /** Rows from here on are read, and the last one before. */
  readonly readFromMs: number;
  /** Rows before this are read. */
  readonly untilMs: number;
  /** Nothing later is known. */
  readonly horizonMs: number;
}

/** A polled point has its last row before a range in here, so that it need not be looked for. */
const LEAD_MS = 3 * 3_600_000;
const EVER_MS = -8.64e15;

/** Reads a role of a point. Missing: undefined where no series of the point can say it. */
export async function readRole(
  { point, role }: { readonly point: BuildingPoint; readonly role: Role },
  range: ReadRange,
  parts: ColumnParts,
): Promise<RoleColumn | undefined> {
  const candidates = seriesOfRole(point, role, parts.settings.ranked);
  if (candidates.length === 0) return undefined;
  const columns = await Promise.all(candidates.map(({ id }) => readAround(parts.store, id, range)));
  const speaking = columns.findIndex(({ tMs }) => tMs.length > 0 && (tMs.at(-1) as number) >= range.fromMs);
  const best =
    speaking < 0
      ? Math.max(
          0,
          columns.findIndex(({ tMs }) => tMs.length > 0),
        )
      : speaking;
  const series = candidates[best] as Series;
  const unit = kindOfRole(role) === "switch" ? series.unit : unitFor(series.unit, role, parts.settings);
  const inUnit = (i: number): Column => converted(columns[i] as Column, candidates[i] as Series, { role, unit, parts });
  let column = inUnit(best);
  const filledFrom: Series[] = [];
  const others = candidates.flatMap((other, i) => (i === best || columns[i]?.tMs.length === 0 ? [] : [{ other, own: inUnit(i) }]));
  // What ends the last stretch of silence may lie behind all that was read.
  const endMs = others.length === 0 ? Number.NaN : await nextRow(parts.store, series.id, range);
  for (const { other, own } of others) {
    const filled = filledBy(column, own, { silentMs: parts.settings.silenceMs, endMs });
    if (filled !== column) filledFrom.push(other);
    column = filled;
  }
  return { role, point, series, filledFrom, column, unit, assumed: unit !== series.unit && unit !== "" && series.unit === "" };
}

interface Conversion {
  readonly role: Role;
  readonly unit: string;
  readonly parts: ColumnParts;
}

function converted(column: Column, series: Series, { role, unit, parts }: Conversion): Column {
  if (kindOfRole(role) === "switch" || series.unit === TEXT_UNIT) {
    const isOn = switchOf(series.unit, parts.textsOf(series.id));
    // A stage that is on stands wholly: 100 %.
    const full = kindOfRole(role) === "position" ? 100 : 1;
    return { ...column, value: column.value.map((value) => isOn(value) * full) };
  }
  const own = unitFor(series.unit, role, parts.settings);
  const convert = own === unit ? undefined : conversion(own, unit);
  return convert === undefined ? column : { ...column, value: column.value.map(convert) };
}

/** The rows of a range with the last one before it. */
export async function readAround(store: Pick<Store, "read">, seriesId: number, range: ReadRange): Promise<Column> {
  const column = await store.read(seriesId, { fromMs: range.readFromMs - LEAD_MS, toMs: range.untilMs });
  const first = lowerBound(column.tMs, range.readFromMs);
  if (first > 0) return first === 1 ? column : from(column, first - 1);
  const before = await store.read(seriesId, { fromMs: EVER_MS, toMs: range.readFromMs - LEAD_MS }, { limit: -1 });
  return before.tMs.length === 0 ? column : column.tMs.length === 0 ? before : joined(before, column);
}

/** The first row behind all that is read. Missing: the present, as far as it is known. */
async function nextRow(store: Pick<Store, "read">, seriesId: number, { untilMs, horizonMs }: ReadRange): Promise<number> {
  const { tMs } = await store.read(seriesId, { fromMs: untilMs, toMs: -EVER_MS }, { limit: 1 });
  return tMs[0] ?? Math.max(untilMs, horizonMs);
}

function from({ tMs, value, quality, code }: Column, row: number): Column {
  const rest = { tMs: tMs.subarray(row), value: value.subarray(row), quality: quality.subarray(row) };
  return code === undefined ? rest : { ...rest, code: code.subarray(row) };
}

/** The rows of a column from an instant on, with the last one before it. */
export function since(column: Column, fromMs: number): Column {
  const first = lowerBound(column.tMs, fromMs);
  return first <= 1 ? column : from(column, first - 1);
}

/** The rows of a column before an instant. */
export function before({ tMs, value, quality }: Column, untilMs: number): Column {
  const end = lowerBound(tMs, untilMs);
  return end === tMs.length
    ? { tMs, value, quality }
    : { tMs: tMs.subarray(0, end), value: value.subarray(0, end), quality: quality.subarray(0, end) };
}

function joined(first: Column, rest: Column): Column {
  const n = first.tMs.length + rest.tMs.length;
  const column = { tMs: new Float64Array(n), value: new Float64Array(n), quality: new Uint16Array(n) };
  let at = 0;
  for (const piece of [first, rest]) {
    column.tMs.set(piece.tMs, at);
    column.value.set(piece.value, at);
    column.quality.set(piece.quality, at);
    at += piece.tMs.length;
  }
  return column;
}
