import type { Equipment } from "#buildings/model.ts";
import { ZONE_TYPES } from "#buildings/role.ts";
import { localText } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type { Range } from "#store/store.ts";
import { LEAST_SHARE_PCT, MOVED, type Moved } from "./peak-movers.ts";

interface PeakTold {
  readonly of: { readonly name: string; readonly valueKw: number; readonly usualKw: number };
  readonly range: Range;
  readonly zone: Zone;
  readonly days: number;
}

export type EquipmentById = ReadonlyMap<string, Equipment>;

const MOST_NAMED = 3;
/** One series that is far off says no more than this of its equipment. */
const MOST_SCORE = 8;

/** The first line: how much, how much above usual, what it was made of, and which equipment was unlike itself. */
export function peakSentence({ of, range, zone, days }: PeakTold, moved: readonly Moved[], equipment: EquipmentById): string {
  const clock = (tMs: number): string => localText(tMs, zone).slice(11, 16);
  const when = `On ${localText(range.fromMs, zone).slice(0, 10)} from ${clock(range.fromMs)} to ${clock(range.toMs)}`;
  if (Number.isNaN(of.valueKw)) return `${when} nobody knows what ${of.name} drew.`;
  const drew = `${when} ${of.name} drew ${figures(of.valueKw)} kW`;
  if (days < 3) return `${drew}; there are not enough days alike to tell what is usual.`;
  const above = of.valueKw - of.usualKw;
  const against = `${drew}, ${figures(Math.abs(above))} kW ${above < 0 ? "below" : "above"} the middle of ${days} days alike`;
  const parts = above > 0 ? moved.filter(({ deviation }) => deviation.sharePct >= LEAST_SHARE_PCT) : [];
  const named = parts
    .sort((a, b) => b.deviation.sharePct - a.deviation.sharePct)
    .slice(0, MOST_NAMED)
    .map(({ candidate, deviation }) => `${candidate.point.name} ${signed(deviation.value - deviation.usual)} kW`);
  const unlike = unlikeItself(moved, equipment);
  if (named.length > 0) return `${against}: ${named.join(", ")}.${unlike === undefined ? "" : ` Most unlike itself was ${unlike}.`}`;
  return `${against}${unlike === undefined ? "; nothing else was unlike itself" : `; most unlike itself was ${unlike}`}.`;
}

/**
 * The equipment most of whose series stood elsewhere, with what stood out most; what serves others before what is served, for it reaches
 * further. Missing: undefined where nothing did.
 */
function unlikeItself(moved: readonly Moved[], equipment: EquipmentById): string | undefined {
  const clear = moved.filter(({ deviation }) => Math.abs(deviation.score) >= MOVED);
  const byEquipment = new Map<string, Moved[]>();
  for (const one of clear) {
    const id = one.candidate.guess.equipment ?? "";
    byEquipment.set(id, [...(byEquipment.get(id) ?? []), one]);
  }
  const isZone = (id: string): number => (ZONE_TYPES.includes(equipment.get(id)?.type ?? "other") ? 1 : 0);
  const weight = (of: readonly Moved[]): number =>
    of.reduce((sum, { deviation }) => sum + Math.min(MOST_SCORE, Math.abs(deviation.score)), 0);
  const ranked = [...byEquipment]
    .filter(([id, of]) => equipment.has(id) && of.some(isNoPower))
    .sort(([a, of], [b, other]) => isZone(a) - isZone(b) || weight(other) - weight(of));
  const [id, of] = ranked[0] ?? [];
  const first = (of ?? clear).find(isNoPower);
  if (first === undefined) return undefined;
  const name = id === undefined ? undefined : equipment.get(id)?.name;
  const { value, usual } = first.deviation;
  const stood = `${withUnit(value, first)}, usually ${withUnit(usual, first)}`;
  return name === undefined
    ? `${first.candidate.point.name} (${stood})`
    : `${name} (${withoutName(first.candidate.point.name, name)} ${stood})`;
}

/** What is power is named as a part of the whole already. */
const isNoPower = ({ candidate }: Moved): boolean => !candidate.isPower;

/** A series against itself, in words. */
export function moverSentence(moved: Moved, equipment: EquipmentById): string {
  const { value, usual, sharePct } = moved.deviation;
  const share = sharePct >= 1 ? `, ${Math.round(sharePct)} % of what was above usual` : "";
  return `${titleOf(moved, equipment)} stood at ${withUnit(value, moved)}, usually ${figures(usual)}${share}.`;
}

function titleOf({ candidate: { point, guess } }: Moved, equipment: EquipmentById): string {
  const name = guess.equipment === undefined ? undefined : equipment.get(guess.equipment)?.name;
  return name === undefined || beginsWith(point.name, name) ? point.name : `${name}, ${point.name}`;
}

/** "AHU-3 Mixed Air Temp" of AHU 3 is its "Mixed Air Temp". */
function withoutName(text: string, name: string): string {
  const rest = beginsWith(text, name) ? text.slice(name.length).trim() : text;
  return rest === "" ? text : rest;
}

/** Whether a name stands in front of a text, however its parts are joined. */
function beginsWith(text: string, name: string): boolean {
  const plain = (words: string): string => words.toLowerCase().replaceAll(/[^a-z0-9]/g, " ");
  return plain(text).startsWith(plain(name));
}

function withUnit(value: number, { candidate: { unit } }: Moved): string {
  return unit === "" ? figures(value) : `${figures(value)} ${unit}`;
}

const signed = (value: number): string => `${value < 0 ? "−" : "+"}${figures(Math.abs(value))}`;

/** Three significant digits, and no digits invented before the point. */
function figures(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits).replace(/\.0+$/, "");
}
