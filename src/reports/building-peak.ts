import type { BuildingModel } from "#buildings/model.ts";
import { DAY_MS } from "#calendar/civil.ts";
import { zoneNamed } from "#calendar/zone.ts";
import type { Registry } from "#sites/registry.ts";
import type { Range } from "#store/store.ts";
import type { BuildingParts, BuildingPeak, BuildingQuestions } from "./building.ts";
import type { PeakAnswer, PeakMover } from "./building-answers.ts";
import { textsIn } from "./building-book.ts";
import type { ComfortThen } from "./building-comfort.ts";
import { KeptAnswers, type Versions } from "./building-kept.ts";
import { candidatesOf } from "./peak-candidates.ts";
import { dailyPeaks, NO_CURVE, partOf, QUARTER_MS, type QuarterCurve } from "./peak-curve.ts";
import { dayCurve } from "./peak-day-curve.ts";
import { type PeakDay, peakDays } from "./peak-days.ts";
import { KeptCurves } from "./peak-kept-curves.ts";
import { type PeakLoad, peakLoads } from "./peak-loads.ts";
import { isClear, type Moved, moversOf } from "./peak-movers.ts";
import { outdoorOf } from "./peak-outdoor.ts";
import { gaugeQuarters, powerQuarters } from "./peak-quarters.ts";
import { type EquipmentById, moverSentence, peakSentence } from "./peak-words.ts";

const LOOK_BACK_DAYS = 366;
const PEAKS_DAYS = 30;
const MOST_PEAKS = 10;
/** Lines at the most, and how many there are where hardly anything moved. */
const MOST_MOVERS = 200;
const LEAST_MOVERS = 10;
/** Days that comfort is compared with. */
const COMFORT_DAYS = 5;
/** Intervals whose answers are kept at once. */
const MOST_KEPT = 12;

/** What a peak asks of the building beside what anybody asks. */
export interface PeakQuestions extends BuildingQuestions {
  comforts(ranges: readonly Range[]): Promise<readonly ComfortThen[]>;
}

/** What the equipment of a building did at a peak, out of all else that can be asked about it. */
export function openPeak(questions: PeakQuestions, parts: BuildingParts): BuildingPeak {
  const desk = new PeakDesk(questions, parts);
  return { peak: (asked) => desk.peak(asked) };
}

interface Asked {
  readonly range?: Range;
  readonly of?: string;
}

/** What is read of a whole building for one interval. */
interface Found {
  readonly moved: readonly Moved[];
  readonly comfort: PeakAnswer["comfort"];
}

interface Scene {
  readonly registry: Registry;
  readonly model: BuildingModel;
  readonly load: PeakLoad;
  readonly range: Range;
  readonly day: PeakDay;
  readonly days: readonly PeakDay[];
}

class PeakDesk {
  readonly #questions: PeakQuestions;
  readonly #parts: BuildingParts;
  readonly #curves: KeptCurves;
  readonly #found: KeptAnswers<Found>;
  #loads: { readonly registry: Registry; readonly loads: readonly PeakLoad[] } | undefined;
  #model: { readonly model: BuildingModel; readonly generation: number } | undefined;

  constructor(questions: PeakQuestions, parts: BuildingParts) {
    this.#questions = questions;
    this.#parts = parts;
    this.#curves = new KeptCurves(parts.store);
    this.#found = new KeptAnswers<Found>(parts.store, MOST_KEPT);
  }

  async peak(asked: Asked): Promise<PeakAnswer | undefined> {
    const { settings } = this.#questions;
    const registry = await this.#parts.store.registry();
    const loads = this.#loadsOf(registry);
    const load = asked.of === undefined ? loads[0] : loads.find(({ point }) => point === asked.of);
    if (load === undefined) return undefined;
    const zone = zoneNamed(settings.zone);
    const nowMs = this.#parts.nowMs();
    const firstMs = Math.min(nowMs - PEAKS_DAYS * DAY_MS, asked.range?.fromMs ?? nowMs);
    const known = { fromMs: firstMs - LOOK_BACK_DAYS * DAY_MS, toMs: Math.max(nowMs, asked.range?.toMs ?? nowMs) };
    const curve = await this.#powerOf(load, known);
    // The running quarter-hour is not known yet.
    const month = partOf(curve, { fromMs: nowMs - PEAKS_DAYS * DAY_MS, toMs: nowMs - QUARTER_MS + 1 });
    const peaks = dailyPeaks(month, zone).slice(0, MOST_PEAKS);
    const range = asked.range ?? (peaks[0] && { fromMs: peaks[0].fromMs, toMs: peaks[0].toMs });
    if (range === undefined) return undefined;
    const model = await this.#questions.model();
    const outdoor = await this.#outdoorOf(model, known);
    const { unit: outdoorUnit } = outdoor;
    const similar = peakDays(
      { range, zone, holidays: settings.holidays, known: { ...known, toMs: nowMs }, outdoorUnit },
      { load: curve, outdoor: outdoor.curve },
    );
    const { day, days } = similar;
    const { moved, comfort } = await this.#foundAt({ registry, model, load, range, day, days });
    const equipment: EquipmentById = new Map(model.equipment.map((one) => [one.id, one]));
    const of = { point: load.point, name: load.name, valueKw: day.kw, usualKw: middleOf(days.map(({ kw }) => kw)) };
    return {
      range,
      of,
      sentence: peakSentence({ of, range, zone, days: days.length }, moved, equipment),
      outdoor: Number.isNaN(day.outdoor) ? undefined : { value: day.outdoor, unit: outdoorUnit },
      similarDays: days.map(({ date, outdoor: value, kw }) => ({ date, outdoor: value, kw })),
      method: `${similar.method}. Days on which the load is not known at that time, or for half of the day, are left out. Each series is its mean within the interval, what holds until it changes by time; usual is the median of those days at the same time, and what is unusual is told by the spread of those days. Shares are of what the whole was above usual; a meter behind another one counts in both.`,
      movers: moved.map((one) => moverOf(one, equipment)),
      comfort,
      choices: loads.map(({ point, name }) => ({ point, name })),
      peaks,
      curve: dayCurve(range, { zone, days, load: curve }),
    };
  }

  #loadsOf(registry: Registry): readonly PeakLoad[] {
    if (this.#loads?.registry !== registry) this.#loads = { registry, loads: peakLoads(registry, this.#questions.settings.site) };
    return this.#loads.loads;
  }

  #powerOf({ series }: PeakLoad, known: Range): Promise<QuarterCurve> {
    const { store } = this.#parts;
    const { sentinels } = this.#questions.settings;
    return this.#curves.of("kW", series, {
      range: toTheQuarter(known),
      read: (range) => powerQuarters(series, range, { store, sentinels }),
    });
  }

  async #outdoorOf(model: BuildingModel, known: Range): Promise<{ readonly unit: "°C" | "°F"; readonly curve: QuarterCurve }> {
    const { store } = this.#parts;
    const { settings } = this.#questions;
    const { series, unit, turn } = outdoorOf(model, settings);
    if (series === undefined) return { unit, curve: NO_CURVE };
    const parts = { store, sentinels: settings.sentinels, turn };
    const curve = await this.#curves.of(unit, series, { range: toTheQuarter(known), read: (range) => gaugeQuarters(series, range, parts) });
    return { unit, curve };
  }

  /** What moved and how comfortable it was, kept for as long as nothing of it changed. */
  async #foundAt(scene: Scene): Promise<Found> {
    const { model, load, range, day, days } = scene;
    const { flow } = this.#questions.settings;
    const seriesIds = seriesIdsOf(model);
    const now = await this.#parts.store.version(seriesIds);
    const versions: Versions = new Map(seriesIds.map((id, i) => [id, now[i] as number]));
    const windows = [day, ...days];
    const untilMs = Math.max(...windows.map(({ window }) => window.toMs)) + flow.pairingMs;
    const print = [this.#generationOf(model), ...windows.flatMap(({ window, kw }) => [window.fromMs, kw])].join(" ");
    const wanted = { name: load.point, seriesIds, untilMs, print, make: () => this.#find(scene) };
    const [found] = await this.#found.all(`${range.fromMs} ${range.toMs}`, [wanted], versions);
    return found as Found;
  }

  async #find({ registry, model, load, range, day, days }: Scene): Promise<Found> {
    const { ranked, sentinels } = this.#questions.settings;
    const own = registry.series.filter(({ site, point }) => `${site}/${point}` === load.point).map(({ id }) => id);
    const candidates = candidatesOf(model.points, {
      ranked,
      textsOf: textsIn(registry, new Set(seriesIdsOf(model))),
      without: new Set(own),
    });
    const whole = { value: day.kw, usual: days.map(({ kw }) => kw) };
    const [moved, comfort] = await Promise.all([
      moversOf(candidates, { at: range, usual: days.map(({ window }) => window) }, { store: this.#parts.store, sentinels, whole }),
      this.#comfortBeside(range, days),
    ]);
    return { moved: shownOf(moved), comfort };
  }

  /** How comfortable the building was meanwhile, and at the same time of some days alike. */
  async #comfortBeside(range: Range, days: readonly PeakDay[]): Promise<PeakAnswer["comfort"]> {
    const usual = days.slice(0, COMFORT_DAYS).map(({ window }) => window);
    const [now, ...others] = await this.#questions.comforts([range, ...usual]);
    const known = others.map(({ withinPct }) => withinPct).filter((pct) => !Number.isNaN(pct));
    return { withinPct: now?.withinPct ?? Number.NaN, usualWithinPct: middleOf(known), zonesOutside: now?.outside ?? [] };
  }

  #generationOf(model: BuildingModel): number {
    if (this.#model?.model !== model) this.#model = { model, generation: (this.#model?.generation ?? 0) + 1 };
    return this.#model.generation;
  }
}

const seriesIdsOf = ({ points }: BuildingModel): number[] => points.flatMap(({ point }) => point.series.map(({ id }) => id));

/** Asked a moment later, the same is asked. */
function toTheQuarter({ fromMs, toMs }: Range): Range {
  return { fromMs, toMs: Math.ceil(toMs / QUARTER_MS) * QUARTER_MS };
}

/** All that moved; where hardly anything did, at least what moved the most. What stood as always is never shown. */
function shownOf(moved: readonly Moved[]): readonly Moved[] {
  const unlike = moved.filter(({ deviation }) => deviation.score !== 0);
  const clear = unlike.filter(isClear);
  return clear.length >= LEAST_MOVERS ? clear.slice(0, MOST_MOVERS) : unlike.filter((one, i) => isClear(one) || i < LEAST_MOVERS);
}

/** Missing: NaN of none. */
function middleOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

function moverOf(moved: Moved, equipment: EquipmentById): PeakMover {
  const { series, point, guess, unit } = moved.candidate;
  const { value, usual, low, high, score, sharePct } = moved.deviation;
  return {
    series: series.key,
    point: point.point,
    name: point.name,
    ...(guess.equipment === undefined ? {} : { equipment: guess.equipment }),
    ...(guess.role === undefined ? {} : { role: guess.role }),
    ...{ unit, value, usual, low, high, score, sharePct },
    sentence: moverSentence(moved, equipment),
  };
}
