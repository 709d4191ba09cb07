import { kwhPerM3 } from "#analytics/gas-conversion.ts";
import { CONSUMED } from "#analytics/meter-consumption.ts";
import { dateWords } from "#analytics/meter-words.ts";
import type { Range } from "#store/store.ts";
import type { Lineage, MeterFigure, ReadingRow } from "./meter-answers.ts";
import { CombinedNode, type Part, type Stretch } from "./meter-combined.ts";
import { passed } from "./meter-grid.ts";
import { dialSentences, flagSentences } from "./meter-lineage-words.ts";
import type { MeterNode } from "./meter-part.ts";
import { PhysicalNode } from "./meter-physical.ts";
import { readingRows } from "./meter-reading-rows.ts";
import type { MeterScene } from "./meter-scene.ts";

/** Readings that are listed: those at both ends. */
const MOST_READINGS = 50;

/** How a number was made: by which readings and rules, and of which parts. */
export async function lineageOf(scene: MeterScene, node: MeterNode, asked: Range): Promise<Lineage> {
  const range = passed(asked, scene) ?? { fromMs: asked.fromMs, toMs: asked.fromMs + 1 };
  const figure = await scene.figure(node, range);
  const { settings } = node;
  const about = { meter: settings.id, name: settings.name, unit: settings.unit, figure };
  if (node instanceof PhysicalNode) return { ...about, ...(await ofDial(scene, node, { range, figure })), parts: [] };
  if (node instanceof CombinedNode) return { ...about, ...(await ofParts(scene, node, { range, figure })), readings: [], readingCount: 0 };
  return { ...about, rules: [], readings: [], readingCount: 0, parts: [] };
}

interface Told {
  readonly range: Range;
  readonly figure: MeterFigure;
}

async function ofDial(
  scene: MeterScene,
  node: PhysicalNode,
  { range, figure }: Told,
): Promise<Pick<Lineage, "rules" | "readings" | "readingCount">> {
  const { readings, count } = await readingsAround(scene, node, range);
  const { moment, zone } = scene;
  const rules = [...dialSentences(node, { readings, count, range, zone, nowMs: moment.nowMs }), ...flagSentences(node, { figure, zone })];
  return { rules, readings, readingCount: count };
}

/** The readings of a stretch with the one before and the one behind it. */
async function readingsAround(scene: MeterScene, node: PhysicalNode, range: Range): Promise<{ readings: ReadingRow[]; count: number }> {
  const { tMs } = await node.fine(range);
  const before = tMs.findLast((at) => at <= range.fromMs) ?? range.fromMs;
  const behind = tMs.find((at) => at >= range.toMs) ?? range.toMs;
  const within = tMs.filter((at) => at >= before && at <= behind);
  if (within.length === 0) return { readings: [], count: 0 };
  const span = (fromMs: number, toMs: number): Promise<ReadingRow[]> =>
    readingRows(scene, node, { fromMs, toMs: toMs + 1, limit: MOST_READINGS });
  if (within.length <= MOST_READINGS) return { readings: await span(before, behind), count: within.length };
  const half = MOST_READINGS / 2;
  const [last, first] = await Promise.all([
    span(within.at(-half) as number, within.at(-1) as number),
    span(within[0] as number, within[half - 1] as number),
  ]);
  return { readings: [...last.slice(0, half), ...first.slice(-half)], count: within.length };
}

async function ofParts(scene: MeterScene, node: CombinedNode, { range, figure }: Told): Promise<Pick<Lineage, "rules" | "parts">> {
  const stretches = node.stretches.filter(({ fromMs, toMs }) => fromMs < range.toMs && range.fromMs < toMs);
  const parts = await Promise.all(
    stretches.flatMap((stretch) =>
      stretch.parts.map(async (part) => {
        const within = { fromMs: Math.max(range.fromMs, stretch.fromMs), toMs: Math.min(range.toMs, stretch.toMs) };
        return { factor: factorOf(part, within.fromMs, scene), lineage: await lineageOf(scene, part.node, within) };
      }),
    ),
  );
  const rules = [
    ...madeOf(node, { stretches, scene, flags: figure.flags }),
    ...gasSentences(scene, stretches),
    ...flagSentences(node, { figure, zone: scene.zone }),
  ];
  return { rules, parts };
}

function madeOf(
  { settings: { what } }: CombinedNode,
  { stretches, scene, flags }: { readonly stretches: readonly Stretch[]; readonly scene: MeterScene; readonly flags: number },
): string[] {
  if (what.kind === "virtual") return [`It is ${what.formula}.`];
  const sentences = stretches.map(({ fromMs, toMs, parts }, i) => {
    const names = parts.map(({ node }) => node.settings.name).join(" + ");
    const until = toMs < scene.nowMs ? ` until ${dateWords(toMs - 1, scene.zone)}` : "";
    return `From ${dateWords(fromMs, scene.zone)}${until} it is ${names}${i > 0 ? ", which goes on where the one before ended" : ""}.`;
  });
  const isCarriedOn = stretches.length > 1 && (flags & CONSUMED.extended) !== 0;
  return isCarriedOn ? [...sentences, CARRIED_ON] : sentences;
}

const CARRIED_ON = "Between the last reading of one device and the first of the next both are carried on at their usual rate.";

/** With the conversion of the beginning, where gas is told as energy. */
function factorOf({ factor, turn }: Part, atMs: number, scene: MeterScene): number {
  if (turn.kind === "factor") return factor * turn.factor;
  const perM3 = gasAt(scene, atMs);
  return factor * turn.factor * (turn.toEnergy ? perM3 : 1 / perM3);
}

function gasAt({ moment, zone }: MeterScene, atMs: number): number {
  const date = zone.localOf(atMs);
  const rule = moment.settings.gas.findLast(({ fromDate }) => fromDate === undefined || Date.parse(`${fromDate}T00:00Z`) <= date);
  return rule === undefined ? Number.NaN : kwhPerM3(rule);
}

function gasSentences({ moment }: MeterScene, stretches: readonly Stretch[]): string[] {
  if (!stretches.some(({ parts }) => parts.some(({ turn }) => turn.kind === "gas"))) return [];
  return moment.settings.gas.map((rule) => {
    const { fromDate, calorificKwhPerM3, zFactor, basis } = rule;
    const since = fromDate === undefined ? "" : ` from ${fromDate} on`;
    const net = basis === "net" ? " × 1.11 (net to gross)" : "";
    return `A cubic metre of gas is ${Number(kwhPerM3(rule).toFixed(6))} kWh${since}: ${calorificKwhPerM3} kWh × ${zFactor}${net}.`;
  });
}
