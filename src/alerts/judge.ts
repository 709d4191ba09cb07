import type { AlertState, Judgement, Observation } from "./alert.ts";
import { judgeDemand } from "./judge-demand.ts";
import { judgeJob } from "./judge-job.ts";
import { judgeMeter } from "./judge-meter.ts";
import { judgePrice } from "./judge-price.ts";
import { judgeStale } from "./judge-stale.ts";
import { judgeThinning } from "./judge-thinning.ts";
import { judgeThreshold } from "./judge-threshold.ts";
import type { Rule } from "./rule.ts";

/**
 * What a look at one subject comes to: what to remember, and whom it concerns in words. The state is all that is remembered, so
 * that a restart between two looks changes nothing.
 * Missing: an observation of NaN decides nothing, except that a source which once spoke is silent since then.
 */
export function judge(rule: Rule, observation: Observation, memory: { readonly state: AlertState; readonly nowMs: number }): Judgement {
  const { state, nowMs } = memory;
  switch (rule.kind) {
    case "stale":
      return judgeStale({ rule, observation, state, nowMs });
    case "thinning":
      return judgeThinning({ rule, observation, state, nowMs });
    case "threshold":
      return judgeThreshold({ rule, observation, state, nowMs });
    case "demand":
      return judgeDemand({ rule, observation, state, nowMs });
    case "price":
      return judgePrice({ rule, observation, state, nowMs });
    case "job":
      return judgeJob({ rule, observation, state, nowMs });
    case "meter":
      return judgeMeter({ rule, observation, state, nowMs });
  }
}
