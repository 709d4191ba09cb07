import type { Judgement } from "./alert.ts";
import type { DemandRule } from "./rule.ts";
import { type Case, clear, isRepeatDue, noticeOf } from "./standing.ts";
import { durationText, valueText, type Words } from "./words.ts";

/** Intervals that are remembered as told: a day of quarter-hours, so that a clock that was set back tells none of them twice. */
const REMEMBERED = 96;

/**
 * The running interval will end above a target. Told once an interval, not too early to know and not too late to act. What was
 * told stands to the end of the interval: what was switched off because of it stays off, or the projection would rise again. In a
 * later interval it is over as soon as the projection is below the target by the hysteresis.
 */
export function judgeDemand(of: Case<DemandRule>): Judgement {
  const { rule, observation, state, nowMs } = of;
  const { interval, value: projectedKw, title } = observation;
  const targetKw = rule.targetKw ?? interval?.levelKw ?? Number.NaN;
  if (interval === undefined || Number.isNaN(projectedKw) || Number.isNaN(targetKw)) return { state, notices: [] };
  const told = state.toldIntervals ?? [];
  const isTold = told.includes(interval.startMs);
  const isFiring = state.standing === "firing";
  if (isFiring && told.at(-1) !== interval.startMs && projectedKw <= targetKw - rule.hysteresisKw)
    return clear(of, (lastedMs) => clearedWords(title, { projectedKw, targetKw, lastedMs }));
  const isTime = nowMs - interval.startMs >= rule.notBeforeMs && interval.endMs - nowMs >= rule.leadMs;
  const isDue = projectedKw > targetKw && isTime && !isTold && (!isFiring || isRepeatDue(of));
  if (!isDue) return { state, notices: [] };
  return {
    state: {
      standing: "firing",
      sinceMs: isFiring ? state.sinceMs : nowMs,
      lastToldMs: nowMs,
      toldIntervals: [...told, interval.startMs].slice(-REMEMBERED),
    },
    notices: [noticeOf(of, isFiring ? "repeated" : "fired", firedWords(title, { projectedKw, targetKw, leftMs: interval.endMs - nowMs }))],
  };
}

function firedWords(title: string, { projectedKw, targetKw, leftMs }: { projectedKw: number; targetKw: number; leftMs: number }): Words {
  const over = valueText(projectedKw - targetKw, "kW");
  return {
    title: `${title} heads for ${valueText(projectedKw, "kW")}, ${over} over the target`,
    text:
      `The interval that runs will end at ${valueText(projectedKw, "kW")} as things go; the target is ${valueText(targetKw, "kW")}. ` +
      `${durationText(leftMs)} are left to switch something off.`,
  };
}

function clearedWords(
  title: string,
  { projectedKw, targetKw, lastedMs }: { projectedKw: number; targetKw: number; lastedMs: number },
): Words {
  return {
    title: `${title} is below the target again`,
    text: `The interval that runs will end at ${valueText(projectedKw, "kW")}; the target is ${valueText(targetKw, "kW")}. It was over for ${durationText(lastedMs)}.`,
  };
}
