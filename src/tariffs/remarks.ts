import { MINUTE_MS } from "#calendar/civil.ts";
import type { BillLine, Period } from "./bill.ts";
import { type DemandHistory, hasPeak } from "./demand-history.ts";
import type { Energy } from "./energy.ts";
import type { Part } from "./frame.ts";
import { windowRows } from "./peaks.ts";
import { earliest } from "./ratchet.ts";

export interface Remarked {
  readonly k: number;
  readonly period: Period;
  readonly parts: readonly Part[];
  readonly lines: readonly BillLine[];
  readonly energy: Energy;
  readonly coverage: number;
}

const USUAL_DAYS = { least: 27, most: 35 } as const;

/** What is estimated, missing or not certain about a bill, in words. */
export function remarksOf(history: DemandHistory, of: Remarked): string[] {
  return [
    ...aboutPeriod(history, of),
    ...aboutEnergy(history, of),
    ...aboutWindows(history, of),
    ...of.lines.flatMap(aboutDemand),
    ...aboutLookBack(history, of),
    ...aboutReactive(history, of),
    ...aboutSold(of),
  ];
}

function aboutPeriod({ frame }: DemandHistory, { k, period, parts }: Remarked): string[] {
  const remarks: string[] = [];
  const days = frame.periods.days(k);
  if (period.open) remarks.push("The period is not over: figures are to date.");
  if (period.predicted) remarks.push("An end of the period is not a read date that was stated, but predicted.");
  else if (frame.periods.rule.kind === "listed" && (days < USUAL_DAYS.least || days > USUAL_DAYS.most))
    remarks.push(`The period has ${days} days; ${USUAL_DAYS.least} to ${USUAL_DAYS.most} are usual. Is a read date missing or wrong?`);
  for (const part of parts.slice(1))
    remarks.push(
      `From ${part.of.version.validFrom} on another version of the plan applies, for ${part.days} of ${part.daysOfPeriod} days.`,
    );
  return remarks;
}

function aboutEnergy({ frame }: DemandHistory, { k, period, energy }: Remarked): string[] {
  if (energy.known === 0) return ["Nothing is known about this period: no energy and no demand."];
  const remarks: string[] = [];
  const expected = Math.floor((Math.min(period.toMs, frame.options.nowMs) - frame.period(k).fromMs) / frame.intervals.lengthMs);
  const missing = expected - energy.known;
  if (missing > 0)
    remarks.push(
      missing === 1
        ? `1 of ${expected} intervals is missing: its energy is not in the bill, and it may be the peak.`
        : `${missing} of ${expected} intervals are missing: their energy is not in the bill, and the peak may lie among them.`,
    );
  if (energy.estimatedKwh > 0)
    remarks.push(`${round(energy.estimatedKwh)} of ${round(energy.kwh)} kWh are estimated; estimated intervals set no demand.`);
  return remarks;
}

/** A charge over another time than the intervals can be made of them only where it is a multiple of theirs. */
function aboutWindows({ frame }: DemandHistory, { parts }: Remarked): string[] {
  const { lengthMs } = frame.intervals;
  return parts
    .flatMap(({ of }) => of.version.components.filter(hasPeak))
    .filter(({ peak: { window } }) => window !== undefined && window.minutes * MINUTE_MS !== windowRows(window, lengthMs) * lengthMs)
    .map(
      ({ name, peak }) =>
        `${name} is over ${peak.window?.minutes} minutes, which intervals of ${lengthMs / MINUTE_MS} minutes do not make up: its demand is that of the intervals.`,
    );
}

function aboutDemand({ name, demand }: BillLine): string[] {
  if (!demand) return [];
  const remarks: string[] = [];
  if (demand.uncertain)
    remarks.push(
      `${name}: metered demand is not certain, between ${round(demand.uncertain.lowKw)} and ${round(demand.uncertain.highKw)} kW.`,
    );
  if (demand.billedHighKw !== undefined)
    remarks.push(`${name}: billing demand is not certain, between ${round(demand.billedKw)} and ${round(demand.billedHighKw)} kW.`);
  if (demand.withExcluded && demand.withExcluded.count > 0)
    remarks.push(
      `${name}: ${counted(demand.withExcluded.count)} as energy and not as demand; otherwise billing demand would be ${round(demand.withExcluded.billedKw)} kW.`,
    );
  return remarks;
}

/** A look-back that reaches behind the first interval cannot see all it should. */
function aboutLookBack(history: DemandHistory, { k, parts }: Remarked): string[] {
  const { frame } = history;
  return parts
    .flatMap(({ of }) => of.version.components)
    .flatMap((component) => {
      if (component.kind !== "demand" || !component.ratchet) return [];
      for (let j = earliest(component.ratchet, k, frame.periods); j < frame.first; j += 1) {
        if (history.typed(component, j) !== undefined) continue;
        return [
          `${component.name}: demand before ${frame.period(frame.first).name} is not known, so the ratchet may be higher. Type the demand of old bills into the plan (seedPeaks).`,
        ];
      }
      return [];
    });
}

function aboutReactive({ frame }: DemandHistory, { parts, lines }: Remarked): string[] {
  const stated = parts.flatMap(({ of }) => of.version.components).filter((component) => component.kind === "reactive");
  return stated
    .filter(({ name }) => !lines.some((line) => line.name === name))
    .map(
      ({ name }) =>
        `${name}: reactive energy is not known, so the line is left out${frame.options.reactiveKvarh ? " for this period" : ""}.`,
    );
}

function aboutSold({ parts, lines }: Remarked): string[] {
  if (lines.some((line) => line.kind === "feed-in")) return [];
  const stated = parts.flatMap(({ of }) => of.version.components).filter((component) => component.kind === "feed-in");
  return stated.slice(0, 1).map(({ name }) => `${name}: what was sold is not counted, so the line is left out.`);
}

function counted(count: number): string {
  return count === 1 ? "1 interval with R17 counts" : `${count} intervals with R17 count`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
