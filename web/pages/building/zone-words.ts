import type { ZoneRowAnswer } from "#contract/building.ts";
import type { PointNowAnswer } from "#contract/building-parts.ts";
import { NOT_KNOWN, numberText, unitText } from "#web/parts/format-number.ts";
import { roleWords } from "#web/parts/role-words.ts";
import type { ZoneFigures } from "./zone-figures.ts";
import { STANDINGS } from "./zone-standing.ts";

const NO_BREAK = "\u00a0";

/** "79.6": temperatures keep one decimal, so that a column of them lines up. */
export function tempNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? NOT_KNOWN : value.toFixed(1).replace("-", "−");
}

/** "79.6 °F". */
export const tempText = (value: number | null | undefined, unit: string): string =>
  value === null || value === undefined ? NOT_KNOWN : `${tempNumber(value)}${NO_BREAK}${unitText(unit)}`;

/** "71.5 – 75.5", one limit as "up to 75.5"; nothing without any. */
export function bandText(low: number | null, high: number | null): string {
  if (low !== null && high !== null) return `${tempNumber(low)} – ${tempNumber(high)}`;
  if (low !== null) return `from ${tempNumber(low)}`;
  return high === null ? "" : `up to ${tempNumber(high)}`;
}

/** How far a temperature is from its band, in words and in how grave it is. */
export interface Deviation {
  readonly words: string;
  readonly tone: "bad" | "warn" | "muted" | "faint";
}

/** Beyond this a room is uncomfortable for anybody: two degrees Fahrenheit. */
const GRAVE = { "°F": 2, "°C": 10 / 9, K: 10 / 9 } as Readonly<Record<string, number>>;

/** "+4.1 °F above", "inside", "sensor flat". */
export function deviationOf(row: Pick<ZoneRowAnswer, "standing" | "outsideBy" | "unit">): Deviation {
  const { standing, outsideBy, unit } = row;
  if (!STANDINGS[standing].compared) return { words: STANDINGS[standing].word, tone: standing === "bad" ? "bad" : "muted" };
  if (outsideBy === null) return { words: standing === "silent" ? "last value" : "not compared", tone: "muted" };
  if (outsideBy === 0) return { words: standing === "silent" ? "was inside" : "inside", tone: "faint" };
  const sign = outsideBy > 0 ? "+" : "−";
  const words = `${sign}${Math.abs(outsideBy).toFixed(1)}${NO_BREAK}${unitText(unit)} ${outsideBy > 0 ? "above" : "below"}`;
  if (standing === "silent") return { words, tone: "muted" };
  return { words, tone: Math.abs(outsideBy) >= (GRAVE[unitText(unit)] ?? 2) ? "bad" : "warn" };
}

/** "312 of 640 cfm"; without a setpoint the flow alone. */
export function flowText({ flow, flowSetpoint, flowUnit }: Pick<ZoneFigures, "flow" | "flowSetpoint" | "flowUnit">): string | undefined {
  if (flow === undefined) return undefined;
  const unit = unitText(flowUnit);
  if (flowSetpoint === undefined) return `${flowNumber(flow, unit)}${NO_BREAK}${unit}`;
  return `${flowNumber(flow, unit)} of ${flowNumber(flowSetpoint, unit)}${NO_BREAK}${unit}`;
}

/** Of these a box moves hundreds: a part of one is noise. */
const MANY = /^(cfm|L\/s|m[3³]\/h)$/i;

/** "312", "0.147": whole in units of which a box moves many, else three significant digits; the sender's own unit. */
export function flowNumber(value: number, unit: string): string {
  const few = value !== 0 && !MANY.test(unit) && (/^m[3³]\/s$/.test(unit) || Math.abs(value) < 1);
  return few ? numberText(value, { unit: "", keepUnit: true }) : numberText(Math.round(value), { unit: "", exact: true });
}

/** "100 %", "on", "stage 2": a value as its sender means it. */
export function valueText(point: Pick<PointNowAnswer, "value" | "text" | "unit">): string {
  if (point.text !== "") return point.text;
  if (/^°?[CF]$/.test(point.unit)) return tempText(point.value, point.unit);
  if (point.unit === "%") return point.value === null ? NOT_KNOWN : `${Math.round(point.value)}${NO_BREAK}%`;
  if (point.unit === "cfm" && point.value !== null) return `${flowNumber(point.value, point.unit)}${NO_BREAK}${point.unit}`;
  return numberText(point.value === null ? null : Number(point.value.toPrecision(3)), { unit: point.unit, exact: true });
}

/** Whether reheat is worth a word on a small card. */
export const isHeating = (reheat: PointNowAnswer | undefined): boolean =>
  reheat !== undefined && ((reheat.value ?? 0) > 0 || /^(on|active|true|stage [1-9])/i.test(reheat.text));

/** "comfort 54 %"; "not judged" where there was nothing to judge by. */
export function comfortText({ comfort, lastComfortPct }: Pick<ZoneRowAnswer, "comfort" | "lastComfortPct">): string {
  if (comfort.withinTimePct !== null) return `comfort ${percentText(comfort.withinTimePct)}`;
  return lastComfortPct === null ? "not judged" : `${percentText(lastComfortPct)} when last open`;
}

/** "93 %"; never 100 for something that was not quite. */
export function percentText(pct: number | null, digits = 0): string {
  if (pct === null) return NOT_KNOWN;
  const shown = pct < 100 && Number(pct.toFixed(digits)) === 100 ? 100 - 10 ** -digits : pct;
  return `${shown.toFixed(digits)}${NO_BREAK}%`;
}

/** "overridden: damper position, airflow setpoint". */
export function overriddenTitle(points: readonly PointNowAnswer[]): string {
  const named = points.map(({ role }) => roleWords(role)).map((words) => words.charAt(0).toLowerCase() + words.slice(1));
  return `overridden: ${named.join(", ")}`;
}

/** "floor 3" for a bare number or letter, else as somebody named it: "Roof". */
export function floorText(floor: string): string {
  return /^(\p{L}{0,2}-?\d{1,3}|\p{L}{1,2})$/u.test(floor) ? `floor ${floor}` : floor;
}

/** What the health of a zone calls its reasons; one that nobody knows as it came. */
const REASONS: Readonly<Record<string, string>> = {
  cold_zone: "Too cold for much of the time",
  hot_zone: "Too warm for much of the time",
  poor_flow_tracking: "Airflow often far from its setpoint",
  damper_leak: "Air passes a closed damper",
  damper_stuck: "Little air through an open damper",
};
export const reasonText = (reason: string): string => REASONS[reason] ?? reason;

/** "07:00 – 18:00". */
export function hoursText({ fromMinute, toMinute }: { readonly fromMinute: number; readonly toMinute: number }): string {
  const clock = (minute: number) => `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  return `${clock(fromMinute)} – ${clock(toMinute)}`;
}

/** "5.2 °F·h": how far outside, times how long. */
export function degreeHoursText(value: number | null, unit: string): string {
  if (value === null) return NOT_KNOWN;
  return `${value.toFixed(1)}${NO_BREAK}${unitText(unit)}·h`;
}
