import { localText } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type { Range } from "#store/store.ts";
import type { Moved } from "./peak-movers.ts";

interface PeakTold {
  readonly of: { readonly name: string; readonly valueKw: number; readonly usualKw: number };
  readonly range: Range;
  readonly zone: Zone;
  readonly days: number;
}

/** Shares below this are not worth a place in the first line. */
const LEAST_SHARE_PCT = 8;
const MOST_NAMED = 3;

/** The first line: how much, how much above usual, and what it was made of. */
export function peakSentence({ of, range, zone, days }: PeakTold, moved: readonly Moved[], names: ReadonlyMap<string, string>): string {
  const clock = (tMs: number): string => localText(tMs, zone).slice(11, 16);
  const when = `On ${localText(range.fromMs, zone).slice(0, 10)} from ${clock(range.fromMs)} to ${clock(range.toMs)}`;
  if (Number.isNaN(of.valueKw)) return `${when} nobody knows what ${of.name} drew.`;
  const drew = `${when} ${of.name} drew ${figures(of.valueKw)} kW`;
  if (days < 3) return `${drew}; there are not enough days alike to tell what is usual.`;
  const above = of.valueKw - of.usualKw;
  const against = `${figures(Math.abs(above))} kW ${above < 0 ? "below" : "above"} the middle of ${days} days alike`;
  const parts = moved
    .filter(({ candidate, deviation }) => candidate.isPower && deviation.sharePct >= LEAST_SHARE_PCT)
    .toSorted((a, b) => b.deviation.sharePct - a.deviation.sharePct)
    .slice(0, MOST_NAMED)
    .map(({ candidate, deviation }) => `${candidate.point.name} ${signed(deviation.value - deviation.usual)} kW`);
  if (parts.length > 0 && above > 0) return `${drew}, ${against}: ${parts.join(", ")}.`;
  const first = moved.find(({ deviation }) => Math.abs(deviation.score) >= 2);
  return `${drew}, ${against}${first === undefined ? "; nothing else was unlike itself" : `; most unlike itself was ${titleOf(first, names)}`}.`;
}

/** A series against itself, in words. */
export function moverSentence(moved: Moved, names: ReadonlyMap<string, string>): string {
  const { value, usual, sharePct } = moved.deviation;
  const { unit } = moved.candidate;
  const share = sharePct >= 1 ? `, ${Math.round(sharePct)} % of what was above usual` : "";
  return `${titleOf(moved, names)} stood at ${figures(value)} ${unit}, usually ${figures(usual)}${share}.`;
}

function titleOf({ candidate: { point, guess } }: Moved, names: ReadonlyMap<string, string>): string {
  const equipment = guess.equipment === undefined ? undefined : names.get(guess.equipment);
  return equipment === undefined || point.name.toLowerCase().startsWith(equipment.toLowerCase())
    ? point.name
    : `${equipment}, ${point.name}`;
}

const signed = (value: number): string => `${value < 0 ? "−" : "+"}${figures(Math.abs(value))}`;

/** Three significant digits, and no digits invented before the point. */
function figures(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits).replace(/\.0+$/, "");
}
