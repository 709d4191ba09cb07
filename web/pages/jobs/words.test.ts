import { expect, test } from "vitest";
import type { JobInfo, JobRun } from "#contract/jobs.ts";
import { countsText, jobsSentence, limitWords, scheduleWords } from "./words.ts";

const run = (result: JobRun["result"]): JobRun => ({ id: 1, counts: {}, startedMs: 0, endedMs: 1, result, why: "schedule", sentence: "" });
const job = (title: string, last: JobRun | null): JobInfo => ({
  name: title,
  title,
  schedule: null,
  zone: null,
  nextMs: null,
  running: false,
  progress: null,
  tries: 1,
  timeoutMs: null,
  last,
  history: [],
});
const say = (...jobs: JobInfo[]) => jobsSentence({ nowMs: 0, jobs }).replaceAll("\u00a0", " ");

test("a schedule is told in words where it is a plain one, and as it is written else", () => {
  const of = (schedule: string | null) => scheduleWords({ schedule });
  expect(
    [null, "5 * * * *", "5 2 * * *", "0 5 2 * * *", "*/15 * * * *", "*/1 * * * *", "* * * * *", "5 2 * * 1", "0 0 1 * *"].map(of),
  ).toEqual([
    "only when asked",
    "every hour at :05",
    "daily at 02:05",
    "daily at 02:05",
    "every 15 minutes",
    "every minute",
    "every minute",
    "5 2 * * 1",
    "0 0 1 * *",
  ]);
});

test("the sentence says first whether one failed", () => {
  expect(say(job("Sweep", run("done")), job("Purge", run("failed")))).toBe("2 jobs; the last run of “Purge” failed.");
  expect(say(job("a", run("failed")), job("b", run("failed")))).toBe("2 jobs; the last run of 2 of them failed.");
  expect(say(job("a", run("done")))).toBe("1 job; its last run did its work.");
  expect(say(job("a", run("done")), job("b", run("done")))).toBe("2 jobs; the last run of each did its work.");
  expect(say(job("a", run("running")), job("b", null))).toBe("2 jobs; no run has failed.");
  expect(say(job("a", null))).toBe("1 job; it has not run yet.");
  expect(say()).toBe("Nothing is done by the clock here.");
});

test("what was counted is told, and what was not is left out", () => {
  expect(countsText({ new: 1_200, replaced: 0, refused: 2 }).replaceAll("\u00a0", " ")).toBe("1,200 new · 2 refused");
  expect(countsText({ new: 0 })).toBe("");
});

test("how often a job is tried, and how long it may take", () => {
  expect(limitWords({ tries: 3, timeoutMs: 600_000 })).toBe("A run that fails is tried 3 times; each try may take 10 min.");
  expect(limitWords({ tries: 1, timeoutMs: null })).toBe("A run that fails waits for the next one; a run may take 6 h.");
});
