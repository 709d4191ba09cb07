import type { BuildingPoint } from "#buildings/model.ts";
import { broken, type Silence, unusual } from "#series/silence.ts";
import type { Extent, Store } from "#store/store.ts";

/** Who speaks for one station: every series of its points. */
export interface StationSeries {
  readonly station: string;
  readonly seriesIds: readonly number[];
}

/** A station at an instant. */
export interface StationNow {
  /** -Infinity where it never spoke. */
  readonly lastMs: number;
  readonly silent: boolean;
}

/** The stations of a building; points whose sender names none are those of their source. */
export function stationsOf(points: readonly BuildingPoint[]): Map<string, number[]> {
  const stations = new Map<string, number[]>();
  for (const point of points)
    for (const { id, source } of point.series) {
      const name = stationName(point, source);
      const own = stations.get(name);
      if (own === undefined) stations.set(name, [id]);
      else own.push(id);
    }
  return stations;
}

export function stationName({ station }: Pick<BuildingPoint, "station">, source: string): string {
  return station === "" ? `@${source}` : station;
}

/** Of the series that were there all through a gap so many, those that say the most, are asked whether the station was silent. */
const MOST_ASKED = 48;
/** Of one series gaps are read one by one; with more of them it is read in one go. */
const MANY_GAPS = 16;

type SilenceStore = Pick<Store, "extent" | "read" | "changedSince" | "version">;

interface Known {
  readonly extents: ReadonlyMap<number, Extent>;
  readonly versions: Float64Array;
  readonly seriesIds: readonly number[];
  readonly firstMs: number;
  readonly lastMs: number;
  /** Every gap longer than is allowed, be it a habit of the station or not. */
  readonly gaps: readonly Silence[];
}

/** When a station was silent, of all its time: kept, and looked at again from where something changed. */
export class StationSilences {
  readonly #store: SilenceStore;
  readonly #silenceMs: number;
  #known = new Map<string, Promise<Known>>();

  constructor(store: SilenceStore, silenceMs: number) {
    this.#store = store;
    this.#silenceMs = silenceMs;
  }

  /**
   * The silences of a station that began before an instant; the last one is told up to there where nobody has spoken since.
   * `versions` are those of its series, in their order.
   */
  async before(untilMs: number, { station, seriesIds }: StationSeries, versions: Float64Array): Promise<readonly Silence[]> {
    const known = await this.#now(station, seriesIds, versions);
    const open = untilMs - known.lastMs > this.#silenceMs;
    const gaps = open ? [...known.gaps, { fromMs: known.lastMs, toMs: untilMs }] : known.gaps;
    return unusual(gaps, Math.max(untilMs, known.lastMs) - known.firstMs).filter(({ fromMs }) => fromMs < untilMs);
  }

  /** When the station spoke last, and whether it is silent at an instant. */
  async at(tMs: number, of: StationSeries, versions: Float64Array): Promise<StationNow> {
    const { lastMs } = await this.#now(of.station, of.seriesIds, versions);
    const last = (await this.before(tMs, of, versions)).at(-1);
    return { lastMs, silent: last !== undefined && last.toMs >= tMs && last.fromMs >= lastMs };
  }

  #now(station: string, seriesIds: readonly number[], versions: Float64Array): Promise<Known> {
    const before = this.#known.get(station);
    const made = this.#made(seriesIds, versions, before);
    this.#known.set(station, made);
    made.catch(() => this.#known.delete(station));
    return made;
  }

  async #made(seriesIds: readonly number[], versions: Float64Array, kept: Promise<Known> | undefined): Promise<Known> {
    const known = await kept;
    if (known !== undefined && same(known.versions, versions)) return known;
    const byId = await this.#extents(seriesIds, versions, known);
    const extents = [...byId.values()];
    const asked = extents.toSorted((a, b) => manyOf(b) - manyOf(a) || a.seriesId - b.seriesId);
    const firstMs = extents.reduce((least, one) => Math.min(least, one.firstMs), Number.POSITIVE_INFINITY);
    const lastMs = extents.reduce((most, one) => Math.max(most, one.lastMs), Number.NEGATIVE_INFINITY);
    const told = { versions, seriesIds, extents: byId, firstMs, lastMs };
    const isGrown = known !== undefined && known.firstMs === firstMs && same(known.seriesIds, seriesIds);
    const changedMs = isGrown ? await this.#changed(seriesIds, known.versions) : Number.NEGATIVE_INFINITY;
    if (known === undefined || !isGrown || changedMs <= firstMs) return { ...told, gaps: await this.#between(firstMs, lastMs, asked) };
    // A silence that ends at the change, or holds it, is another one now; what ended before it stays.
    const stays = known.gaps.filter(({ toMs }) => toMs < changedMs);
    const from = known.gaps.find(({ toMs }) => toMs >= changedMs)?.fromMs ?? Number.POSITIVE_INFINITY;
    const beginMs = Math.max(firstMs, stays.at(-1)?.toMs ?? firstMs, Math.min(from, changedMs - 2 * this.#silenceMs, known.lastMs));
    const anew = await this.#between(beginMs, lastMs, asked);
    return { ...told, gaps: [...stays, ...anew] };
  }

  /** Those of series that changed are read again, the others stay. */
  async #extents(seriesIds: readonly number[], versions: Float64Array, known: Known | undefined): Promise<Map<number, Extent>> {
    const before = known !== undefined && same(known.seriesIds, seriesIds) ? known : undefined;
    const changed = before === undefined ? seriesIds : seriesIds.filter((_, i) => before.versions[i] !== versions[i]);
    const extents = new Map(before?.extents);
    for (const id of changed) extents.delete(id);
    for (const one of await this.#store.extent(changed)) extents.set(one.seriesId, one);
    return extents;
  }

  async #changed(ids: readonly number[], versions: Float64Array): Promise<number> {
    return (await this.#store.changedSince(ids, versions)).reduce((least, tMs) => Math.min(least, tMs), Number.POSITIVE_INFINITY);
  }

  /** From an instant at which somebody spoke, or none was silent, to the last sample of all. */
  async #between(fromMs: number, lastMs: number, asked: readonly Extent[]): Promise<Silence[]> {
    let gaps: readonly OpenGap[] = lastMs - fromMs > this.#silenceMs ? [{ fromMs, toMs: lastMs, asked: 0 }] : [];
    for (const series of asked) {
      const open = new Set(gaps.filter((gap) => gap.asked < MOST_ASKED && series.firstMs < gap.toMs && series.lastMs > gap.fromMs));
      if (open.size === 0) continue;
      const spoken = await this.#spoken(series.seriesId, [...open]);
      gaps = gaps.flatMap((gap) => (open.has(gap) ? leftOf(gap, { series, spoken, silenceMs: this.#silenceMs }) : [gap]));
    }
    return gaps.map((gap) => ({ fromMs: gap.fromMs, toMs: gap.toMs }));
  }

  async #spoken(seriesId: number, gaps: readonly Silence[]): Promise<Float64Array> {
    const [first, last] = [gaps[0], gaps.at(-1)];
    if (first === undefined || last === undefined) return new Float64Array(0);
    if (gaps.length > MANY_GAPS) return (await this.#store.read(seriesId, { fromMs: first.fromMs, toMs: last.toMs + 1 })).tMs;
    const pieces = await Promise.all(gaps.map(({ fromMs, toMs }) => this.#store.read(seriesId, { fromMs, toMs: toMs + 1 })));
    return joined(pieces.map(({ tMs }) => tMs));
  }
}

/** A gap in which none of those asked has spoken. */
interface OpenGap extends Silence {
  /** How many were asked that were there all through it: what is older than most histories is known by the few there were. */
  readonly asked: number;
}

function leftOf(
  gap: OpenGap,
  { series, spoken, silenceMs }: { readonly series: Extent; readonly spoken: Float64Array; readonly silenceMs: number },
): OpenGap[] {
  return broken(gap, spoken, silenceMs).map(({ fromMs, toMs }) => {
    const wasThere = series.firstMs <= fromMs && series.lastMs >= toMs;
    return { fromMs, toMs, asked: gap.asked + (wasThere ? 1 : 0) };
  });
}

/** How many samples, roughly: who is asked changes seldom while all of them grow. */
function manyOf({ count }: Extent): number {
  return Math.floor(Math.log2(count));
}

function joined(pieces: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function same(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}
