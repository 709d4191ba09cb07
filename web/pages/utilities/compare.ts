import type { MeterFigureAnswer } from "#contract/meters.ts";
import { durationWords } from "#web/charts/time-words.ts";

type Known = Pick<MeterFigureAnswer, "amount" | "missingMs" | "fromMs" | "toMs">;

/** So little may be missing of what is compared. */
const COMPARED_SHARE = 0.01;

/** Whether a stretch is known well enough to be held against another one. */
export const isComparable = (figure: Known): boolean =>
  figure.amount !== null && figure.missingMs <= COMPARED_SHARE * (figure.toMs - figure.fromMs);

/** What the same days of last year came to. Missing: null where either is known in part only: a part is no less than the whole. */
export function lastYear(now: Known, before: Known): number | null {
  return isComparable(now) && isComparable(before) ? before.amount : null;
}

/** A stretch without the time after a meter was removed, of which nobody has to know. */
export function untilRemoved<Figure extends Pick<Known, "missingMs" | "fromMs" | "toMs">>(figure: Figure, endMs: number): Figure {
  const after = Math.max(0, figure.toMs - Math.max(figure.fromMs, endMs));
  return after === 0 ? figure : { ...figure, missingMs: Math.max(0, figure.missingMs - after) };
}

/** Why two stretches that are known somehow are not compared: "only 4 h of the same days last year are known". Missing: undefined. */
export function whyNotCompared(now: Known, before: Known): string | undefined {
  if (now.amount === null || before.amount === null) return undefined;
  if (!isComparable(before))
    return `only ${durationWords(before.toMs - before.fromMs - before.missingMs)} of the same days last year are known`;
  return isComparable(now) ? undefined : `only ${durationWords(now.toMs - now.fromMs - now.missingMs)} of these days are known`;
}
