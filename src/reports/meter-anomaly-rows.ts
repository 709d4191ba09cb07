import { belowZero } from "#analytics/below-zero.ts";
import type { MeterAnomaly } from "#analytics/meter-anomaly.ts";
import { evenPace } from "#analytics/meter-pace.ts";
import type { RuleSettings } from "#analytics/meter-words.ts";
import { simpleSpans } from "#analytics/simple-spans.ts";
import { unusualRows, unusualSpans } from "#analytics/unusual-spans.ts";
import { DAY_MS } from "#calendar/civil.ts";
import type { Range } from "#store/store.ts";
import type { AnomalyRow } from "./meter-answers.ts";
import { type Dismissal, dismissalsOf, factsAbout } from "./meter-decisions.ts";
import { lifeOf } from "./meter-life.ts";
import type { MeterNode } from "./meter-part.ts";
import { PhysicalNode } from "./meter-physical.ts";
import type { MeterScene } from "./meter-scene.ts";

/** Anomalies that are over for longer are no longer news. */
const NEWS_MS = 92 * DAY_MS;
/** Of differences of rarely read meters only months mean something. */
const RARE_MS = 1.5 * DAY_MS;

/** Anomalies of a meter that touch a range, newest first, with who called them usual. */
export async function anomalyRows(scene: MeterScene, node: MeterNode, asked: Range & { readonly simple?: boolean }): Promise<AnomalyRow[]> {
  const { id, name, unit } = node.settings;
  const dismissals = dismissalsOf(factsAbout(scene.moment.facts, node.settings));
  const told = [...(await anomaliesOf(scene, node, dismissals)), ...(asked.simple === true ? await simpleOf(scene, node) : [])];
  return told
    .filter(({ fromMs, toMs }) => fromMs < asked.toMs && toMs > asked.fromMs)
    .map((anomaly): AnomalyRow => {
      const dismissed = dismissals.get(anomaly.id);
      return { ...anomaly, meter: id, name, unit, ...(dismissed === undefined ? {} : { dismissed }) };
    })
    .sort((a, b) => b.fromMs - a.fromMs);
}

/** How many of the last quarter nobody looked at. */
export async function openAnomaliesOf(scene: MeterScene, node: MeterNode): Promise<number> {
  const rows = await anomalyRows(scene, node, { fromMs: scene.nowMs - NEWS_MS, toMs: Number.POSITIVE_INFINITY });
  return rows.filter(({ dismissed }) => dismissed === undefined).length;
}

/** Found once for as long as the node is the same and nothing else was called usual. */
function anomaliesOf(scene: MeterScene, node: MeterNode, dismissals: ReadonlyMap<string, Dismissal>): Promise<readonly MeterAnomaly[]> {
  const { found } = scene;
  const usual = [...dismissals.keys()].join("\n");
  const known = found.get(node);
  if (known?.usual === usual) return known.anomalies;
  const anomalies = looked(scene, node, new Set(dismissals.keys()));
  found.set(node, { usual, anomalies });
  anomalies.catch(() => found.delete(node));
  return anomalies;
}

/** What a master counts is looked at where it is read: at its parts. */
async function looked(scene: MeterScene, node: MeterNode, usual: ReadonlySet<string>): Promise<readonly MeterAnomaly[]> {
  const settings = rulesOf(scene, node);
  if (node instanceof PhysicalNode) {
    const { skeleton, pattern } = node;
    return [...unusualSpans(skeleton.index, { ...settings, pace: pattern.pace, usual }), ...skeleton.leaks];
  }
  if (node.settings.what.kind !== "virtual") return [];
  const { everyMs } = lifeOf(node, scene);
  const days = await rowsBy(scene, node, "day");
  if (days === undefined) return [];
  const months = everyMs < RARE_MS ? days : await rowsBy(scene, node, "month");
  return [...unusualRows(days, { ...settings, pace: evenPace(), usual }), ...belowZero(months ?? days, settings)];
}

async function simpleOf(scene: MeterScene, node: MeterNode): Promise<MeterAnomaly[]> {
  const days = await rowsBy(scene, node, "day");
  return days === undefined ? [] : simpleSpans(days, rulesOf(scene, node));
}

function rulesOf({ zone, isHoliday }: MeterScene, { settings: { unit } }: MeterNode): RuleSettings {
  return { zone, unit, isHoliday };
}

/** From the first whole row of which everything is known until today. Missing: undefined where nothing was read. */
async function rowsBy(scene: MeterScene, node: MeterNode, unit: "day" | "month") {
  const { firstMs, lastMs } = lifeOf(node, scene);
  if (firstMs === undefined || lastMs === undefined) return undefined;
  const starts = scene.zone.starts(unit, firstMs, Math.min(lastMs, scene.nowMs) + 1);
  return starts.length < 2 ? undefined : node.consumption(Float64Array.from(starts));
}
