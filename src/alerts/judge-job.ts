import type { Judgement } from "./alert.ts";
import type { JobRule } from "./rule.ts";
import { type Case, stand } from "./standing.ts";
import { durationText } from "./words.ts";

/** The newest run of a job failed. Observed as 1, a run that worked as 0; one under way decides nothing. */
export function judgeJob(of: Case<JobRule>): Judgement {
  const { title, value, sentence } = of.observation;
  return stand(of, Number.isNaN(value) ? "unknown" : value > 0 ? "beyond" : "inside", {
    fired: () => ({
      title: `${title}: the last run failed`,
      text: `${sentence ?? "It did not say why."} The page of jobs shows its runs; it is tried again when it is due.`,
    }),
    cleared: (lastedMs) => ({
      title: `${title} works again`,
      text: `${sentence ?? "Its last run worked."} It had failed ${durationText(lastedMs)} before.`,
    }),
  });
}
