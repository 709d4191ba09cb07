import type { Judgement } from "./alert.ts";
import type { StaleRule } from "./rule.ts";
import { type Case, stand } from "./standing.ts";
import { durationText } from "./words.ts";

const LEAST_MS = 600_000;
/** A source whose habit is not known yet: it said too little. */
const UNKNOWN_MS = 86_400_000;
const TIMES_USUAL = 6;
const MINUTE_MS = 60_000;

/** How long a source may say nothing. */
export function silenceLimitMs(rule: Pick<StaleRule, "afterMs">, spacingMs = Number.NaN): number {
  if (rule.afterMs !== undefined) return rule.afterMs;
  return Number.isNaN(spacingMs) ? UNKNOWN_MS : Math.max(LEAST_MS, TIMES_USUAL * spacingMs);
}

/** Nothing came from a source for a while. A source that never said anything is not missed: its page says so. */
export function judgeStale(of: Case<StaleRule>): Judgement {
  const { rule, observation, nowMs } = of;
  const { tMs, title, spacingMs } = observation;
  const silentMs = nowMs - tMs;
  const limitMs = silenceLimitMs(rule, spacingMs);
  const place = Number.isNaN(silentMs) ? "unknown" : silentMs >= limitMs ? "beyond" : "inside";
  const seen = { ...of, observation: { ...observation, value: Math.round(Math.max(0, silentMs) / MINUTE_MS), unit: "min" } };
  return stand(seen, place, {
    fired: () => ({
      title: `${title} has been silent for ${durationText(silentMs)}`,
      text:
        `Nothing has come from ${title} for ${durationText(silentMs)}; ${durationText(limitMs)} without a word is too long for it. ` +
        "Look whether it has power and network and whether the broker runs. What it sends meanwhile may be lost.",
    }),
    cleared: (lastedMs) => ({
      title: `${title} speaks again`,
      text: `Messages of ${title} come again. It was missed for ${durationText(lastedMs)}.`,
    }),
  });
}
