import { CONSUMED } from "#analytics/meter-consumption.ts";
import { dateWords, figureText, momentText } from "#analytics/meter-words.ts";
import { usualRate } from "#analytics/usual-rate.ts";
import { DAY_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import type { Range } from "#store/store.ts";
import type { MeterFigure, ReadingRow } from "./meter-answers.ts";
import type { MeterNode } from "./meter-part.ts";
import { PhysicalNode } from "./meter-physical.ts";
import { lengthText } from "./meter-standing.ts";

interface DialTold {
  readonly readings: readonly ReadingRow[];
  readonly count: number;
  readonly range: Range;
  readonly zone: Zone;
  readonly nowMs: number;
}

/** Which readings there are, and what was strange about them, in words. */
export function dialSentences(node: PhysicalNode, { readings, count, range, zone }: DialTold): string[] {
  const { dial } = node.rules;
  const [first, last] = [readings.at(-1), readings[0]];
  const sources = [...new Set(readings.map(({ source }) => source))].join(", ");
  const sentences: string[] = [];
  if (first === undefined || last === undefined) sentences.push("No reading lies in it or next to it.");
  else if (count === 1) sentences.push(`One reading from ${sources}, ${momentText(first.tMs, zone)}.`);
  else
    sentences.push(`${count} readings from ${sources}, the first ${momentText(first.tMs, zone)}, the last ${momentText(last.tMs, zone)}.`);
  for (const other of new Set(dial.counters.map(({ unit }) => unit)))
    if (other !== dial.unit) sentences.push(`What was read in ${other} is told in ${dial.unit}.`);
  if (dial.amounts.length > 0) {
    const from = [...new Set(dial.amounts.map(({ source }) => source))].join(", ");
    sentences.push(`What ${from} says of each interval spreads it between readings and carries it on behind the last.`);
  }
  for (const event of node.skeleton.events)
    if (event.tMs > range.fromMs && event.tMs <= range.toMs) sentences.push(`${momentText(event.tMs, zone)}: ${event.sentence}`);
  return sentences;
}

/** What rules had a say in a figure, in words. */
export function flagSentences(node: MeterNode, { figure, zone }: { readonly figure: MeterFigure; readonly zone: Zone }): string[] {
  const { flags, missingMs, amount, measured } = figure;
  const { unit, pattern } = node.settings;
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const sentences: string[] = [];
  if (has(CONSUMED.filled)) {
    const share = amount === 0 ? "" : ` ${figureText(amount - measured)} of ${figureText(amount)} ${unit} is filled.`;
    const pace = node instanceof PhysicalNode ? node.pattern.pace.name : "by the rules of its parts";
    sentences.push(`What was used between readings is spread ${pace}.${share}`);
    const sum = pattern?.reduce((all, one) => all + one, 0);
    if (sum !== undefined && Math.abs(sum - 100) > 0.05)
      sentences.push(`The months of its pattern sum to ${Number(sum.toFixed(2))}, and count as shares of that.`);
  }
  if (has(CONSUMED.extended) && node instanceof PhysicalNode) sentences.push(carriedOn(node, figure, zone));
  if (has(CONSUMED.leftOut)) sentences.push("A reading within was left out as implausible.");
  if (has(CONSUMED.corrected)) sentences.push("A person corrected a reading within.");
  if (has(CONSUMED.belowZero)) sentences.push("The parts count more than the whole: it is below zero, and shown as it is.");
  if (missingMs > 0)
    sentences.push(
      `Of ${lengthText(missingMs)} nobody knows: ${Number.isNaN(amount) ? "there is no number" : "the number is less than what was used"}.`,
    );
  return sentences;
}

const BY = {
  "sure line": "the line through its readings",
  line: "the line through its readings",
  pairs: "the middle slope of all pairs of readings",
  ends: "its first and last reading",
  nothing: "nothing",
} as const;

function carriedOn({ skeleton, settings }: PhysicalNode, figure: MeterFigure, zone: Zone): string {
  const { tMs } = skeleton.index;
  const { perDay, by } = usualRate(skeleton.index);
  const lastMs = tMs.at(-1);
  const isBehind = lastMs !== undefined && figure.toMs > lastMs;
  const where = isBehind ? `Behind its last reading, ${dateWords(lastMs, zone)},` : "Before its first reading";
  const days = isBehind ? ` for ${lengthText(Math.max(figure.toMs - Math.max(lastMs, figure.fromMs), DAY_MS / 24))}` : "";
  return `${where} it is carried on${days} by ${figureText(perDay)} ${settings.unit} a day, as ${BY[by]} says.`;
}
