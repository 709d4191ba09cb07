import type { JobInfo, JobRun, JobsAnswer } from "#contract/jobs.ts";
import { durationWords } from "#web/charts/time-words.ts";
import { countText } from "#web/parts/format-number.ts";

/** "4 jobs, all did their work; the next is due at 15:00." First of all whether one failed. */
export function jobsSentence({ jobs }: JobsAnswer): string {
  if (jobs.length === 0) return "Nothing is done by the clock here.";
  const all = `${countText(jobs.length)}\u00a0${jobs.length === 1 ? "job" : "jobs"}`;
  const failed = jobs.filter((job) => job.last?.result === "failed");
  const first = failed[0];
  if (first === undefined) {
    if (jobs.every((job) => job.last === null)) return `${all}; ${jobs.length === 1 ? "it has not" : "none has"} run yet.`;
    if (!jobs.every((job) => job.last?.result === "done")) return `${all}; no run has failed.`;
    return jobs.length === 1 ? `${all}; its last run did its work.` : `${all}; the last run of each did its work.`;
  }
  if (failed.length === 1) return `${all}; the last run of “${first.title}” failed.`;
  return `${all}; the last run of ${countText(failed.length)} of them failed.`;
}

/** A run's result as a sign and a word. */
export function resultWords(run: JobRun): { readonly words: string; readonly tone: "good" | "bad" | "warn" | "" } {
  return RESULTS[run.result];
}

const RESULTS = {
  running: { words: "under way", tone: "" },
  done: { words: "✓ done", tone: "good" },
  failed: { words: "✕ failed", tone: "bad" },
  cancelled: { words: "! cancelled", tone: "warn" },
} as const;

/** Why a run began. */
export const WHY_WORDS = {
  schedule: "was due",
  asked: "somebody asked",
  "catch-up": "made up for a missed one",
  change: "something changed",
} as const;

/** A schedule of cron in words where it is a plain one: "every hour at :05", "daily at 02:05"; else as it is written. */
export function scheduleWords(job: Pick<JobInfo, "schedule">): string {
  if (job.schedule === null) return "only when asked";
  const fields = job.schedule.trim().split(/\s+/);
  const [minute, hour, day, month, weekday] = fields.length === 6 ? fields.slice(1) : fields;
  if (fields.length < 5 || day !== "*" || month !== "*" || weekday !== "*" || !/^\d+$/.test(minute ?? ""))
    return stepWords(job.schedule, minute, hour);
  const at = String(minute).padStart(2, "0");
  if (hour === "*") return `every hour at :${at}`;
  if (/^\d+$/.test(hour ?? "")) return `daily at ${String(hour).padStart(2, "0")}:${at}`;
  return job.schedule;
}

function stepWords(schedule: string, minute: string | undefined, hour: string | undefined): string {
  const step = /^\*\/(\d+)$/.exec(minute ?? "");
  const everyHour = hour === "*" && /\*\s+\*\s+\*$/.test(schedule);
  if (everyHour && (minute === "*" || step?.[1] === "1")) return "every minute";
  return step !== null && everyHour ? `every ${step[1]} minutes` : schedule;
}

/** What a run counted: "12 new · 3 replaced"; what it counted none of is left out. */
export function countsText(counts: JobRun["counts"]): string {
  return Object.entries(counts)
    .filter(([, count]) => count !== 0)
    .map(([name, count]) => `${countText(count)}\u00a0${name}`)
    .join(" · ");
}

/** "A run that fails is tried 3 times; each try may take 30 s." */
export function limitWords({ tries, timeoutMs }: Pick<JobInfo, "tries" | "timeoutMs">): string {
  const again = tries === 1 ? "A run that fails waits for the next one" : `A run that fails is tried ${countText(tries)} times`;
  return `${again}; ${tries === 1 ? "a run" : "each try"} may take ${timeoutMs === null ? "6 h" : durationWords(timeoutMs)}.`;
}
