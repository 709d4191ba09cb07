import { deriveChunk } from "#analytics/chunk.ts";
import { oneJitterADay } from "#analytics/counter-event-list.ts";
import { counterIntervals } from "#analytics/counter-intervals.ts";
import { isCoarse, spreadSteps } from "#analytics/counter-steps.ts";
import { type CounterTruth, counterTruth } from "#analytics/counter-truth.ts";
import { blank } from "#analytics/demand-intervals.ts";
import { deviceIntervals } from "#analytics/device-intervals.ts";
import type { Factors } from "#analytics/factors.ts";
import { IntervalGrid } from "#analytics/interval-grid.ts";
import type { Intervals } from "#analytics/intervals.ts";
import { type Layer, layered } from "#analytics/layered.ts";
import type { Spans } from "#analytics/pulse-spans.ts";
import { spansOf } from "#analytics/pulse-stream.ts";
import type { Zone } from "#calendar/zone.ts";
import { RANKS, type Rank } from "#series/ladder.ts";
import type { Range } from "#store/store.ts";
import { type CounterRules, counterSettings } from "./counter-rules.ts";
import type { Derived, SourceEvent } from "./kept-intervals.ts";
import type { SourceColumns } from "./source-columns.ts";

/** What is the same for all of a point's history. */
export interface Rules {
  readonly zone: Zone;
  readonly lengthMs: number;
  readonly factors: Factors;
  /** Instants at which another device took over, by source. */
  readonly swapsMs: ReadonlyMap<string, readonly number[]>;
  /** How registers are judged; left out where none counts. */
  readonly counter?: CounterRules;
}

/** Every interval that ends in a stretch, each from the source of highest rank that knows it, and what registers did in it. */
export function derive(columns: readonly SourceColumns[], span: Range, rules: Rules): Derived {
  const truths = new Map(columns.flatMap((one) => truthIn(one, rules)));
  const layers = columns.flatMap((one) => layersOf(one, span, { ...rules, truth: truths.get(one.source.name) }));
  const events = [...truths].flatMap(([source, truth]) => eventsIn(truth, span, rules.zone).map((event) => ({ ...event, source })));
  return {
    intervals: layers.length > 0 ? bySource(layered(layers)) : nothing(span, rules),
    events: events.sort((a, b) => a.tMs - b.tMs),
  };
}

function truthIn(columns: SourceColumns, rules: Pick<Rules, "counter">): [string, CounterTruth][] {
  const truth = truthOf(columns, rules);
  return truth === undefined ? [] : [[columns.source.name, truth]];
}

/** What a source's register really counted over the columns that were read. Missing: undefined where it has none, or counts pulses too. */
export function truthOf({ source, counter, pulses, pulsesTotal }: SourceColumns, rules: Pick<Rules, "counter">): CounterTruth | undefined {
  if (counter === undefined || rules.counter === undefined || pulses !== undefined || pulsesTotal !== undefined) return undefined;
  return counterTruth(counter, counterSettings(source.name, rules.counter));
}

/** As pages show it between two readings: the steps of a coarse register are spread. */
export function smoothed(truth: CounterTruth, zone: Zone): CounterTruth {
  return isCoarse(truth) ? spreadSteps(truth, zone) : truth;
}

function eventsIn({ events }: CounterTruth, { fromMs, toMs }: Range, zone: Zone): Omit<SourceEvent, "source">[] {
  const inside = events.filter(({ tMs }) => tMs >= fromMs && tMs < toMs);
  return oneJitterADay(inside, zone);
}

/** The layers of one source are one to whoever asks where an interval came from; it stands where its highest does. */
function bySource(intervals: Intervals): Intervals {
  const { layers, layer } = intervals;
  const names = layers.filter((name, i) => layers.lastIndexOf(name) === i);
  if (names.length === layers.length) return intervals;
  const place = Uint8Array.from(layers, (name) => names.indexOf(name));
  return { ...intervals, layers: names, layer: layer.map((one) => place[one] ?? one) };
}

/** A source that counts and also says whole intervals is two layers: what it counted, and above it what it said. */
function layersOf(columns: SourceColumns, span: Range, rules: Rules & { readonly truth: CounterTruth | undefined }): Layer[] {
  const { name, rank } = columns.source;
  const counts = columns.pulses !== undefined || columns.pulsesTotal !== undefined;
  const says = columns.energy !== undefined;
  const ranks = ranksOf(rank);
  const layers: Layer[] = [];
  const { zone, lengthMs, truth, counter } = rules;
  if (counts) layers.push({ name, rank: says ? ranks.counted : rank, intervals: countedIntervals(columns, span, rules) });
  else if (truth !== undefined && counter !== undefined) {
    const settings = { zone, lengthMs, layer: name, connectionKw: counter.choice.connectionKw };
    layers.push({ name, rank: says ? ranks.counted : rank, intervals: counterIntervals(smoothed(truth, zone), span, settings) });
  }
  if (says) layers.push({ name, rank: ranks.said, intervals: saidIntervals(columns, span, rules) });
  return layers;
}

function ranksOf(rank: Rank): { counted: Rank; said: Rank } {
  const at = RANKS.indexOf(rank);
  const said = Math.max(at, RANKS.indexOf("device"));
  return { counted: RANKS[Math.min(at, said - 1)] as Rank, said: RANKS[said] as Rank };
}

function countedIntervals({ pulses, pulsesTotal, source }: SourceColumns, span: Range, rules: Rules): Intervals {
  const { zone, lengthMs, factors } = rules;
  const columns = { ...(pulses === undefined ? {} : { deltas: pulses }), ...(pulsesTotal === undefined ? {} : { totals: pulsesTotal }) };
  const swaps = rules.swapsMs.get(source.name);
  const grace = source.graceSeconds === undefined ? {} : { graceMs: source.graceSeconds * 1000 };
  return deriveChunk(columns, span, {
    zone,
    lengthMs,
    factors,
    ...grace,
    ...(swaps === undefined ? {} : { swapsMs: swaps }),
    layer: source.name,
  });
}

function saidIntervals({ source, energy, demand, intervalPulses, energyTotal }: SourceColumns, span: Range, rules: Rules): Intervals {
  const columns = {
    ...(energy === undefined ? {} : { energy }),
    ...(demand === undefined ? {} : { demand }),
    ...(intervalPulses === undefined ? {} : { pulses: intervalPulses }),
    ...(energyTotal === undefined ? {} : { total: energyTotal }),
  };
  const { zone, lengthMs, factors } = rules;
  return deviceIntervals(columns, span, { zone, lengthMs, factors, layer: source.name });
}

/** What a source counted, for what is asked of pulses alone. */
export function spansIn({ pulses, pulsesTotal, source }: SourceColumns, { lengthMs, swapsMs }: Rules): Spans {
  const columns = { ...(pulses === undefined ? {} : { deltas: pulses }), ...(pulsesTotal === undefined ? {} : { totals: pulsesTotal }) };
  const swaps = swapsMs.get(source.name);
  return spansOf(columns, { lengthMs, ...(swaps === undefined ? {} : { swapsMs: swaps }) });
}

/** Intervals nobody said anything about have their rows too. */
function nothing(span: Range, { zone, lengthMs }: Rules): Intervals {
  const boundsMs = new IntervalGrid(zone, lengthMs).boundaries(span);
  const intervals = blank(Math.max(0, boundsMs.length - 1), { lengthMs, layer: "" });
  intervals.tMs.set(boundsMs.subarray(1));
  return { ...intervals, layers: [] };
}
