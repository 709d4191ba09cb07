import type { MeterDecision } from "./meter-index.ts";

/** What is told about a reading, each with what to do. Numbers are those of the register. */
export const judgingSentences = {
  typo: (value: number, before: number, after: number): string =>
    `${plain(value)} lies between ${plain(before)} and ${plain(after)}, which agree with each other: it is left out as a typing error. Correct it if you know the right number, or say it is real.`,
  belowZero: (value: number): string =>
    `${plain(value)} is below zero, which no register shows: it is left out. Correct it if you know the right number.`,
  implausibleLast: (value: number, rise: number, most: number): string =>
    `${plain(value)} is ${plain(rise)} more than the reading before; by its past this meter uses at most ${about(most)} in that time. It is left out until you decide: is it real, a typing error, or was the meter replaced?`,
  implausibleJump: (rise: number, most: number): string =>
    `The register rose by ${plain(rise)} where by its past at most ${about(most)} is likely, and went on from there. What was used in between counts as unknown until you decide: is it real, or was the meter replaced?`,
  fall: (value: number, before: number): string =>
    `The register fell from ${plain(before)} to ${plain(value)}, and nothing says why. What was used in between is unknown. Was the meter replaced? Then state the last reading of the old and the first of the new one; else say it was reset, rolled over, or a typing error.`,
  rollover: (value: number, before: number, modulus: number): string =>
    `The register passed its highest number: from ${plain(before)} over ${plain(modulus)} to ${plain(value)}. ${plain(modulus - before + value)} were used. If the meter was replaced instead, say so.`,
  replaced: (missing: { last: boolean; first: boolean; isUnknown: boolean }): string => {
    if (!missing.last && !missing.first)
      return "The meter was replaced; the last reading of the old and the first of the new one are known, so nothing is lost.";
    const what =
      missing.last && missing.first
        ? "the last reading of the old and the first of the new meter"
        : missing.last
          ? "the last reading of the old meter"
          : "the first reading of the new meter";
    const so = missing.isUnknown ? "what was used around it is unknown" : "what was used around it is estimated";
    return `The meter was replaced, but nobody wrote down ${what}: ${so}. State it with the replacement, and nothing is lost.`;
  },
  reset: (isEstimated: boolean): string =>
    isEstimated
      ? "The scale began again at zero on its due date. What was used between the reading before and that day is estimated; a reading of that day makes it exact."
      : "The scale began again at zero on its due date, right after a reading: nothing is lost.",
  disagreement: (last: number, before: number): string =>
    `The last reading stated for the replaced meter, ${plain(last)}, is below what it showed before, ${plain(before)}. What was used in between is unknown: correct the replacement or the reading.`,
  decided: (decision: MeterDecision, isFall: boolean): string => {
    if (decision === "typo") return "You said it is a typing error: it is left out.";
    if (decision === "real" && isFall) return "You said it is real: the register went down, and what was used in between is unknown.";
    if (decision === "real") return "You said it is real: it counts.";
    if (decision === "reset") return "You said the register was set back: it counts from zero.";
    if (decision === "rollover") return "You said the register passed its highest number: it counts up to that and from zero on.";
    return "You said the meter was replaced: what was used in between is estimated from its usual rate. State the last and the first reading, and nothing is lost.";
  },
} as const;

/** Without the noise of binary fractions. */
export function plain(value: number): string {
  return String(Number(value.toFixed(Math.abs(value) >= 1000 ? 3 : 6)));
}

/** What is only likely is told in three figures. */
function about(value: number): string {
  return String(Number(value.toPrecision(3)));
}
