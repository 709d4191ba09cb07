import type { CounterDecision } from "#analytics/counter-events.ts";
import { resolutionOf } from "#analytics/counter-resolution.ts";
import type { CounterSettings } from "#analytics/counter-settings.ts";
import type { Column } from "#series/column.ts";
import type { Registry, Series } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import { decisionsOf } from "./counter-decisions.ts";
import { type CounterScale, counterColumn, counterScale } from "./counter-scale.ts";
import type { DatedFact } from "./dated-facts.ts";
import type { SourceSeries } from "./plant-series.ts";
import type { CounterChoice, PlantSettings } from "./plant-settings.ts";

/** What the registers of a point are judged by. */
export interface CounterRules {
  readonly choice: CounterChoice;
  readonly scale: CounterScale;
  /** kWh at which a register begins again, where somebody said it. */
  readonly modulusKwh?: number;
  /** By source: what the last digit of its register is worth in kWh, without scale; left out while too little is known. */
  readonly resolutions: ReadonlyMap<string, number>;
  /** By source: instants at which another meter took over. */
  readonly swapsMs: ReadonlyMap<string, readonly number[]>;
  /** By source: what people decided, by the instant of the event. */
  readonly decisions: ReadonlyMap<string, ReadonlyMap<number, CounterDecision>>;
  /** All of the above in one text. */
  readonly print: string;
}

interface Known {
  readonly facts: readonly DatedFact[];
  readonly resolutions: ReadonlyMap<string, number>;
  readonly swapsMs: ReadonlyMap<string, readonly number[]>;
}

/** Missing: undefined where the settings name no register. */
export function counterRules(
  registry: Registry,
  settings: PlantSettings,
  { facts, resolutions, swapsMs }: Known,
): CounterRules | undefined {
  const { counter: choice } = settings;
  if (choice === undefined) return undefined;
  const decisions = new Map<string, Map<number, CounterDecision>>();
  for (const { quantity, source, tMs, what } of decisionsOf(registry, settings).values()) {
    if (quantity !== choice.quantity) continue;
    const ofSource = decisions.get(source) ?? new Map<number, CounterDecision>();
    decisions.set(source, ofSource.set(tMs, what));
  }
  const modulusKwh = Number(facts.findLast(({ name }) => name === "counterModulus")?.value ?? Number.NaN);
  const scale = counterScale(facts);
  const said = [...decisions].map(([source, of]) => [source, [...of]]);
  return {
    choice,
    scale,
    ...(modulusKwh > 0 ? { modulusKwh } : {}),
    resolutions,
    swapsMs,
    decisions,
    print: JSON.stringify([choice, scale, modulusKwh, [...resolutions], said]),
  };
}

/** What the readings of a source's register, in kWh, are judged by. */
export function counterSettings(source: string, rules: CounterRules): CounterSettings {
  const { choice, scale, modulusKwh, resolutions, swapsMs, decisions } = rules;
  const resolution = resolutions.get(source);
  const decided = decisions.get(source);
  return {
    connectionKw: choice.connectionKw,
    ...(resolution === undefined ? {} : { resolutionKwh: resolution * (scale.factor.at(-1) as number) }),
    ...(modulusKwh === undefined ? {} : { modulusKwh }),
    swaps: (swapsMs.get(source) ?? []).map((tMs) => ({ tMs })),
    ...(decided === undefined ? {} : { decisions: decided }),
  };
}

const LOOK_ROWS = 512;
/** With fewer readings a last digit may not have been seen yet. */
const ENOUGH_ROWS = 64;
/** A register that stands still shows the same last digits all night: some readings of every day there was are looked at too. */
const SAMPLED_MS = 6 * 3_600_000;
const EVER = { fromMs: -8.64e15, toMs: 8.64e15 };
const UNSCALED: CounterScale = { fromMs: [-Infinity], factor: [1] };

type Reader = Pick<Store, "read" | "readBuckets" | "extent">;

/** Finds what the last digit of each register is worth, once. */
export class Resolutions {
  readonly #store: Reader;
  #known: ReadonlyMap<string, number> = new Map();

  constructor(store: Reader) {
    this.#store = store;
  }

  /** By source. The very same map until something is found that was not known. */
  async of(sources: readonly SourceSeries[]): Promise<ReadonlyMap<string, number>> {
    for (const { source, counter } of sources) {
      if (counter === undefined || this.#known.has(source.name)) continue;
      const shown = await this.#shown(counter);
      if (shown.length >= ENOUGH_ROWS) this.#known = new Map([...this.#known, [source.name, resolutionOf(shown)]]);
    }
    return this.#known;
  }

  /** kWh that the register showed now and then, and lately. */
  async #shown({ id, unit }: Series): Promise<Float64Array> {
    const newest = await this.#store.read(id, EVER, { limit: -LOOK_ROWS });
    const [extent] = await this.#store.extent([id]);
    if (newest.tMs.length < LOOK_ROWS || extent === undefined) return kwhOf(newest, unit);
    const { tMs, last, qualityOr } = await this.#store.readBuckets(id, { fromMs: extent.firstMs, toMs: extent.lastMs }, SAMPLED_MS);
    return Float64Array.from([...kwhOf({ tMs, value: last, quality: qualityOr }, unit), ...kwhOf(newest, unit)]);
  }
}

function kwhOf(column: Column, unit: string): Float64Array {
  return counterColumn(column, { unit, scale: UNSCALED }).value.filter((one) => !Number.isNaN(one));
}
