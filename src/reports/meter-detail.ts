import { baseLoadPerHour } from "#analytics/base-load.ts";
import type { MeterEvent } from "#analytics/meter-index.ts";
import { DAY_MS, HOUR_MS } from "#calendar/civil.ts";
import type { MeterCoverage, MeterDetail } from "./meter-answers.ts";
import { lifeOf, type MeterLife } from "./meter-life.ts";
import { needsOf } from "./meter-needs.ts";
import type { MeterNode } from "./meter-part.ts";
import { partsOf } from "./meter-parts.ts";
import { patternOf } from "./meter-pattern.ts";
import { PhysicalNode } from "./meter-physical.ts";
import { denseIndex } from "./meter-profile.ts";
import type { MeterScene } from "./meter-scene.ts";
import type { MeterSettings } from "./meter-settings.ts";
import { meterSummary } from "./meter-summary.ts";
import { proposals } from "./meter-swaps.ts";

/** Least flow is looked for in so many days. */
const BASE_LOAD_DAYS = 30;

/** Everything about one meter but its history. */
export async function meterDetail(scene: MeterScene, settings: MeterSettings): Promise<MeterDetail> {
  const [summary, node] = await Promise.all([meterSummary(scene, settings), scene.nodeOf(settings)]);
  const { meters } = scene.moment.settings;
  const parts = partsOf(settings);
  const partOf = meters.filter((other) => partsOf(other).includes(settings.meter)).map(({ meter }) => meter);
  const pattern = node instanceof PhysicalNode ? node.pattern : patternOf(settings, NOTHING, scene.zone);
  const life = node && lifeOf(node, scene);
  return {
    ...summary,
    coverage: coverageOf(node, life, scene),
    events: node === undefined ? [] : eventsOf(node, scene),
    pattern: pattern.percent,
    patternFrom: pattern.from,
    patternSum: pattern.sum,
    baseLoadPerHour: node === undefined ? Number.NaN : await baseLoad(scene, node, life),
    needs: needsOf(settings, { settings: scene.moment.settings, node, life, calibrationDays: summary.calibrationDays }),
    parts,
    partOf,
  };
}

const NOTHING = { tMs: new Float64Array(0), total: new Float64Array(0), register: new Float64Array(0), step: new Uint8Array(0) };

function eventsOf(node: MeterNode, scene: MeterScene): MeterEvent[] {
  if (!(node instanceof PhysicalNode)) return [];
  return [...node.skeleton.events, ...proposals(scene.registry, node, scene)].sort((a, b) => b.tMs - a.tMs);
}

async function baseLoad(scene: MeterScene, node: MeterNode, life: MeterLife | undefined): Promise<number> {
  const { zone } = scene;
  if (life?.lastMs === undefined || !(life.everyMs <= 1.25 * HOUR_MS)) return Number.NaN;
  const range = { fromMs: zone.dayStart(life.lastMs - BASE_LOAD_DAYS * DAY_MS), toMs: life.lastMs };
  return baseLoadPerHour(await denseIndex(scene, node, range), range, { zone });
}

/** Of a whole, when all its parts were read. */
function coverageOf(node: MeterNode | undefined, life: MeterLife | undefined, { zone, nowMs }: MeterScene): MeterCoverage {
  const ends = {
    ...(life?.firstMs === undefined ? {} : { firstMs: life.firstMs }),
    ...(life?.lastMs === undefined ? {} : { lastMs: life.lastMs }),
  };
  const none = { readings: life?.readings ?? 0, ...ends, daysRead: 0, days: 0, largestGapMs: 0, medianGapMs: life?.everyMs ?? Number.NaN };
  if (!(node instanceof PhysicalNode) || life?.firstMs === undefined || life.lastMs === undefined)
    return { ...none, extendedBackMs: 0, extendedForwardMs: 0 };
  const { days } = node.skeleton;
  const { beginMs, endMs } = node.span;
  return {
    ...none,
    daysRead: days.dayMs.length,
    days: zone.daysBetween(life.firstMs, life.lastMs) + 1,
    largestGapMs: days.longestGapMs.reduce((most, gap) => Math.max(most, gap), 0),
    extendedBackMs: Math.max(0, life.firstMs - beginMs),
    extendedForwardMs: Math.max(0, Math.min(endMs, nowMs) - life.lastMs),
  };
}
