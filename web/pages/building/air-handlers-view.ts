import type { AirHandlerAnswer, BuildingAnswer, ZoneRowAnswer } from "#contract/building.ts";
import type { PointNowAnswer } from "#contract/building-parts.ts";
import { durationWords } from "#web/charts/time-words.ts";
import { NOT_KNOWN } from "#web/parts/format-number.ts";
import { roleWords } from "#web/parts/role-words.ts";
import { pointOf } from "./zone-figures.ts";
import { percentText, tempNumber, tempText, valueText } from "./zone-words.ts";
import { byName } from "./zones-view.ts";

/** "3 of 4 air handlers run; AHU 3: discharge air 2.2 °F above its setpoint." */
export function airHandlersSentence(airHandlers: readonly AirHandlerAnswer[]): string {
  const known = airHandlers.filter(({ running }) => running !== null);
  const running = known.filter((one) => one.running === true).length;
  const worst = airHandlers.find(({ findings }) => findings.some(({ severity }) => severity !== "note"));
  const finding = worst?.findings[0];
  const total = airHandlers.length;
  const run =
    known.length === 0
      ? `Whether ${total === 1 ? "the air handler runs" : `any of ${total} air handlers runs`} is not known`
      : total === 1
        ? `The air handler ${running === 1 ? "runs" : "is off"}`
        : `${running} of ${total} air handlers run`;
  if (worst === undefined || finding === undefined) return `${run}; nothing was found at ${total === 1 ? "it" : "any of them"}.`;
  return `${run}; ${worst.equipment.name}: ${lowered(finding.sentence)}.`;
}

/** A sentence as it goes on within another one: names and units at its start stay as they are. */
const lowered = (sentence: string): string =>
  (/^[A-Z][a-z]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence).replace(/\.$/, "");

/** Those with findings first, the gravest before; then by name. */
export function sortedHandlers(airHandlers: readonly AirHandlerAnswer[]): AirHandlerAnswer[] {
  return [...airHandlers].sort((a, b) => gravity(b) - gravity(a) || byName(a.equipment.name, b.equipment.name));
}

const WEIGHTS = { critical: 3, warning: 2, note: 1 } as const;
const gravity = ({ findings }: AirHandlerAnswer): number => Math.max(0, ...findings.map(({ severity }) => WEIGHTS[severity]));

/** Its zones in the order of names, with what the overview knows of them. */
export function zonesOf(airHandler: AirHandlerAnswer, zones: readonly ZoneRowAnswer[]): ZoneRowAnswer[] {
  const ids = new Set(airHandler.zones);
  return zones.filter(({ zone }) => ids.has(zone.id)).sort((a, b) => byName(a.zone.name, b.zone.name));
}

/** One figure of an air handler. */
export interface HandlerFact {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

/** Values that have their own line, or none worth one. */
const TOLD: ReadonlySet<string> = new Set(["discharge-air-temp", "discharge-air-setpoint", "duct-pressure", "duct-pressure-setpoint"]);
const MORE = [
  "fan-speed",
  "fan-status",
  "mixed-air-temp",
  "return-air-temp",
  "outdoor-air-temp",
  "outdoor-air-damper",
  "cooling-valve",
  "cooling-command",
  "heating-valve",
  "heating-command",
  "power",
] as const;
const MOST_FACTS = 8;

/** Discharge air against its setpoint, pressure, what it ran, how comfortable its zones were, and its other values. */
export function handlerFacts({ now, starts, runMs, comfortPct }: AirHandlerAnswer, when: string): HandlerFact[] {
  const more = MORE.flatMap((role) => {
    const point = now.find((one) => one.role === role);
    return point === undefined || TOLD.has(role) ? [] : [{ label: roleWords(role), value: goodText(point), note: noteOf(point) }];
  });
  return [
    ...pairFact(now, ["discharge-air-temp", "discharge-air-setpoint"], "Discharge air"),
    ...pairFact(now, ["duct-pressure", "duct-pressure-setpoint"], "Duct pressure"),
    {
      label: `Ran ${when}`.trim(),
      value: ranText(runMs),
      note: runMs === null ? "" : startsText(starts),
    },
    { label: "Zone comfort", value: comfortPct === null ? "not judged" : percentText(comfortPct, 1), note: "" },
    ...more,
  ].slice(0, MOST_FACTS);
}

function pairFact(now: readonly PointNowAnswer[], [role, setpoint]: readonly [string, string], label: string): HandlerFact[] {
  const point = pointOf(now, [role]);
  if (point === undefined) return [];
  const wanted = pointOf(now, [setpoint]);
  const known = wanted !== undefined && !wanted.bad && wanted.value !== null;
  const temperature = /°/.test(point.unit);
  const of = !known ? "" : temperature ? `setpoint ${tempText(wanted.value, wanted.unit)}` : `setpoint ${valueText(wanted)}`;
  return [{ label, value: goodText(point), note: [of, noteOf(point), known ? noteOf(wanted) : ""].filter(Boolean).join(", ") }];
}

const goodText = (point: PointNowAnswer): string =>
  point.bad ? "bad value" : /°/.test(point.unit) ? `${tempNumber(point.value)}\u00a0${point.unit}` : valueText(point);
const noteOf = (point: PointNowAnswer): string => (point.overridden ? "overridden" : "");
const ranText = (runMs: number | null): string => (runMs === null ? NOT_KNOWN : runMs === 0 ? "not at all" : durationWords(runMs));
const startsText = (starts: number): string => (starts === 0 ? "no start" : starts === 1 ? "1 start" : `${starts} starts`);

/** Zones nobody knows the air handler of. */
export const unservedZones = ({ zones }: Pick<BuildingAnswer, "zones">): number =>
  zones.filter(({ zone }) => zone.servedBy === null).length;
