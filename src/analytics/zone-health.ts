import { convertDifference } from "#units/unit.ts";

/** How well a zone is, by what, and why. */
export interface HealthAnswer {
  readonly variant: "seed" | "later";
  /** 0..100; NaN where nothing is known. */
  readonly score: number;
  readonly status: "critical" | "warning" | "ok" | "no-data";
  readonly reasons: readonly HealthReason[];
  /** The parts of the score with their weights; NaN where not available. */
  readonly parts: readonly HealthPart[];
}

export type HealthReason = "cold_zone" | "hot_zone" | "poor_flow_tracking" | "damper_leak" | "damper_stuck";

export interface HealthPart {
  readonly name: string;
  readonly value: number;
  readonly weight: number;
}

/** Figures a zone's health is made of, percent. NaN for what is not available. */
export interface HealthFigures {
  /** Occupied samples inside the band. */
  readonly comfortPct: number;
  /** Mean distance from the setpoint, signed, in `temperatureUnit`. */
  readonly meanError: number;
  readonly temperatureUnit: "°F" | "°C";
  /** Airflow samples inside the tolerance. */
  readonly flowPct: number;
  /** Rows with the damper open and next to no air. */
  readonly damperStuckPct: number;
  /** Rows with the damper closed and plenty of air. */
  readonly damperLeakPct: number;
  /** Rows with reheat on although it is warm. */
  readonly reheatWastePct: number;
}

const WEIGHTS = { comfort: 3, flow: 2, "damper-stuck": 1, "damper-leak": 1, reheat: 1 } as const;

/**
 * Health as the older system first had it: one score, the weighted mean of what is available.
 * Units:   percent. The status is ours: the older system had a score alone.
 * Missing: a figure that is NaN takes its weight along; none at all: NaN and `no-data`.
 */
export function seedHealth(figures: HealthFigures): HealthAnswer {
  const parts = partsOf(figures);
  const score = scoreOf(parts);
  const status = Number.isNaN(score) ? "no-data" : score < 50 ? "critical" : score < 80 ? "warning" : "ok";
  return { variant: "seed", score, status, reasons: [], parts };
}

/**
 * Health as later versions of the older system had it: a status by thresholds of each figure, with reasons, the gravest first.
 * The score is the weighted mean of the same figures, so that zones of one status have an order.
 * Missing: a figure that is NaN says nothing; none at all: `no-data`.
 */
export function laterHealth(figures: HealthFigures): HealthAnswer {
  const parts = partsOf(figures);
  const score = scoreOf(parts);
  const critical: HealthReason[] = [];
  const warning: HealthReason[] = [];
  const { comfortPct, flowPct } = figures;
  const error = convertDifference(figures.meanError, figures.temperatureUnit, "°F");
  if (comfortPct < 80) {
    const far = comfortPct < 50 && atLeast(Math.abs(error), 3);
    if (error !== 0 && !Number.isNaN(error)) (far ? critical : warning).push(error < 0 ? "cold_zone" : "hot_zone");
  }
  if (flowPct < 70) (flowPct < 40 ? critical : warning).push("poor_flow_tracking");
  for (const [pct, reason] of [
    [figures.damperLeakPct, "damper_leak"],
    [figures.damperStuckPct, "damper_stuck"],
  ] as const) {
    if (pct >= 10) (pct > 30 ? critical : warning).push(reason);
  }
  const warned = warning.length > 0 || comfortPct < 80;
  const status = Number.isNaN(score) ? "no-data" : critical.length > 0 ? "critical" : warned ? "warning" : "ok";
  return { variant: "later", score, status, reasons: [...critical, ...warning], parts };
}

function partsOf(figures: HealthFigures): HealthPart[] {
  const part = (name: keyof typeof WEIGHTS, value: number): HealthPart => ({ name, value, weight: WEIGHTS[name] });
  return [
    part("comfort", figures.comfortPct),
    part("flow", figures.flowPct),
    part("damper-stuck", 100 - figures.damperStuckPct),
    part("damper-leak", 100 - figures.damperLeakPct),
    part("reheat", 100 - figures.reheatWastePct),
  ];
}

/** Weighted mean of the parts there are. Missing: NaN of none. */
function scoreOf(parts: readonly HealthPart[]): number {
  const known = parts.filter((part) => !Number.isNaN(part.value));
  const weight = known.reduce((sum, part) => sum + part.weight, 0);
  return known.reduce((sum, part) => sum + part.weight * part.value, 0) / weight;
}

/** A hair below counts: a conversion may not decide. */
function atLeast(value: number, least: number): boolean {
  return value > least - 1e-9;
}
