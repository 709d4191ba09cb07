import type { LiveValue, SeriesInfo } from "#contract/series.ts";
import { countText, numberText, styleOf } from "#web/parts/format-number.ts";
import { ageText } from "#web/parts/format-time.ts";
import { type Freshness, markOf, needsLook } from "#web/parts/freshness.ts";
import { mainPowerOf, type Section } from "./live-point.ts";

/** How many points are in each state. */
export type Counts = Readonly<Record<Freshness, number>>;

const MOST_SITES = 3;

/** Counts the states of all points at one moment. */
export function countStates(sections: readonly Section[], latest: (key: string) => LiveValue | undefined, nowMs: number): Counts {
  const counts = { fresh: 0, stale: 0, estimated: 0, suspect: 0, missing: 0 };
  for (const section of sections) {
    for (const { primary } of section.points) counts[markOf(primary, latest(primary.key), nowMs).state] += 1;
  }
  return counts;
}

/** "Mill Road draws 388 kW, Birkenweg 4 exports 1.42 kW; 4 of 46 points need a look." */
export function answerSentence(sections: readonly Section[], latest: (key: string) => LiveValue | undefined, nowMs: number): string {
  const counts = countStates(sections, latest, nowMs);
  const flows = sections.flatMap((section) => flowOf(section, latest, nowMs) ?? []).slice(0, MOST_SITES);
  const verdict = verdictOf(counts);
  return flows.length === 0 ? `${capital(verdict)}.` : `${flows.join(", ")}; ${verdict}.`;
}

/** "41 fresh, 2 stale, 1 missing": only the states that occur. */
export function countsText(counts: Counts): string {
  const said = Object.entries(counts).filter(([, count]) => count > 0);
  return said.map(([state, count]) => `${countText(count)} ${state}`).join(", ");
}

function verdictOf(counts: Counts): string {
  const states = Object.entries(counts) as [Freshness, number][];
  const total = states.reduce((sum, [, count]) => sum + count, 0);
  const look = states.reduce((sum, [state, count]) => sum + (needsLook(state) ? count : 0), 0);
  if (look === 0) return total === 1 ? "its one point is fresh" : `all ${countText(total)} points are fresh`;
  return `${countText(look)} of ${countText(total)} points ${look === 1 ? "needs" : "need"} a look`;
}

function flowOf(section: Section, latest: (key: string) => LiveValue | undefined, nowMs: number): string | undefined {
  const main = mainPowerOf(section.points);
  const live = main && latest(main.key);
  if (!main || !live || live.value === null) return undefined;
  const { state } = markOf(main, live, nowMs);
  if (state === "missing") return undefined;
  const late = state === "stale";
  const amount = numberText(Math.abs(live.value), styleOf(main));
  const when = late ? ` ${ageText(nowMs - live.tMs)} ago` : "";
  return `${section.site.name} ${verb(main, live.value, late)} ${amount}${when}`;
}

function verb(series: SeriesInfo, value: number, late: boolean): string {
  if (series.quantity === "market-demand") return late ? "needed" : "needs";
  if (value < 0) return late ? "exported" : "exports";
  return late ? "drew" : "draws";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
