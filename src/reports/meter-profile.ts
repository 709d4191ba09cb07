import { baseLoadPerHour } from "#analytics/base-load.ts";
import { heatColumns } from "#analytics/heat-columns.ts";
import { hourProfile } from "#analytics/hour-profile.ts";
import { CONSUMED } from "#analytics/meter-consumption.ts";
import { type MeterIndex, STEP } from "#analytics/meter-index.ts";
import { civilOf, DAY_MS, HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import type { Range } from "#store/store.ts";
import type { MeterFigure, MeterProfile } from "./meter-answers.ts";
import { nothingKnown } from "./meter-figures.ts";
import { passed } from "./meter-grid.ts";
import { lifeOf } from "./meter-life.ts";
import type { MeterNode } from "./meter-part.ts";
import { PhysicalNode } from "./meter-physical.ts";
import type { MeterScene } from "./meter-scene.ts";

/** Rows of an index that are looked at together. */
const MOST_ROWS = 400_000;
const MONTHS = 12;
const HALF_HOUR_MS = 30 * MINUTE_MS;

/** Habits of a meter over a range; of one that is read very often, over the end of it. */
export async function profileOf(scene: MeterScene, node: MeterNode, asked: Range): Promise<MeterProfile> {
  const { zone, isHoliday } = scene;
  const range = passed(asked, scene) ?? { fromMs: asked.fromMs, toMs: asked.fromMs };
  const life = lifeOf(node, scene);
  const years = await yearsOf(scene, node, life.firstMs);
  const isDense = life.everyMs <= HOUR_MS * 1.25;
  const slotMs = life.everyMs <= HALF_HOUR_MS && node instanceof PhysicalNode ? HALF_HOUR_MS : HOUR_MS;
  const seen = {
    fromMs: Math.max(range.fromMs, range.toMs - MOST_ROWS * Math.max(life.everyMs || HOUR_MS, 1), life.firstMs ?? range.fromMs),
    toMs: range.toMs,
  };
  if (!isDense || !(seen.fromMs < seen.toMs)) return { heat: noHeat(slotMs), hours: noHours(), years, baseLoadPerHour: Number.NaN };
  const index = await denseIndex(scene, node, seen);
  return {
    heat: heatColumns(index, seen, { zone, slotMs }),
    hours: hourProfile(index, seen, { zone, isHoliday }),
    years,
    baseLoadPerHour: baseLoadPerHour(index, seen, { zone }),
  };
}

/** Every reading of a range; of a whole, what it counted by the hour. */
export async function denseIndex(scene: MeterScene, node: MeterNode, range: Range): Promise<MeterIndex> {
  if (node instanceof PhysicalNode) return node.fine(range);
  const fromMs = scene.zone.startOf("hour", range.fromMs);
  const hours = Math.floor((range.toMs - fromMs) / HOUR_MS);
  const edgesMs = Float64Array.from({ length: hours + 1 }, (_, i) => fromMs + i * HOUR_MS);
  const { amount, flags } = await node.consumption(edgesMs);
  const index = {
    tMs: edgesMs,
    total: new Float64Array(hours + 1),
    register: new Float64Array(hours + 1).fill(Number.NaN),
    step: new Uint8Array(hours + 1),
  };
  const guessed = CONSUMED.extended | CONSUMED.incomplete;
  for (let row = 0; row < hours; row += 1) {
    const isKnown = !Number.isNaN(amount[row] as number) && ((flags[row] as number) & guessed) === 0;
    index.total[row + 1] = (index.total[row] as number) + (isKnown ? (amount[row] as number) : 0);
    if (!isKnown) index.step[row + 1] = STEP.unknown;
  }
  return index;
}

async function yearsOf(scene: MeterScene, node: MeterNode, firstMs: number | undefined): Promise<MeterProfile["years"]> {
  const { zone, nowMs } = scene;
  if (firstMs === undefined) return [];
  const starts = zone.starts("month", Math.min(zone.startOf("year", firstMs), nowMs), nowMs);
  const figures = await scene.figures(node, Float64Array.from([...starts, Math.max(nowMs, (starts.at(-1) ?? nowMs) + 1)]));
  const years = new Map<number, MeterFigure[]>();
  for (const figure of figures) {
    const { year } = civilOf(zone.localOf(figure.fromMs));
    years.set(year, [...(years.get(year) ?? []), figure]);
  }
  return [...years].map(([year, months]) => ({ year, months: whole(months, scene) }));
}

/** With the months that are to come. */
function whole(months: readonly MeterFigure[], { zone }: MeterScene): MeterFigure[] {
  const all = [...months];
  while (all.length < MONTHS) {
    const fromMs = zone.nextStart("month", (all.at(-1) as MeterFigure).fromMs);
    all.push(nothingKnown({ fromMs, toMs: zone.nextStart("month", fromMs) }));
  }
  return all;
}

function noHeat(slotMs: number): MeterProfile["heat"] {
  return { dayMs: new Float64Array(0), slots: Math.round(DAY_MS / slotMs), amount: new Float32Array(0) };
}

function noHours(): MeterProfile["hours"] {
  const unknown = new Array<number>(24).fill(Number.NaN);
  return { workday: unknown, saturday: unknown, sunday: unknown };
}
