import { HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import { conversion } from "#units/unit.ts";
import { tenth } from "./fault-found.ts";
import type { FaultFound, FaultRule, FindingSeverity, Threshold } from "./fault-rule.ts";
import { SENSOR_RULES } from "./sensor-rules.ts";

/** What hangs there: which values can be, and whether it has to move. */
export type SensorKind = "room-temperature" | "air-temperature" | "flow" | "share" | "other" | "setpoint" | "command" | "state";

/** Samples of one history as they came, ascending: sentinels and impossible values still in them. */
export interface SensorSamples {
  readonly tMs: Float64Array;
  /** NaN where the sender itself called a sample bad. */
  readonly value: Float64Array;
  readonly kind: SensorKind;
  readonly unit: string;
  /** True for points that speak when they change. */
  readonly changeOfValue: boolean;
  /** Usual distance of its samples; NaN unknown. */
  readonly usualMs: number;
  /** The instant it is asked for: now, or the end of a range of the past. */
  readonly atMs: number;
  /** Newest sample of its station, whatever the point, no later than `atMs`; NaN unknown. */
  readonly stationMs: number;
}

export interface SensorSettings {
  readonly sentinels: readonly number[];
  readonly flatMs: number;
}

const HAIR = 1e-6;
const MOVES: readonly SensorKind[] = ["room-temperature", "air-temperature", "flow", "share", "other"];

/** What is wrong with the samples of one history. */
export function sensorFaults(samples: SensorSamples, settings: SensorSettings): FaultFound[] {
  const isSentinel = (value: number): boolean => settings.sentinels.some((one) => Math.abs(value - one) < HAIR);
  const [low, high] = limitsOf(samples);
  const isOut = (value: number): boolean => !isSentinel(value) && (value < low - HAIR || value > high + HAIR);
  const found = [
    sampleShare(samples, SENSOR_RULES.sentinel, isSentinel),
    sampleShare(samples, SENSOR_RULES.outOfRange, isOut),
    flatSensor(samples, { flatMs: settings.flatMs, isSentinel }),
    staleSensor(samples),
  ];
  return found.filter((one) => one !== undefined);
}

/** Values one by one: a share of the samples, and since when all of them are so. */
function sampleShare(samples: SensorSamples, rule: FaultRule, isFault: (value: number) => boolean): FaultFound | undefined {
  const { tMs, value, unit } = samples;
  let [known, faults, sinceMs, last] = [0, 0, Number.NaN, Number.NaN];
  for (let i = 0; i < tMs.length; i += 1) {
    const now = value[i] as number;
    if (Number.isNaN(now)) continue;
    known += 1;
    if (!isFault(now)) {
      sinceMs = Number.NaN;
      continue;
    }
    faults += 1;
    last = now;
    if (Number.isNaN(sinceMs)) sinceMs = tMs[i] as number;
  }
  if (faults === 0) return undefined;
  const sharePct = (100 * faults) / known;
  const { note, warning, critical, lasting } = rule.severity;
  const byShare: FindingSeverity | undefined =
    sharePct >= critical ? "critical" : sharePct >= warning ? "warning" : sharePct >= note ? "note" : undefined;
  const severity = byShare === undefined || byShare === "note" ? (Number.isNaN(sinceMs) ? byShare : lasting) : byShare;
  if (severity === undefined) return undefined;
  const said = `${tenth(last)}${unit === "" ? "" : ` ${unit}`}`;
  const sentence = rule.rule === "sentinel" ? `Sends ${said}, which stands for no value` : `Says ${said}, which cannot be`;
  const numbers = { value: last, samples: faults, known };
  return finding(rule, { severity, sinceMs, ...orBefore(faults === known), sharePct, sentence, numbers });
}

/** A sensor that stands exactly still up to its newest sample, or to the newest of its station where it speaks on change. */
function flatSensor(
  { tMs, value, kind, unit, changeOfValue, stationMs, atMs }: SensorSamples,
  { flatMs, isSentinel }: { flatMs: number; isSentinel: (value: number) => boolean },
): FaultFound | undefined {
  if (!MOVES.includes(kind)) return undefined;
  let i = tMs.length - 1;
  while (i >= 0 && Number.isNaN(value[i])) i -= 1;
  const last = value[i];
  if (last === undefined || isSentinel(last) || atRest(kind, last)) return undefined;
  const newestMs = changeOfValue
    ? Math.min(atMs, Math.max(tMs[i] as number, Number.isNaN(stationMs) ? -Infinity : stationMs))
    : (tMs[i] as number);
  let sinceMs = tMs[i] as number;
  let samples = 0;
  for (; i >= 0 && (Number.isNaN(value[i]) || value[i] === last); i -= 1) {
    if (Number.isNaN(value[i])) continue;
    sinceMs = tMs[i] as number;
    samples += 1;
  }
  const lastedMs = newestMs - sinceMs;
  if (lastedMs < flatMs || (!changeOfValue && samples < 3)) return undefined;
  const sentence = `Exactly ${tenth(last)}${unit === "" ? "" : ` ${unit}`} for ${Math.floor(lastedMs / HOUR_MS)} h; not judged`;
  const severity = SENSOR_RULES.flat.severity.lasting;
  return finding(SENSOR_RULES.flat, {
    severity,
    sinceMs,
    ...orBefore(i < 0),
    sharePct: Number.NaN,
    sentence,
    numbers: { value: last, hours: lastedMs / HOUR_MS },
  });
}

/** Airflows that are none and positions at their ends stand still for good reasons. */
function atRest(kind: SensorKind, value: number): boolean {
  if (kind === "flow") return value <= 0;
  return (kind === "share" || kind === "other") && (value <= 0 || value === 100);
}

/** A polled history that has stopped while its station goes on. */
function staleSensor({ tMs, changeOfValue, usualMs, atMs, stationMs }: SensorSamples): FaultFound | undefined {
  const rule = SENSOR_RULES.stale;
  const lastMs = tMs.at(-1);
  if (changeOfValue || lastMs === undefined || Number.isNaN(usualMs)) return undefined;
  const patienceMs = Math.max(rule.thresholds.times.value * usualMs, rule.thresholds.least.value * MINUTE_MS);
  const alive = Number.isNaN(stationMs) || stationMs - lastMs > patienceMs;
  if (!alive || atMs - lastMs <= patienceMs) return undefined;
  const numbers = { silentMs: atMs - lastMs, usualMs };
  return finding(rule, { severity: rule.severity.lasting, sinceMs: lastMs, sharePct: Number.NaN, sentence: "No reading", numbers });
}

/** The values that can be, in the unit of the samples; without limits where the unit is unknown. */
function limitsOf({ kind, unit }: SensorSamples): [low: number, high: number] {
  const limits = SENSOR_RULES.outOfRange.thresholds;
  if (kind === "room-temperature") return [inUnit(limits.coldRoom, unit, -Infinity), inUnit(limits.hotRoom, unit, Infinity)];
  if (kind === "air-temperature") return [inUnit(limits.coldAir, unit, -Infinity), inUnit(limits.hotAir, unit, Infinity)];
  if (kind === "flow") return [inUnit(limits.negativeFlow, unit, -Infinity), Infinity];
  if (kind === "share") return [limits.lowShare.value, limits.highShare.value];
  return [-Infinity, Infinity];
}

function inUnit(threshold: Threshold, unit: string, unknown: number): number {
  return conversion(threshold.unit, unit)?.(threshold.value) ?? unknown;
}

/** Of what was so from the first sample on nobody knows when it began. */
function orBefore(fromFirst: boolean): Pick<FaultFound, "sinceOrBefore"> {
  return fromFirst ? { sinceOrBefore: true } : {};
}

type Said = Pick<FaultFound, "severity" | "sinceMs" | "sinceOrBefore" | "sharePct" | "sentence" | "numbers">;

function finding(rule: FaultRule, said: Said): FaultFound {
  return { key: rule.key, rule: rule.rule, source: rule.source, judgedMs: 0, faultMs: 0, longestMs: 0, ...said };
}
