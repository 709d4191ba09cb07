import { type Factors, factorsOf } from "#analytics/factors.ts";
import type { Intervals } from "#analytics/intervals.ts";
import { type Zone, zoneNamed } from "#calendar/zone.ts";
import type { Registry } from "#sites/registry.ts";
import type { Range, Store } from "#store/store.ts";
import { counterRules, Resolutions } from "./counter-rules.ts";
import { factsOf } from "./dated-facts.ts";
import { derive, type Rules } from "./derive.ts";
import { joined, within } from "./interval-columns.ts";
import { bytesOf, DERIVED_VERSION, type Derived, derivedOf, type SourceEvent } from "./kept-intervals.ts";
import { type SourceSeries, seriesIds, seriesOfPoint, swapsOf } from "./plant-series.ts";
import type { PlantSettings } from "./plant-settings.ts";
import { readSpan } from "./source-columns.ts";
import { spansOf } from "./spans.ts";

/** What history is derived by: who speaks of the point, and what a pulse is worth. */
export interface Standing {
  readonly sources: readonly SourceSeries[];
  readonly ids: readonly number[];
  readonly factors: Factors;
  readonly rules: Rules;
  /** All of the above in one text. */
  readonly print: string;
  /** Of each series, in the order of their ids. */
  readonly versions: Float64Array;
  /** Grows with everything that changes an answer. */
  readonly version: number;
}

type Fixed = Omit<Standing, "version" | "versions">;

/** Late messages have mostly come by then, and the rows that follow are there to judge the last ones by. */
const SETTLED_MS = 2 * 86_400_000;
/** Pages show a year around what there is. */
const NEAR_MS = 400 * 86_400_000;

interface Kept extends Derived {
  readonly usedUntilMs: ReadonlyMap<number, number>;
}

/**
 * Intervals of one point, derived a month or a day at a time and kept until something they were made of changes: what is
 * asked again costs nothing, and a new pulse makes only the running day new.
 */
export class History {
  readonly zone: Zone;
  readonly #store: Store;
  readonly #settings: PlantSettings;
  readonly #nowMs: () => number;
  readonly #kept = new Map<string, Kept>();
  readonly #underWay = new Map<string, Promise<Kept>>();
  #known: { readonly registry: Registry; readonly resolutions: ReadonlyMap<string, number>; readonly standing: Fixed } | undefined;
  #versions: Float64Array | undefined;
  #generation = 0;
  #refreshing: Promise<Standing> | undefined;
  readonly #resolutions: Resolutions;
  /** Rules whose kept rows are in memory. */
  #read: Rules | undefined;

  constructor(store: Store, settings: PlantSettings, nowMs: () => number) {
    this.#store = store;
    this.#settings = settings;
    this.#nowMs = nowMs;
    this.zone = zoneNamed(settings.zone);
    this.#resolutions = new Resolutions(store);
  }

  /** Forgets what is no longer so. Questions that come together share one look. */
  refresh(): Promise<Standing> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** What registers did that is no consumption, or not certainly, in order of time. */
  async events(range: Range): Promise<SourceEvent[]> {
    const standing = await this.refresh();
    const found: SourceEvent[] = [];
    for (const span of spansOf(range, this.#nowMs(), this.zone)) found.push(...(await this.#span(standing, span)).events);
    return found.filter(({ tMs }) => tMs >= range.fromMs && tMs < range.toMs);
  }

  /** `then`: stretches that touch its range are as they were known at its instant. */
  async intervals(range: Range, then?: { readonly range: Range; readonly asOfMs: number }): Promise<Intervals> {
    const standing = await this.refresh();
    if (range.toMs <= range.fromMs) return within(await this.#empty(standing, range), range);
    return joined(await this.pieces(range, then));
  }

  /** The same in the pieces it is kept in, so that whoever made something of them sees which are new. */
  async pieces(range: Range, then?: { readonly range: Range; readonly asOfMs: number }): Promise<Intervals[]> {
    const standing = await this.refresh();
    const pieces: Intervals[] = [];
    for (const span of spansOf(range, this.#nowMs(), this.zone)) {
      const isThen = then !== undefined && span.fromMs < then.range.toMs && then.range.fromMs < span.toMs;
      const kept = isThen ? await this.#derived(standing, span, { asOfMs: then.asOfMs }) : await this.#span(standing, span);
      pieces.push(within(kept.intervals, range));
    }
    return pieces;
  }

  /** One source alone. Missing: no interval known where it never spoke of the point. */
  async layer(source: string, range: Range): Promise<Intervals> {
    const standing = await this.refresh();
    const alone = { ...standing, sources: standing.sources.filter((one) => one.source.name === source) };
    const spans = spansOf(range, this.#nowMs(), this.zone);
    const pieces: Intervals[] = [];
    for (const span of spans) pieces.push((await this.#derived(alone, span, {})).intervals);
    return within(joined(pieces), range);
  }

  async #empty(standing: Standing, { fromMs }: Range): Promise<Intervals> {
    const dayMs = this.zone.dayStart(fromMs);
    return (await this.#derived({ ...standing, sources: [] }, { fromMs: dayMs, toMs: this.zone.nextStart("day", dayMs) }, {})).intervals;
  }

  async #span(standing: Standing, span: Range): Promise<Kept> {
    const name = `${span.fromMs} ${span.toMs}`;
    const kept = this.#kept.get(name);
    if (kept !== undefined) return kept;
    const under = `${name} ${standing.version}`;
    const underWay = this.#underWay.get(under) ?? this.#keep(name, standing, span);
    this.#underWay.set(under, underWay);
    return underWay.finally(() => this.#underWay.delete(under));
  }

  async #keep(name: string, standing: Standing, span: Range): Promise<Kept> {
    const derived = await this.#derived(standing, span, {});
    // Anybody may ask for any year: only what lies near something that was said is kept, in memory and on disk.
    if (!(await this.#isNearSamples(standing.ids, span))) return derived;
    // What changed while this was read would not be noticed later.
    let versions: Float64Array | undefined;
    while (versions !== this.#versions) {
      versions = this.#versions;
      if (standing.rules !== this.#known?.standing.rules) return derived;
      const changedMs = await this.#store.changedSince(standing.ids, standing.versions);
      if (isTorn(derived, standing.ids, changedMs)) return derived;
    }
    this.#dropWithin(span);
    this.#kept.set(name, derived);
    this.#save(derived, standing, span);
    return derived;
  }

  async #isNearSamples(ids: readonly number[], { fromMs, toMs }: Range): Promise<boolean> {
    const instants = (await this.#store.extent(ids)).flatMap(({ firstMs, lastMs }) => [firstMs, lastMs]);
    const nowMs = this.#nowMs();
    return toMs > Math.min(nowMs, ...instants) - NEAR_MS && fromMs < Math.max(nowMs, ...instants) + NEAR_MS;
  }

  async #derived(standing: Standing, span: Range, options: { readonly asOfMs?: number }): Promise<Kept> {
    const { columns, usedUntilMs } = await readSpan(this.#store, standing.sources, {
      span,
      options,
      ...(standing.rules.counter === undefined ? {} : { counter: standing.rules.counter }),
    });
    return { ...derive(columns, span, standing.rules), usedUntilMs };
  }

  async #refresh(): Promise<Standing> {
    const registry = await this.#store.registry();
    const resolutions = await this.#resolutions.of(seriesOfPoint(registry, this.#settings));
    const known = this.#standing(registry, resolutions);
    const { ids } = known;
    const versions = await this.#store.version(ids);
    if (this.#versions === undefined) {
      this.#kept.clear();
      this.#generation++;
    } else if (versions.some((version, i) => version !== this.#versions?.[i])) {
      this.#forget(ids, await this.#store.changedSince(ids, this.#versions));
    }
    this.#versions = versions;
    if (this.#read !== known.rules) await this.#readKept(known);
    return { ...known, versions, version: versions.reduce((most, one) => Math.max(most, one), 0) + this.#generation };
  }

  /** Days of a month that is kept whole from now on. */
  #dropWithin(span: Range): void {
    for (const name of this.#kept.keys()) {
      const [fromMs = 0, toMs = 0] = name.split(" ").map(Number);
      if (fromMs >= span.fromMs && toMs <= span.toMs) this.#kept.delete(name);
    }
  }

  /** What an earlier run of the program derived. */
  async #readKept(known: Fixed): Promise<void> {
    for (const { fromMs, toMs, data, of } of await this.#store.derived(this.#owner, known.print)) {
      const usedUntilMs = new Map(of.map(({ seriesId, untilMs }) => [seriesId, untilMs]));
      this.#kept.set(`${fromMs} ${toMs}`, { ...derivedOf(data), usedUntilMs });
    }
    this.#read = known.rules;
  }

  /** What is over is kept on disk. Where that fails it is derived again some day, which is no harm. */
  #save({ usedUntilMs, ...derived }: Kept, { ids, versions, print }: Standing, span: Range): void {
    if (this.#nowMs() < span.toMs + SETTLED_MS) return;
    const of = ids.map((seriesId) => ({ seriesId, untilMs: usedUntilMs.get(seriesId) ?? Number.POSITIVE_INFINITY }));
    const row = { owner: this.#owner, rules: print, ...span, data: bytesOf(derived), of, versions };
    this.#store.saveDerived(row).catch(() => undefined);
  }

  get #owner(): string {
    const { site, point, counter } = this.#settings;
    return counter === undefined ? `${site}/${point}` : `${site}/${point} ${counter.quantity}`;
  }

  #forget(ids: readonly number[], changedMs: Float64Array): void {
    this.#generation++;
    for (const [name, kept] of this.#kept) if (isTorn(kept, ids, changedMs)) this.#kept.delete(name);
  }

  /** Another source or another fact makes all of history new. */
  #standing(registry: Registry, resolutions: ReadonlyMap<string, number>): Fixed {
    if (this.#known?.registry === registry && this.#known.resolutions === resolutions) return this.#known.standing;
    const sources = seriesOfPoint(registry, this.#settings);
    const facts = factsOf(registry, this.#settings);
    const ids = seriesIds(sources);
    const counter = counterRules(registry, this.#settings, { facts, resolutions, swapsMs: swapsOf(registry, this.#settings) });
    const { zone, intervalMinutes, sources: ranked } = this.#settings;
    const print = JSON.stringify([
      DERIVED_VERSION,
      zone,
      intervalMinutes,
      ranked,
      sources.map(idsBySource),
      facts,
      [...swapsOf(registry, this.#settings)],
      counter === undefined ? null : counter.print,
    ]);
    if (this.#known?.standing.print === print) {
      this.#known = { ...this.#known, registry, resolutions };
      return this.#known.standing;
    }
    const factors = factorsOf(facts);
    const rules: Rules = {
      zone: this.zone,
      lengthMs: this.#settings.intervalMinutes * 60_000,
      factors,
      swapsMs: swapsOf(registry, this.#settings),
      ...(counter === undefined ? {} : { counter }),
    };
    const standing = { sources, ids, factors, rules, print };
    this.#known = { registry, resolutions, standing };
    this.#versions = undefined;
    return standing;
  }
}

/** Whether something that was read has changed since. */
function isTorn({ usedUntilMs }: Kept, ids: readonly number[], changedMs: Float64Array): boolean {
  return ids.some((id, i) => (changedMs[i] as number) < (usedUntilMs.get(id) ?? Number.POSITIVE_INFINITY));
}

/** Which series is what of a source. */
function idsBySource({ source, ...series }: SourceSeries): unknown {
  return [source.name, Object.entries(series).map(([part, one]) => [part, one.id])];
}
