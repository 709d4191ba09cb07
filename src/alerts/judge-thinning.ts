import type { Judgement } from "./alert.ts";
import type { ThinningRule } from "./rule.ts";
import { type Case, placeOf, stand } from "./standing.ts";
import { durationText, valueText } from "./words.ts";

/** What is left of a usual hour when the alert comes: 300 readings of 360, as the Tasmota MT681 monitor asked for. */
const SHARE_OF_USUAL = 5 / 6;
/** One reading more or less is no news. */
const BACK_INSIDE = 0.05;

/** Fewer readings than so many. Missing: NaN where it is not known what is usual. */
export function fewestReadings({ fewerThan }: Pick<ThinningRule, "fewerThan">, usual?: number): number {
  return usual === undefined ? fewerThan : Math.min(fewerThan, Math.floor(usual * SHARE_OF_USUAL));
}

/** Fewer readings than usual in a stretch of time: the reader, its network or the broker loses some. */
export function judgeThinning(of: Case<ThinningRule>): Judgement {
  const { rule, observation } = of;
  const { title, value, usual } = observation;
  const fewest = fewestReadings(rule, usual);
  const over = durationText(rule.overMs);
  const place = Number.isNaN(fewest) ? "unknown" : placeOf(value, { below: fewest, hysteresis: Math.ceil(fewest * BACK_INSIDE) });
  return stand(of, place, {
    fired: () => ({
      title: `${title} sends too few readings: ${valueText(value, "")} in ${over}`,
      text:
        `${valueText(value, "")} readings of ${title} came in the last ${over}; at least ${valueText(fewest, "")} should. ` +
        "Look at the reader's signal and at its place on the meter.",
    }),
    cleared: (lastedMs) => ({
      title: `${title} sends enough readings again`,
      text: `${valueText(value, "")} readings of ${title} came in the last ${over}. They were too few for ${durationText(lastedMs)}.`,
    }),
  });
}
