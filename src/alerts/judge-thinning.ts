import type { Judgement } from "./alert.ts";
import type { ThinningRule } from "./rule.ts";
import { type Case, placeOf, stand } from "./standing.ts";
import { durationText, valueText } from "./words.ts";

/** The reader that a number of readings is meant for: 300 of its 360 an hour is what the Tasmota MT681 monitor asked for. */
const SPACING_MEANT_MS = 10_000;
/** One reading more or less is no news. */
const BACK_INSIDE = 0.05;

/** Fewer readings than so many; in proportion for a reader that usually sends less often. Missing: NaN where that is not known. */
function fewestReadings({ fewerThan, overMs }: Pick<ThinningRule, "fewerThan" | "overMs">, usual?: number): number {
  if (usual === undefined) return fewerThan;
  const meant = overMs / SPACING_MEANT_MS;
  return usual >= meant ? fewerThan : Math.floor((fewerThan * usual) / meant);
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
