import { PLAUSIBLE, sampleRulesOf } from "#analytics/sample-rules.ts";
import type { PointGuess } from "#buildings/model.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import { TEXT_UNIT } from "#sites/registry.ts";
import type { StoppedRow } from "./building-answers.ts";
import type { Habits } from "./building-habits.ts";
import type { LatestValues, Newest } from "./building-now.ts";
import { unitFor } from "./building-role-kinds.ts";
import type { BuildingScene } from "./building-scene.ts";
import { type StationNow, stationName } from "./building-silences.ts";
import type { Stills } from "./building-stills.ts";
import { whenText } from "./building-when.ts";

const HOUR_MS = 3_600_000;

export interface StoppedParts {
  readonly scene: BuildingScene;
  readonly latest: LatestValues;
  readonly habits: Habits;
  readonly stills: Stills;
}

/** Points that say nothing any more, or nothing of use: what hits a whole station is told once. */
export async function stoppedRows(parts: StoppedParts): Promise<StoppedRow[]> {
  const { scene } = parts;
  const { nowMs, page } = scene.parts;
  const stations = new Map(await Promise.all(scene.stations.map(async (name) => [name, await scene.stationNow(name)] as const)));
  const told = new Map<string, StoppedRow>();
  const rows = await Promise.all(
    page.model.points.map(async (guess) => {
      const newest = parts.latest.newest(guess.point.series);
      if (newest === undefined)
        return [rowOf(guess, undefined, { why: "never-spoke", sentence: "It has never said anything.", usualMs: Number.NaN })];
      const name = stationName(guess.point, newest.series.source);
      const station = stations.get(name) as StationNow;
      if (station.silent && newest.tMs === station.lastMs && !told.has(name))
        told.set(name, stationRow(guess, newest, { name, nowMs, scene }));
      return (await ofPoint(guess, newest, { ...parts, station })) ?? [];
    }),
  );
  return [...told.values(), ...rows.flat().sort((a, b) => a.lastMs - b.lastMs)];
}

function stationRow(guess: PointGuess, newest: Newest, at: { name: string; nowMs: number; scene: BuildingScene }): StoppedRow {
  const { settings } = at.scene.parts;
  const who = at.name.startsWith("@") ? `Source ${at.name.slice(1)}` : `Station ${at.name}`;
  const since = whenText(newest.tMs, { nowMs: at.nowMs, zone: zoneNamed(settings.zone) });
  return {
    point: guess.point.point,
    name: who,
    series: newest.series.key,
    lastMs: newest.tMs,
    usualMs: Number.NaN,
    why: "station-silent",
    sentence: `${who} has said nothing at all since ${since}; its points are not told one by one.`,
  };
}

async function ofPoint(
  guess: PointGuess,
  newest: Newest,
  at: StoppedParts & { readonly station: StationNow },
): Promise<StoppedRow[] | undefined> {
  const { scene, habits, station } = at;
  const { nowMs, settings, versions } = scene.parts;
  const zone = zoneNamed(settings.zone);
  const ageMs = (station.silent ? station.lastMs : nowMs) - newest.tMs;
  const since = whenText(newest.tMs, { nowMs, zone });
  if (ageMs > settings.silenceMs) {
    const { patienceMs, usualMs, changeOfValue } = await habits.of(newest.series.id, versions);
    if (ageMs > patienceMs) {
      const usual = changeOfValue
        ? "it speaks when its value changes, and was never quiet for so long"
        : `it used to speak every ${lengthText(usualMs)}`;
      return [rowOf(guess, newest, { why: "silent", usualMs, sentence: `Silent since ${since}; ${usual}.` })];
    }
  }
  const said = await uselessWord(guess, newest, at);
  return said && [rowOf(guess, newest, { ...said, usualMs: (await habits.of(newest.series.id, versions)).usualMs })];
}

/** Why the newest value is of no use. Missing: undefined where it is. */
async function uselessWord(
  { role, point }: PointGuess,
  newest: Newest,
  { scene, latest, stills }: StoppedParts,
): Promise<Pick<StoppedRow, "why" | "sentence"> | undefined> {
  const { settings, nowMs } = scene.parts;
  const { series, value, quality, code } = newest;
  if ((quality & BAD_QUALITY) !== 0) {
    const status = code === 0 ? "" : (latest.textsOf(series.id).get(code) ?? "");
    return { why: "bad-status", sentence: `Its status is ${status === "" ? "bad" : status}: the value counts nowhere.` };
  }
  if (series.unit === TEXT_UNIT) return undefined;
  const unit = role === undefined ? series.unit : unitFor(series.unit, role, settings);
  const rules = role === undefined ? { sentinels: settings.sentinels } : sampleRulesOf(role, unit, settings);
  if ((rules.sentinels ?? []).includes(value))
    return { why: "sentinel", sentence: `It says ${value}${unit === "" ? "" : ` ${unit}`}, which means that it has no value.` };
  if (role === undefined || PLAUSIBLE[role]?.sensor !== true) return undefined;
  if (!(await stills.of(newest, { nowMs, versions: scene.parts.versions }))) return undefined;
  const hours = Math.floor(settings.flatMs / HOUR_MS);
  return {
    why: "flat",
    sentence: `${point.name} has said exactly ${tenth(value)}${unit === "" ? "" : ` ${unit}`} for more than ${hours} h.`,
  };
}

function rowOf(
  { equipment, role, point }: PointGuess,
  newest: Newest | undefined,
  said: Pick<StoppedRow, "why" | "sentence" | "usualMs">,
): StoppedRow {
  return {
    ...(equipment === undefined ? {} : { equipment }),
    ...(role === undefined ? {} : { role }),
    point: point.point,
    name: point.name,
    series: newest?.series.key ?? point.series[0]?.key ?? "",
    lastMs: newest?.tMs ?? Number.NaN,
    ...said,
  };
}

function tenth(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** 30 s, 15 min, 2 h, 3 days. */
function lengthText(ms: number): string {
  const [value, unit] =
    ms < 90_000
      ? [ms / 1_000, "s"]
      : ms < 1.5 * HOUR_MS
        ? [ms / 60_000, "min"]
        : ms < 48 * HOUR_MS
          ? [ms / HOUR_MS, "h"]
          : [ms / (24 * HOUR_MS), "days"];
  return `${tenth(value as number)} ${unit}`;
}
