import type { FaultFound, FindingRule } from "./fault-rule.ts";

/** How times are said where the reader lives. */
export interface TimeWords {
  /** "Mon 16:10". */
  readonly instant: (tMs: number) => string;
  /** "5 h 10 min". */
  readonly duration: (ms: number) => string;
}

/** Their sentences say how long or how often by themselves. */
const SAY_IT: readonly FindingRule[] = ["flat-sensor", "short-cycling", "no-setpoint"];

/** A finding with its times: "Damper stuck at 22 % since Mon 16:10"; "…, 34 % of the time" for one that comes and goes. */
export function faultSentence(found: FaultFound, words: TimeWords): string {
  const { sentence, sinceMs, sharePct, longestMs } = found;
  if (SAY_IT.includes(found.rule)) return sentence;
  if (!Number.isNaN(sinceMs)) return `${sentence} since ${words.instant(sinceMs)}${found.sinceOrBefore === true ? " or earlier" : ""}`;
  if (sharePct >= 1) return `${sentence}, ${Math.round(sharePct)} % of the time`;
  return longestMs > 0 ? `${sentence}, ${words.duration(longestMs)} at the longest` : sentence;
}
