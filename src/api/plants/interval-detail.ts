import type { Intervals } from "#analytics/intervals.ts";
import { ApiError } from "#api/errors.ts";
import { isReachable } from "#api/instant.ts";
import { offsetText } from "#calendar/local-text.ts";
import type { IntervalDetailAnswer } from "#contract/plant-intervals.ts";
import type { IntervalRow } from "#reports/plant-answers.ts";
import type { PlantSource } from "#reports/plant-settings.ts";
import { RANKS } from "#series/ladder.ts";
import { QUALITY } from "#series/quality.ts";
import type { Series } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import type { PlantDesk } from "./desk.ts";
import { intervalAnswer } from "./interval-rows.ts";
import { figure, marks } from "./wire.ts";

const MOST_REVISIONS = 100;

/** What every source says of one interval. Errors: unknown-interval for an instant that is no end of one. */
export async function intervalDetail(desk: PlantDesk, store: Store, endMs: number): Promise<IntervalDetailAnswer> {
  const row = isReachable(endMs) ? await desk.row(endMs) : undefined;
  if (row === undefined) throw new ApiError("unknown-interval", { end: endMs });
  const range = { fromMs: endMs - desk.lengthMs, toMs: endMs };
  const sources = await Promise.all(
    desk.reports.settings.sources.map(async (source) => sourceAnswer(source, row, await desk.reports.layer(source.name, range))),
  );
  return {
    interval: intervalAnswer(row, desk),
    remarks: remarksOf(row),
    sources: sources.filter((one) => one !== undefined).toSorted((a, b) => b.rank - a.rank),
    revisions: await revisionsOf(desk, store, endMs),
    previousEndMs: endMs - desk.lengthMs,
    nextEndMs: endMs + desk.lengthMs <= desk.reports.finishedMs() ? endMs + desk.lengthMs : null,
  };
}

/** Missing: undefined where the source says nothing of the interval. */
function sourceAnswer(source: PlantSource, row: IntervalRow, layer: Intervals): IntervalDetailAnswer["sources"][number] | undefined {
  const i = layer.tMs.indexOf(row.endMs);
  const energyKwh = layer.energyKwh[i] ?? Number.NaN;
  const quality = layer.quality[i] ?? 0;
  if (Number.isNaN(energyKwh) && quality === 0 && Number.isNaN(layer.pulses[i] ?? Number.NaN)) return undefined;
  return {
    source: source.name,
    rank: RANKS.indexOf(source.rank),
    taken: row.source === source.name,
    energyKwh: figure(energyKwh),
    powerKw: figure(layer.powerKw[i] ?? Number.NaN),
    pulses: figure(layer.pulses[i] ?? Number.NaN),
    totalKwh: null,
    coverage: layer.coverage[i] ?? 0,
    quality: marks(quality),
    differenceKwh: figure(energyKwh - row.energyKwh),
  };
}

/** What was replaced, refused or came late at the very end of the interval. */
async function revisionsOf(desk: PlantDesk, store: Store, endMs: number): Promise<IntervalDetailAnswer["revisions"]> {
  const { site, point } = desk.reports.settings;
  const series = (await store.registry()).series.filter((one) => one.site === site && one.point === point && one.kind === "interval");
  const found = await Promise.all(
    series.map(async (one) => revisionsIn(one, await store.revisions(one.id, { fromMs: endMs, toMs: endMs + 1 }), desk)),
  );
  return found
    .flat()
    .toSorted((a, b) => b.receivedMs - a.receivedMs)
    .slice(0, MOST_REVISIONS);
}

type Revisions = Awaited<ReturnType<Store["revisions"]>>;

function revisionsIn(series: Series, revisions: Revisions, desk: PlantDesk): IntervalDetailAnswer["revisions"] {
  return revisions.map(({ kind, value, quality, receivedMs }) => ({
    series: series.key,
    kind,
    value: figure(value),
    unit: series.unit,
    quality: marks(quality),
    receivedMs,
    receivedLocal: offsetText(receivedMs, desk.zone),
  }));
}

/** Why an interval is what it is, in words. */
function remarksOf(row: IntervalRow): string[] {
  const has = (bit: number): boolean => (row.quality & bit) !== 0;
  const uncertain = Number.isNaN(row.possibleKw)
    ? []
    : [`Its demand is not certain: it can have been as high as ${row.possibleKw.toFixed(1)} kW.`];
  return [
    ...(Number.isNaN(row.energyKwh) ? ["Nobody said anything of this interval."] : []),
    ...(has(QUALITY.excludedFromDemand) ? ["R17 leaves this interval out of the demand; its energy counts."] : []),
    ...(has(QUALITY.invalidAlarm)
      ? ["The sender calls its pulses invalid: it sets no demand, and its energy is the difference of registers."]
      : []),
    ...(has(QUALITY.recoveredAfterGap)
      ? ["A register brought its pulses back after a silence: they count as energy and are never picked as demand."]
      : []),
    ...(has(QUALITY.filled) ? ["Its energy is estimated from a difference of registers."] : []),
    ...(has(QUALITY.corrected) ? ["A person corrected it."] : []),
    ...(has(QUALITY.clockUncertain) ? ["It lies in the repeated hour of autumn, and which of the two was meant is not certain."] : []),
    ...uncertain,
  ];
}
