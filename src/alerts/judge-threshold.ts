import type { Judgement } from "./alert.ts";
import { crossingWords, limitText } from "./limit-words.ts";
import type { ThresholdRule } from "./rule.ts";
import { type Case, placeOf, stand } from "./standing.ts";
import { durationText, valueText } from "./words.ts";

/** A value is beyond a limit, for as long as the rule asks. */
export function judgeThreshold(of: Case<ThresholdRule>): Judgement {
  const { rule, observation } = of;
  const { title, value, unit } = observation;
  const lasting = rule.forMs > 0 ? ` for ${durationText(rule.forMs)}` : "";
  return stand(of, placeOf(value, rule), {
    forMs: rule.forMs,
    fired: () => ({
      title: crossingWords(title, observation, rule),
      text: `${title} is ${valueText(value, unit)}; the rule "${rule.name}" tells when it is ${limitText(rule, unit)}${lasting}.`,
    }),
    cleared: (lastedMs) => ({
      title: `${title} is ${valueText(value, unit)} again`,
      text: `${title} is within its limits again. It was beyond for ${durationText(lastedMs)}.`,
    }),
  });
}
