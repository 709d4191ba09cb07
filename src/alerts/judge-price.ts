import type { Judgement } from "./alert.ts";
import { crossingWords, limitText } from "./limit-words.ts";
import type { PriceRule } from "./rule.ts";
import { type Case, placeOf, stand } from "./standing.ts";
import { durationText, valueText } from "./words.ts";

/** A price is above or below a limit: time to use less, or to charge. */
export function judgePrice(of: Case<PriceRule>): Judgement {
  const { rule, observation } = of;
  const { title, value, unit } = observation;
  return stand(of, placeOf(value, rule), {
    fired: () => ({
      title: crossingWords(title, observation, rule),
      text: `${title} is ${valueText(value, unit)} now; the rule "${rule.name}" tells when it is ${limitText(rule, unit)}.`,
    }),
    cleared: (lastedMs) => ({
      title: `${title} is ${valueText(value, unit)} again`,
      text: `The price is within its limits again. It was beyond for ${durationText(lastedMs)}.`,
    }),
  });
}
