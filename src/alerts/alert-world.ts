import { type AlertState, CLEAR, type Notice, type Observation } from "./alert.ts";
import { judge } from "./judge.ts";
import type { Rule } from "./rule.ts";

export const T0 = Date.UTC(2026, 2, 2, 5);
export const MINUTE_MS = 60_000;
export const QUARTER_MS = 900_000;

export const ANY = { id: "rule", name: "Rule", severity: "warning", channels: [], enabled: true } as const;

/** One look: when, and what there is to see. */
export interface Look {
  readonly nowMs: number;
  readonly observation: Observation;
}

/** A look at the meter. Missing: NaN for its value where none is said. */
export function seen(more: Partial<Observation> = {}): Observation {
  return { subject: "meter", title: "Electricity meter", value: Number.NaN, unit: "W", tMs: T0, ...more };
}

/** What a row of looks tells; `kept` stands for what a restart does to the state between two of them. */
export function tell(rule: Rule, looks: readonly Look[], kept: (state: AlertState) => AlertState = (state) => state): Notice[] {
  let state = CLEAR;
  return looks.flatMap(({ nowMs, observation }) => {
    const judged = judge(rule, observation, { state: kept(state), nowMs });
    state = judged.state;
    return judged.notices;
  });
}
