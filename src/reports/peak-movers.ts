import { type Deviation, type DeviationOf, deviations } from "#analytics/deviations.ts";
import type { BuildingPoint, PointGuess } from "#buildings/model.ts";
import type { Column } from "#series/column.ts";
import { lowerBound } from "#series/column.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import type { Series } from "#sites/registry.ts";
import type { Range, Store } from "#store/store.ts";
import { conversion, unitOf } from "#units/unit.ts";
import type { Texts } from "./building-book.ts";
import { kindOfRole } from "./building-role-kinds.ts";
import { switchOf } from "./building-switches.ts";

/** A series that may have moved, with what it is. */
export interface Candidate {
  readonly series: Series;
  readonly point: BuildingPoint;
  readonly guess: PointGuess;
  /** A state or a setpoint stands until another one is said. */
  readonly holds: boolean;
  /** Power in kW: a part of the whole. */
  readonly isPower: boolean;
  readonly read: (value: number) => number;
  readonly unit: string;
}

export interface Moved {
  readonly candidate: Candidate;
  readonly deviation: Deviation;
}

const SWITCHED_KINDS = new Set(["state"]);

/** Every series of a building that says how much, or on and off: the best of each point and quantity. */
export function candidatesOf(
  guesses: readonly PointGuess[],
  {
    ranked,
    textsOf,
    without,
  }: { readonly ranked: readonly string[]; readonly textsOf: (seriesId: number) => Texts; readonly without: ReadonlySet<number> },
): Candidate[] {
  return guesses.flatMap((guess) =>
    bestOf(guess.point.series, ranked)
      .filter(({ id }) => !without.has(id))
      .flatMap((series) => candidate(series, guess, textsOf)),
  );
}

function candidate(series: Series, guess: PointGuess, textsOf: (seriesId: number) => Texts): Candidate[] {
  const { point, role } = guess;
  const isSwitch = SWITCHED_KINDS.has(series.kind) || (role !== undefined && kindOfRole(role) === "switch");
  if (!isSwitch && series.kind !== "gauge") return [];
  const isPower = unitOf(series.unit)?.dimension === "power";
  const holds = isSwitch || /setpoint/.test(series.quantity) || (role?.endsWith("setpoint") ?? false);
  const about = { series, point, guess, holds, isPower };
  if (isSwitch) {
    const isOn = switchOf(series.unit, textsOf(series.id));
    return [{ ...about, read: (value) => 100 * isOn(value), unit: "% of the time on" }];
  }
  const toKw = isPower ? conversion(series.unit, "kW") : undefined;
  return [{ ...about, read: toKw ?? ((value) => value), unit: isPower ? "kW" : series.unit }];
}

/** Of several sources of one quantity the one of the best rank. */
function bestOf(series: readonly Series[], ranked: readonly string[]): Series[] {
  const rankOf = ({ source }: Series): number => (ranked.indexOf(source) + ranked.length + 1) % (ranked.length + 1);
  const best = new Map<string, Series>();
  for (const one of series) {
    const known = best.get(one.quantity);
    if (known === undefined || rankOf(one) < rankOf(known)) best.set(one.quantity, one);
  }
  return [...best.values()];
}

interface MoverParts {
  readonly store: Pick<Store, "read">;
  /** Values that mean "no value". */
  readonly sentinels: readonly number[];
  /** What they are parts of, in kW, at the interval and at the similar days. */
  readonly whole: DeviationOf;
}

/** Series that are asked at the same moment: many enough to keep the store busy, few enough to keep memory flat. */
const AT_ONCE = 64;

/** Every series at an interval against the same time of the similar days, the most unusual first; those nobody can judge are left out. */
export async function moversOf(
  candidates: readonly Candidate[],
  windows: { readonly at: Range; readonly usual: readonly Range[] },
  parts: MoverParts,
): Promise<Moved[]> {
  const moved: Moved[] = [];
  for (let i = 0; i < candidates.length; i += AT_ONCE) {
    const some = candidates.slice(i, i + AT_ONCE);
    const read = await Promise.all(some.map((one) => valuesOf(one, windows, parts)));
    const judged = deviations(
      read.map((of, at) => ({ ...of, partOfWhole: (some[at] as Candidate).isPower })),
      parts.whole,
    );
    for (const [at, deviation] of judged.entries())
      if (!Number.isNaN(deviation.score)) moved.push({ candidate: some[at] as Candidate, deviation });
  }
  return moved.toSorted(
    (a, b) => Math.abs(b.deviation.score) - Math.abs(a.deviation.score) || a.candidate.series.id - b.candidate.series.id,
  );
}

async function valuesOf(
  candidate: Candidate,
  { at, usual }: { readonly at: Range; readonly usual: readonly Range[] },
  parts: MoverParts,
): Promise<DeviationOf> {
  const value = await meanOver(candidate, at, parts);
  // What says nothing now cannot have moved: the other days need not be asked.
  if (Number.isNaN(value)) return { value, usual: [] };
  return { value, usual: await Promise.all(usual.map((window) => meanOver(candidate, window, parts))) };
}

/** Rows this long before a window are enough for what is polled. */
const LEAD_MS = 3_600_000;
const EVER_MS = -8.64e15;

/** The mean of a series over a window: of what holds until it changes, by time; of what is polled, of its samples. NaN unknown. */
async function meanOver({ series, holds, read }: Candidate, window: Range, { store, sentinels }: MoverParts): Promise<number> {
  const isGood = (column: Column, row: number): boolean =>
    ((column.quality[row] as number) & BAD_QUALITY) === 0 &&
    !Number.isNaN(column.value[row] as number) &&
    !sentinels.includes(column.value[row] as number);
  const column = await store.read(series.id, { fromMs: holds ? window.fromMs - LEAD_MS : window.fromMs, toMs: window.toMs });
  if (!holds) return plainMean(column, read, isGood);
  const first = lowerBound(column.tMs, window.fromMs + 1);
  if (first > 0) return timedMean(column, { first: first - 1, window, read, isGood });
  const before = await store.read(series.id, { fromMs: EVER_MS, toMs: window.fromMs - LEAD_MS }, { limit: -1 });
  return timedMean(joined(before, column), { first: 0, window, read, isGood });
}

type Judge = (column: Column, row: number) => boolean;

function plainMean(column: Column, read: (value: number) => number, isGood: Judge): number {
  let [sum, n] = [0, 0];
  for (let row = 0; row < column.tMs.length; row += 1) {
    const value = isGood(column, row) ? read(column.value[row] as number) : Number.NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    n += 1;
  }
  return n === 0 ? Number.NaN : sum / n;
}

function timedMean(
  column: Column,
  { first, window, read, isGood }: { first: number; window: Range; read: (value: number) => number; isGood: Judge },
): number {
  let [sum, ms] = [0, 0];
  for (let row = first; row < column.tMs.length; row += 1) {
    const fromMs = Math.max(window.fromMs, column.tMs[row] as number);
    const toMs = Math.min(window.toMs, column.tMs[row + 1] ?? window.toMs);
    const value = isGood(column, row) ? read(column.value[row] as number) : Number.NaN;
    if (Number.isNaN(value) || toMs <= fromMs) continue;
    sum += value * (toMs - fromMs);
    ms += toMs - fromMs;
  }
  return ms === 0 ? Number.NaN : sum / ms;
}

function joined(a: Column, b: Column): Column {
  const join = <T extends Float64Array | Uint16Array>(make: (n: number) => T, x: T, y: T): T => {
    const all = make(x.length + y.length);
    all.set(x);
    all.set(y, x.length);
    return all;
  };
  return {
    tMs: join((n) => new Float64Array(n), a.tMs, b.tMs),
    value: join((n) => new Float64Array(n), a.value, b.value),
    quality: join((n) => new Uint16Array(n), a.quality, b.quality),
  };
}
