import type { Judgement } from "./alert.ts";
import type { MeterRule, MeterWatch } from "./rule.ts";
import { type Case, stand } from "./standing.ts";
import { durationText } from "./words.ts";

const FIRED: Readonly<Record<MeterWatch, string>> = {
  leak: "does not rest: it may leak",
  implausible: "has a reading that cannot be right",
  due: "should be read",
  calibration: "reaches the end of its calibration",
};
const CLEARED: Readonly<Record<MeterWatch, string>> = {
  leak: "rested again",
  implausible: "has no reading in doubt any more",
  due: "was read",
  calibration: "is calibrated for longer",
};

/** Something about a meter. Observed as 1, nothing of it as 0; a meter that cannot be derived decides nothing. */
export function judgeMeter(of: Case<MeterRule>): Judgement {
  const { title, value, sentence } = of.observation;
  const { watch } = of.rule;
  return stand(of, Number.isNaN(value) ? "unknown" : value > 0 ? "beyond" : "inside", {
    fired: () => ({ title: `${title} ${FIRED[watch]}`, text: sentence ?? "The page of the meter shows more." }),
    cleared: (lastedMs) => ({ title: `${title} ${CLEARED[watch]}`, text: `It had been told ${durationText(lastedMs)} before.` }),
  });
}
