import { dateStart } from "#calendar/local-text.ts";
import { openAnomaliesOf } from "./meter-anomaly-rows.ts";
import type { MeterFigure, MeterSummary } from "./meter-answers.ts";
import { nothingKnown } from "./meter-figures.ts";
import { lifeOf, type MeterLife } from "./meter-life.ts";
import type { MeterNode } from "./meter-part.ts";
import type { MeterScene } from "./meter-scene.ts";
import type { MeterSettings } from "./meter-settings.ts";
import { standingOf } from "./meter-standing.ts";

const MONTHS = 12;

/** A meter in the list. */
export async function meterSummary(scene: MeterScene, settings: MeterSettings): Promise<MeterSummary> {
  const problem = scene.moment.settings.problems.get(settings.id);
  const node = await scene.nodeOf(settings);
  if (node === undefined) return { ...withoutNode(scene, settings), standing: "broken", because: problem ?? "" };
  const life = lifeOf(node, scene);
  const [stretches, openAnomalies, last] = await Promise.all([stretchesOf(scene, node), openAnomaliesOf(scene, node), lastOf(node, life)]);
  return {
    settings,
    ...standingOf(settings, life, scene),
    ...last,
    ...(life.dueMs === undefined ? {} : { dueMs: life.dueMs }),
    everyMs: life.everyMs,
    readings: life.readings,
    ...stretches,
    openEvents: life.openEvents,
    openAnomalies,
    calibrationDays: calibrationDays(scene, settings),
  };
}

type Stretches = Pick<MeterSummary, "thisMonth" | "yearBefore" | "thisYear" | "months">;

async function stretchesOf(scene: MeterScene, node: MeterNode): Promise<Stretches> {
  const { edgesMs, yearMs, beforeMs } = momentsOf(scene);
  const [monthMs, endMs] = [edgesMs[MONTHS] as number, edgesMs[MONTHS + 1] as number];
  const [months, thisMonth, yearBefore, thisYear] = await Promise.all([
    scene.figures(node, edgesMs.subarray(0, MONTHS + 1)),
    scene.figure(node, { fromMs: monthMs, toMs: endMs }),
    scene.figure(node, beforeMs),
    scene.figure(node, { fromMs: yearMs, toMs: Math.max(scene.nowMs, yearMs + 1) }),
  ]);
  return { months, thisMonth, yearBefore, thisYear };
}

/** Beginnings of the last twelve months and of this one, then now; this year; the same time of the month a year before. */
function momentsOf({ zone, nowMs }: MeterScene): {
  readonly edgesMs: Float64Array;
  readonly yearMs: number;
  readonly beforeMs: { readonly fromMs: number; readonly toMs: number };
} {
  const starts: number[] = [zone.startOf("month", nowMs)];
  while (starts.length <= MONTHS) starts.unshift(zone.startOf("month", (starts[0] as number) - 1));
  const monthMs = starts[MONTHS] as number;
  const fromMs = starts[0] as number;
  const sameMs = Math.min(fromMs + Math.max(nowMs - monthMs, 1), starts[1] as number);
  return {
    edgesMs: Float64Array.from([...starts, Math.max(nowMs, monthMs + 1)]),
    yearMs: zone.startOf("year", nowMs),
    beforeMs: { fromMs, toMs: sameMs },
  };
}

/** A master's dial goes on from device to device; a formula has none. */
async function lastOf(node: MeterNode, { lastMs, lastValue }: MeterLife): Promise<Pick<MeterSummary, "lastMs" | "lastValue">> {
  if (lastMs === undefined) return {};
  const shown = lastValue ?? (await node.register(Float64Array.of(lastMs)))[0] ?? Number.NaN;
  return { lastMs, ...(Number.isNaN(shown) ? {} : { lastValue: shown }) };
}

function withoutNode(scene: MeterScene, settings: MeterSettings): Omit<MeterSummary, "standing" | "because"> {
  const { edgesMs, yearMs, beforeMs } = momentsOf(scene);
  const figures = Array.from({ length: MONTHS + 1 }, (_, i) =>
    nothingKnown({ fromMs: edgesMs[i] as number, toMs: edgesMs[i + 1] as number }),
  );
  return {
    settings,
    everyMs: Number.NaN,
    readings: 0,
    thisMonth: figures[MONTHS] as MeterFigure,
    yearBefore: nothingKnown(beforeMs),
    thisYear: nothingKnown({ fromMs: yearMs, toMs: scene.nowMs }),
    months: figures.slice(0, MONTHS),
    openEvents: 0,
    openAnomalies: 0,
    calibrationDays: calibrationDays(scene, settings),
  };
}

function calibrationDays({ zone, nowMs }: MeterScene, { what }: MeterSettings): number {
  const until = what.kind === "physical" && what.calibratedUntil !== undefined ? dateStart(what.calibratedUntil, zone) : undefined;
  return until === undefined ? Number.NaN : zone.daysBetween(nowMs, until);
}
