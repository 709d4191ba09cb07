import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import { whoOf } from "#api/access.ts";
import { saysTexts, seriesOf } from "#api/catalog.ts";
import { ApiError } from "#api/errors.ts";
import { offsetText } from "#calendar/local-text.ts";
import { type Zone, zoneNamed } from "#calendar/zone.ts";
import type { CorrectionMadeAnswer, CorrectionsAnswer, newCorrectionSchema } from "#contract/corrections.ts";
import type { Series } from "#sites/registry.ts";
import type { NewCorrection } from "#store/records.ts";
import type { Range } from "#store/store.ts";
import { changesSince, metersOf, monthsOf } from "./changed-months.ts";
import { type CorrectionDeps, correctionInfo, inUnit, meterOfSeries, sentenceOf, unitTold, zoneOf } from "./correction-info.ts";
import { knownMeter, metersNow, unknownMeter } from "./desk.ts";
import { plannedStore } from "./planned-store.ts";
import { endMoment, startMoment } from "./range.ts";

export interface CorrectionWish {
  readonly deps: CorrectionDeps;
  readonly request: Pick<FastifyRequest, "identity">;
}

type Wanted = z.output<typeof newCorrectionSchema>;
/** With its unit found out. */
type Measured = Wanted & { readonly unit: string };

/** Readings one correction may touch. */
const MOST_READINGS = 200_000;
const MOST_VALUE = 1e15;

/** Corrections that were made, newest first, undone ones too. Errors: unknown-series, unknown-meter. */
export async function correctionsAnswer(
  asked: { readonly meter?: string | undefined; readonly series?: string | undefined; readonly limit: number },
  deps: CorrectionDeps,
): Promise<CorrectionsAnswer> {
  const catalog = await deps.catalog();
  const keys = asked.meter === undefined ? undefined : new Set(await keysOf(asked.meter, deps));
  const only = asked.series === undefined ? undefined : seriesOf(catalog, [asked.series])[0]?.key;
  const all = (await deps.store.corrections()).filter(({ seriesId }) => {
    const key = catalog.byId.get(seriesId)?.key ?? "";
    return (keys === undefined || keys.has(key)) && (only === undefined || key === only);
  });
  const newest = all.toSorted((a, b) => b.madeMs - a.madeMs || b.id - a.id).slice(0, asked.limit);
  return { corrections: await Promise.all(newest.map((one) => correctionInfo(one, catalog, deps))) };
}

/** Keys of the series a meter counts, itself or by its parts. Errors: unknown-meter. */
async function keysOf(id: string, deps: CorrectionDeps): Promise<string[]> {
  const desk = knownMeter(await metersNow(deps), id);
  if (desk === undefined) throw unknownMeter(id);
  const registers = desk.site.meters.flatMap(({ what }) => (what.kind === "physical" ? what.series.map(({ key }) => key) : []));
  return registers.filter((key) => metersOf(desk.site, key).some((meter) => meter.id === id));
}

/**
 * Changes what numbers are derived from, never what was stored; or, as a dry run, only tells what would be other than before.
 * Errors: unknown-series, bad-request, bad-range, correction-unusable.
 */
export async function makeCorrection(wanted: Wanted, wish: CorrectionWish): Promise<CorrectionMadeAnswer> {
  const { deps, request } = wish;
  const catalog = await deps.catalog();
  const series = seriesOf(catalog, [wanted.series])[0] as Series;
  const unit = wanted.unit ?? unitTold(series, await meterOfSeries(series, deps));
  const planned = plannedOf({ ...wanted, unit }, series, {
    zone: zoneOf(series, catalog),
    who: whoOf(request.identity),
    nowMs: deps.nowMs(),
  });
  const readings = await touched(planned, series, deps);
  const before = await monthsOf(await metersNow(deps), series.key, await spanOf(planned, deps));
  if (wanted.dryRun) {
    const store = plannedStore(deps.store, planned);
    const changes = await changesSince(before, (reports) => reports.over(store));
    return { correction: null, readings, changes, sentence: sentenceOf(readings, changes, "would be") };
  }
  const id = await deps.store.correct(planned);
  const changes = await changesSince(before, (reports) => reports);
  return {
    correction: await correctionInfo({ ...planned, id }, catalog, deps),
    readings,
    changes,
    sentence: sentenceOf(readings, changes, "is"),
  };
}

/** Takes a correction back; one that was taken back already stays as it is. Errors: unknown-correction. */
export async function undoCorrection(id: number, { deps, request }: CorrectionWish): Promise<CorrectionMadeAnswer> {
  const catalog = await deps.catalog();
  const found = (await deps.store.corrections()).find((one) => one.id === id);
  const series = found === undefined ? undefined : catalog.byId.get(found.seriesId);
  if (found === undefined || series === undefined) throw new ApiError("unknown-correction", { id });
  if (found.undoneMs !== undefined)
    return {
      correction: await correctionInfo(found, catalog, deps),
      readings: 0,
      changes: [],
      sentence: "It was taken back before; nothing changes.",
    };
  const before = await monthsOf(await metersNow(deps), series.key, await spanOf(found, deps));
  const atMs = deps.nowMs();
  const readings = await countOf(found, deps, { corrected: false });
  await deps.store.undoCorrection(id, { who: whoOf(request.identity), atMs });
  const changes = await changesSince(before, (reports) => reports);
  const correction = await correctionInfo({ ...found, undoneMs: atMs }, catalog, deps);
  return { correction, readings, changes, sentence: sentenceOf(readings, changes, "is") };
}

function plannedOf(wanted: Measured, series: Series, { zone, who, nowMs }: { zone: Zone; who: string; nowMs: number }): NewCorrection {
  const { action, from, to, unit, why } = wanted;
  const value = wanted.value === null ? undefined : inUnit(wanted.value, action, { from: unit, to: series.unit });
  const t0Ms = to === undefined ? endMoment(from, zone, "from") : startMoment(from, zone, "from");
  // Both ends belong to it: of a date, the readings that stand at its end do too.
  const t1Ms = to === undefined ? t0Ms : endMoment(to, zone, "to");
  if (t1Ms < t0Ms) throw new ApiError("bad-range");
  const problems: string[] = [];
  if (saysTexts(series)) problems.push(`${series.key} says texts, not numbers`);
  if (action !== "delete" && !(Math.abs(wanted.value ?? Number.NaN) <= MOST_VALUE)) problems.push(`\`value\`: ${action} needs a number`);
  else if (wanted.value !== null && value === undefined)
    problems.push(`\`unit\`: ${series.key} counts ${series.unit}, and ${unit} cannot be told in it`);
  if (action === "add" && t1Ms !== t0Ms) problems.push("`to`: a reading is added at one instant; leave it out");
  if (/\p{Cc}/u.test(why.replaceAll("\n", ""))) problems.push("`why`: no control characters");
  if (problems.length > 0) throw new ApiError("correction-unusable", {}, problems);
  return { seriesId: series.id, t0Ms, t1Ms, action, value: action === "delete" ? Number.NaN : (value as number), who, why, madeMs: nowMs };
}

/** How many readings a correction touches. Errors: correction-unusable where there are none, or too many. */
async function touched(planned: NewCorrection, series: Series, deps: CorrectionDeps): Promise<number> {
  const count = await countOf(planned, deps, {});
  const at = offsetText(planned.t0Ms, zoneNamed("UTC"));
  if (planned.action === "add") {
    if (count > 0)
      throw new ApiError("correction-unusable", {}, [`A reading of ${series.key} stands at ${at} already: \`set\` changes it`]);
    return 1;
  }
  if (count === 0)
    throw new ApiError("correction-unusable", {}, [`No reading of ${series.key} lies there: give the instant of one, or \`add\` one`]);
  if (count > MOST_READINGS)
    throw new ApiError("correction-unusable", {}, [`More than ${MOST_READINGS} readings lie there: correct a shorter stretch`]);
  return count;
}

async function countOf(
  { seriesId, t0Ms, t1Ms }: NewCorrection,
  { store }: CorrectionDeps,
  options: { corrected?: boolean },
): Promise<number> {
  const column = await store.read(seriesId, { fromMs: t0Ms, toMs: t1Ms + 1 }, { ...options, limit: MOST_READINGS + 1 });
  return column.tMs.length;
}

/** All the time in which numbers could change: what is filled and learned reaches from the first reading to now. */
async function spanOf({ seriesId, t0Ms, t1Ms }: NewCorrection, { store, nowMs }: CorrectionDeps): Promise<Range> {
  const [extent] = await store.extent([seriesId]);
  const toMs = Math.max(t1Ms, extent?.lastMs ?? t1Ms, nowMs()) + 1;
  return { fromMs: Math.max(Math.min(t0Ms, extent?.firstMs ?? t0Ms), toMs - MOST_SPAN_MS), toMs };
}

const MOST_SPAN_MS = 60 * 366 * 86_400_000;
