import type { BuildingModel, PointGuess } from "#buildings/model.ts";
import { DAY_MS } from "#calendar/civil.ts";
import { zoneNamed } from "#calendar/zone.ts";
import type { Registry } from "#sites/registry.ts";
import type { Range } from "#store/store.ts";
import { conversion, unitOf } from "#units/unit.ts";
import type { BuildingParts, BuildingPeak, BuildingQuestions } from "./building.ts";
import type { PeakAnswer, PeakMover } from "./building-answers.ts";
import { temperatureUnit } from "./building-role-kinds.ts";
import { type PeakDay, peakDays } from "./peak-days.ts";
import { dailyPeaks, meanKw, type PeakLoad, peakLoads, QUARTER_MS, quartersKw } from "./peak-loads.ts";
import { candidatesOf, type Moved, moversOf } from "./peak-movers.ts";
import { moverSentence, peakSentence } from "./peak-words.ts";

const LOOK_BACK_DAYS = 366;
const PEAKS_DAYS = 30;
const MOST_PEAKS = 10;
/** A robust deviation that is worth a line, and lines at the most. */
const MOVED = 2;
const MOST_MOVERS = 200;
const LEAST_MOVERS = 10;
/** Days that comfort is compared with: each is a look at the whole building. */
const COMFORT_DAYS = 5;
const NO_TEXTS: ReadonlyMap<number, string> = new Map();

/** What the equipment of a building did at a peak, out of all else that can be asked about it. */
export function openPeak(questions: BuildingQuestions, parts: BuildingParts): BuildingPeak {
  return { peak: (asked) => peakOf(asked, { questions, ...parts }) };
}

type House = BuildingParts & { readonly questions: BuildingQuestions };

async function peakOf(asked: { readonly range?: Range; readonly of?: string }, house: House): Promise<PeakAnswer | undefined> {
  const { store, questions } = house;
  const { settings } = questions;
  const registry = await store.registry();
  const loads = peakLoads(registry, settings.site);
  const load = asked.of === undefined ? loads[0] : loads.find(({ point }) => point === asked.of);
  if (load === undefined) return undefined;
  const zone = zoneNamed(settings.zone);
  const nowMs = house.nowMs();
  const known = { fromMs: nowMs - LOOK_BACK_DAYS * DAY_MS, toMs: Math.max(nowMs, asked.range?.toMs ?? nowMs) };
  const quarters = await quartersKw(store, load, known);
  const peaks = dailyPeaks(new Map([...quarters].filter(([atMs]) => atMs >= nowMs - PEAKS_DAYS * DAY_MS)), zone).slice(0, MOST_PEAKS);
  const range = asked.range ?? (peaks[0] === undefined ? undefined : { fromMs: peaks[0].fromMs, toMs: peaks[0].toMs });
  if (range === undefined) return undefined;
  const model = await questions.model();
  const outdoor = await outdoorOf(model, known, house);
  const similar = peakDays(
    { range, zone, holidays: settings.holidays, known, outdoorUnit: outdoor.unit },
    { outdoor: outdoor.at, kw: (window) => meanKw(quarters, window) },
  );
  const { moved, usualKw } = await whatMoved({ registry, model, load, day: similar.day, days: similar.days }, house);
  const names = new Map(model.equipment.map(({ id, name }) => [id, name]));
  const shown = shownOf(moved);
  const of = { point: load.point, name: load.name, valueKw: similar.day.kw, usualKw };
  return {
    range,
    of,
    sentence: peakSentence({ of, range, zone, days: similar.days.length }, shown, names),
    outdoor: Number.isNaN(similar.day.outdoor) ? undefined : { value: similar.day.outdoor, unit: outdoor.unit },
    similarDays: similar.days.map(({ date, outdoor: value, kw }) => ({ date, outdoor: value, kw })),
    method: `${similar.method}. Each series is its mean within the interval; usual is the median of those days at the same time, and what is unusual is told by the spread of those days. Shares are of what the whole was above usual; a meter behind another one counts in both.`,
    movers: shown.map((one) => moverOf(one, names)),
    comfort: await comfortBeside(range, similar.days, questions),
    choices: loads.map(({ point, name }) => ({ point, name })),
    peaks,
  };
}

interface Asking {
  readonly registry: Registry;
  readonly model: BuildingModel;
  readonly load: PeakLoad;
  readonly day: PeakDay;
  readonly days: readonly PeakDay[];
}

async function whatMoved(
  { registry, model, load, day, days }: Asking,
  { store, questions }: House,
): Promise<{ moved: Moved[]; usualKw: number }> {
  const { ranked, sentinels } = questions.settings;
  const whole = { value: day.kw, usual: Float64Array.from(days, ({ kw }) => kw) };
  const own = new Set(registry.series.filter(({ site, point }) => `${site}/${point}` === load.point).map(({ id }) => id));
  const candidates = candidatesOf(model.points, { ranked, textsOf: textsOf(registry), without: own });
  const windows = { at: day.window, usual: days.map(({ window }) => window) };
  const moved = await moversOf(candidates, windows, { store, sentinels, whole });
  const sorted = whole.usual.toSorted();
  const middle = (sorted.length - 1) / 2;
  const usualKw = ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
  return { moved, usualKw };
}

/** Texts of each series by their code. */
function textsOf({ codes }: Pick<Registry, "codes">): (seriesId: number) => ReadonlyMap<number, string> {
  const texts = new Map<number, Map<number, string>>();
  for (const { seriesId, code, text } of codes) {
    const own = texts.get(seriesId) ?? new Map<number, string>();
    texts.set(seriesId, own.set(code, text));
  }
  return (seriesId) => texts.get(seriesId) ?? NO_TEXTS;
}

/** All that moved; where hardly anything did, at least what moved the most. */
function shownOf(moved: readonly Moved[]): readonly Moved[] {
  const clear = moved.filter(({ deviation }) => Math.abs(deviation.score) >= MOVED);
  return clear.length >= LEAST_MOVERS ? clear.slice(0, MOST_MOVERS) : moved.slice(0, LEAST_MOVERS);
}

function moverOf({ candidate, deviation }: Moved, names: ReadonlyMap<string, string>): PeakMover {
  const { series, point, guess, unit } = candidate;
  const { value, usual, low, high, score, sharePct } = deviation;
  return {
    series: series.key,
    point: point.point,
    name: point.name,
    ...(guess.equipment === undefined ? {} : { equipment: guess.equipment }),
    ...(guess.role === undefined ? {} : { role: guess.role }),
    ...{ unit, value, usual, low, high, score, sharePct },
    sentence: moverSentence({ candidate, deviation }, names),
  };
}

interface Outdoor {
  readonly unit: "°C" | "°F";
  /** Mean within a window; NaN unknown. */
  readonly at: (window: Range) => number;
}

/** The outdoor temperature by quarter-hours: of the point the file names, else of the one whose role it is. */
async function outdoorOf(model: BuildingModel, known: Range, { store, questions }: House): Promise<Outdoor> {
  const { settings } = questions;
  const guess = outdoorPoint(model.points, settings.outdoorPoint);
  const series = guess?.point.series.find(
    ({ unit, kind }) => kind === "gauge" && (unit === "" || unitOf(unit)?.dimension === "temperature"),
  );
  const unit = temperatureUnit(unitOf(series?.unit ?? "")?.symbol ?? "", settings);
  if (series === undefined) return { unit, at: () => Number.NaN };
  const convert = series.unit === "" ? undefined : conversion(series.unit, unit);
  const { tMs, sum, n, min } = await store.readBuckets(series.id, known, QUARTER_MS);
  const quarters = new Map<number, number>();
  for (let i = 0; i < tMs.length; i += 1) {
    if (settings.sentinels.includes(min[i] as number)) continue;
    const mean = (sum[i] as number) / (n[i] as number);
    if (!Number.isNaN(mean)) quarters.set(tMs[i] as number, convert?.(mean) ?? mean);
  }
  return { unit, at: (window) => meanKw(quarters, window) };
}

function outdoorPoint(points: readonly PointGuess[], named: string | undefined): PointGuess | undefined {
  return points.find(({ point }) => point.point === named) ?? points.find(({ role }) => role === "outdoor-air-temp");
}

/** How comfortable the building was meanwhile, and at the same time of the days alike. */
async function comfortBeside(range: Range, days: readonly PeakDay[], questions: BuildingQuestions): Promise<PeakAnswer["comfort"]> {
  const [now, ...usual] = await Promise.all(
    [range, ...days.slice(0, COMFORT_DAYS).map(({ window }) => window)].map((window) => questions.overview(window)),
  );
  const known = usual
    .map(({ comfortPct }) => comfortPct)
    .filter((pct) => !Number.isNaN(pct))
    .toSorted((a, b) => a - b);
  return {
    withinPct: now?.comfortPct ?? Number.NaN,
    usualWithinPct: known[Math.floor((known.length - 1) / 2)] ?? Number.NaN,
    zonesOutside: (now?.zones ?? []).filter(({ comfort }) => comfort.tooWarmMs + comfort.tooColdMs > 0).map(({ zone }) => zone.id),
  };
}
