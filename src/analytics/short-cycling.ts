import { HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import { AIR_HANDLER_RULES } from "./air-handler-rules.ts";
import type { FaultFound } from "./fault-rule.ts";
import type { SwitchRun } from "./switch-runs.ts";

const RULE = AIR_HANDLER_RULES.shortCycling;
const SHORT_MS = RULE.thresholds.short.value * MINUTE_MS;
const WINDOW_MS = 24 * HOUR_MS;

/** Runs shorter than ten minutes, of those whose start and end were seen. */
export function shortRuns(runs: readonly SwitchRun[]): SwitchRun[] {
  return runs.filter((run) => run.whole && run.toMs - run.fromMs < SHORT_MS);
}

/** A compressor that stops soon after it started, again and again within 24 hours. Missing: undefined where it does not. */
export function shortCycling(runs: readonly SwitchRun[]): FaultFound | undefined {
  const short = shortRuns(runs);
  const { warning, critical } = RULE.thresholds;
  let count = 0;
  let first = 0;
  short.forEach((run, i) => {
    while ((short[first] as SwitchRun).fromMs <= run.fromMs - WINDOW_MS) first += 1;
    count = Math.max(count, i - first + 1);
  });
  if (count < warning.value) return undefined;
  const lasting = (of: readonly SwitchRun[]): number => of.reduce((sum, run) => sum + run.toMs - run.fromMs, 0);
  return {
    key: RULE.key,
    rule: RULE.rule,
    severity: count >= critical.value ? "critical" : "warning",
    sinceMs: Number.NaN,
    sharePct: Number.NaN,
    judgedMs: lasting(runs),
    faultMs: lasting(short),
    longestMs: short.reduce((most, run) => Math.max(most, run.toMs - run.fromMs), 0),
    sentence: `${count} runs shorter than 10 min within 24 hours`,
    numbers: { count, short: short.length, runs: runs.length },
    source: RULE.source,
  };
}
