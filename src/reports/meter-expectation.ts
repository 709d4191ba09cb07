import type { Pace } from "#analytics/meter-consumption.ts";
import { consumptionOf, registerAt } from "#analytics/meter-fill.ts";
import type { MeterIndex } from "#analytics/meter-index.ts";
import { dateWords, figureText } from "#analytics/meter-words.ts";
import { DAY_MS } from "#calendar/civil.ts";
import { lowerBound } from "#series/column.ts";
import type { Expectation } from "./meter-answers.ts";
import type { MeterNode } from "./meter-part.ts";
import { PhysicalNode } from "./meter-physical.ts";
import type { MeterScene } from "./meter-scene.ts";

/** The past a rate is taken from. */
const YEAR_MS = 365 * DAY_MS;
/** Stretches of the past, each as long as the one that is asked for. */
const MOST_WINDOWS = 60;
const FEW_WINDOWS = 5;
/** Where the past is short, a reading may be as far off. */
const UNSURE = { low: 0.25, high: 2.5 } as const;
/** What the past never saw, but a Tuesday may do. */
const ROOM = 0.25;

/** What the dial would be expected to show. */
export async function expectationAt(scene: MeterScene, node: MeterNode, tMs: number): Promise<Expectation> {
  if (!(node instanceof PhysicalNode)) return nothing(tMs, `${node.settings.name} has no dial of its own.`);
  const index = await node.fine({ fromMs: tMs, toMs: tMs });
  const { unit } = node.settings;
  const lastRow = lowerBound(index.tMs, tMs + 1) - 1;
  const [lastMs, lastValue] = [index.tMs[lastRow], index.register[lastRow]];
  if (lastMs === undefined || lastValue === undefined) return nothing(tMs, "Nothing was read before: any reading can be right.");
  const last = { lastMs, lastValue };
  const next = index.register[lastRow + 1];
  if (lastRow < index.tMs.length - 1 && next !== undefined) {
    const expected = registerAt(index, Float64Array.of(tMs), node.pattern.pace)[0] as number;
    const between = `Between ${figureText(lastValue)} and ${figureText(next)} ${unit}, which were read before and after it.`;
    return { tMs, ...last, expected, low: Math.min(lastValue, next), high: Math.max(lastValue, next), sentence: between };
  }
  const past = pastOf(index, node.pattern.pace, { fromMs: lastMs, toMs: tMs });
  if (past === undefined) return { ...nothing(tMs, "It was read once: how fast it counts is not known yet."), ...last };
  const [expected, low, high] = [past.expected, past.low, past.high].map((used) => lastValue + used) as [number, number, number];
  const days = (tMs - lastMs) / DAY_MS;
  const rate = days > 0 ? ` ${figureText(past.expected / days)} ${unit} a day since ${dateWords(lastMs, scene.zone)}.` : "";
  const sentence = `Expected about ${rounded(expected)} ${unit}, between ${rounded(low)} and ${rounded(high)}.${rate}`;
  return { tMs, ...last, expected, low, high, sentence };
}

function nothing(tMs: number, sentence: string): Expectation {
  return { tMs, expected: Number.NaN, low: Number.NaN, high: Number.NaN, sentence };
}

interface Past {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

/** What is used in a stretch behind the last reading, by the season and by as long stretches of the past. Missing: undefined with one reading. */
function pastOf(index: MeterIndex, pace: Pace, { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): Past | undefined {
  const firstMs = index.tMs[0] as number;
  const sinceMs = Math.max(firstMs, fromMs - YEAR_MS);
  if (sinceMs >= fromMs) return undefined;
  const perWeight = rateOf(consumptionOf(index, Float64Array.of(sinceMs, fromMs), pace).amount[0] as number, pace, [sinceMs, fromMs]);
  const weight = weightOf(pace, fromMs, toMs);
  const expected = perWeight * weight;
  const lengthMs = Math.max(toMs - fromMs, DAY_MS);
  const windows = Math.min(MOST_WINDOWS, Math.floor((fromMs - firstMs) / lengthMs));
  if (windows < FEW_WINDOWS) return { expected, low: UNSURE.low * expected, high: UNSURE.high * expected };
  const edgesMs = Float64Array.from({ length: windows + 1 }, (_, i) => fromMs - (windows - i) * lengthMs);
  const { amount, missingMs } = consumptionOf(index, edgesMs, pace);
  const rates = [...amount.keys()]
    .filter((row) => missingMs[row] === 0)
    .map((row) => rateOf(amount[row] as number, pace, [edgesMs[row] as number, edgesMs[row + 1] as number]))
    .sort((a, b) => a - b);
  if (rates.length < FEW_WINDOWS) return { expected, low: UNSURE.low * expected, high: UNSURE.high * expected };
  const low = Math.min(rates[Math.floor(0.05 * rates.length)] as number, perWeight) * weight;
  const high = Math.max(rates[Math.min(rates.length - 1, Math.floor(0.95 * rates.length))] as number, perWeight) * weight;
  return { expected, low: Math.max(0, low * (1 - ROOM)), high: high * (1 + ROOM) };
}

function rateOf(amount: number, pace: Pace, [fromMs, toMs]: readonly [number, number]): number {
  return amount / weightOf(pace, fromMs, toMs);
}

/** A tenth of time weighs the same in every season: a month of no share is not a month of nothing. */
function weightOf(pace: Pace, fromMs: number, toMs: number): number {
  const perMs = (pace.at(toMs + YEAR_MS) - pace.at(toMs)) / YEAR_MS;
  return 0.1 * perMs * (toMs - fromMs) + 0.9 * (pace.at(toMs) - pace.at(fromMs));
}

function rounded(value: number): string {
  return String(Number(value.toFixed(Math.abs(value) >= 1_000 ? 0 : 1)));
}
