import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import type { Job, JobOutcome, JobRunning, Jobs } from "./job.ts";
import { openJobs } from "./open-jobs.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 9, 31, 12);
const DONE: JobOutcome = { sentence: "Done." };

let folder: string;
let store: Store;
let nowMs: number;
let opened: Jobs[];
let timers: { atMs: number; call: () => void }[];
let logged: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-jobs-"));
  store = await openStore({ folder, inProcess: true });
  [nowMs, opened, timers, logged] = [START_MS, [], [], []];
});
afterEach(async () => {
  for (const jobs of opened) await jobs.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const clock = {
  nowMs: () => nowMs,
  after(ms: number, call: () => void) {
    const timer = { atMs: nowMs + ms, call };
    timers.push(timer);
    return () => {
      timers = timers.filter((one) => one !== timer);
    };
  },
};

/** A job that notes when it ran, on a clock that changes in this night. */
function job(run: (running: JobRunning) => Promise<JobOutcome>, more: Partial<Job> = {}): Job {
  return { name: "sweep", title: "Sweep", schedule: "5 * * * *", zone: "America/New_York", run, ...more };
}

async function open(...jobs: Job[]): Promise<Jobs> {
  const logger = { error: (_: object, text: string) => void logged.push(text) };
  const room = await openJobs({ jobs, store, clock, logger });
  opened.push(room);
  return room;
}

/** Lets the clock go on, and with it everything that is due. */
async function goOn(toMs: number): Promise<void> {
  for (;;) {
    const next = timers.toSorted((a, b) => a.atMs - b.atMs)[0];
    if (next === undefined || next.atMs > toMs) break;
    timers = timers.filter((one) => one !== next);
    nowMs = Math.max(nowMs, next.atMs);
    next.call();
    await settled();
  }
  nowMs = toMs;
}

/** Runs under way write into the store: all of them have, once it has answered a few times. */
async function settled(): Promise<void> {
  for (let i = 0; i < 6; i++) await store.setting("none");
}

/** The process ends as a power cut ends it: nothing is written any more. */
function cut(): void {
  timers = [];
  opened = [];
}

const runs = async () => (await store.jobRuns()).toReversed().map(({ why, dueMs, result }) => [why, dueMs - START_MS, result]);

describe("the clock of jobs", () => {
  it("runs a job every hour that passes, also when the clock is set back in the night", async () => {
    const ran: number[] = [];
    await open(
      job(async ({ dueMs }) => {
        ran.push(dueMs);
        return DONE;
      }),
    );
    await goOn(START_MS + 24 * HOUR_MS);
    expect(ran).toEqual(Array.from({ length: 24 }, (_, i) => START_MS + i * HOUR_MS + 5 * MINUTE_MS));
  });

  it("keeps a history: when it was due, began and ended, what it did", async () => {
    await open(job(async () => ({ sentence: "2 files taken.", counts: { files: 2 } })));
    await goOn(START_MS + HOUR_MS);
    const dueMs = START_MS + 5 * MINUTE_MS;
    expect(await store.jobRuns()).toEqual([
      {
        id: 1,
        job: "sweep",
        why: "schedule",
        dueMs,
        startedMs: dueMs,
        endedMs: dueMs,
        result: "done",
        sentence: "2 files taken.",
        counts: { files: 2 },
      },
    ]);
  });

  it("does not start a job that still works, and writes that down", async () => {
    let end = (_: JobOutcome): void => undefined;
    let begun = 0;
    await open(
      job(() => {
        begun++;
        return new Promise<JobOutcome>((resolve) => {
          end = resolve;
        });
      }),
    );
    await goOn(START_MS + 2.5 * HOUR_MS);
    expect(begun).toBe(1);
    end(DONE);
    await goOn(START_MS + 3.5 * HOUR_MS);
    expect(begun).toBe(2);
    end(DONE);
    await settled();
    const overlaps = (await store.jobRuns({ result: "cancelled" })).map(({ dueMs, sentence }) => [dueMs - START_MS, sentence]);
    expect(overlaps).toEqual([
      [2 * HOUR_MS + 5 * MINUTE_MS, "It was due while the run before it still worked."],
      [HOUR_MS + 5 * MINUTE_MS, "It was due while the run before it still worked."],
    ]);
  });

  it("makes up once for all that was missed while the program did not run", async () => {
    let ran = 0;
    const count = job(async () => {
      ran++;
      return DONE;
    });
    await open(count);
    await goOn(START_MS + HOUR_MS);
    cut();
    nowMs = START_MS + 9 * HOUR_MS;
    await open(count);
    await settled();
    expect(ran).toBe(2);
    expect(await runs()).toEqual([
      ["schedule", 5 * MINUTE_MS, "done"],
      ["catch-up", HOUR_MS + 5 * MINUTE_MS, "done"],
    ]);
    await goOn(START_MS + 9 * HOUR_MS + 6 * MINUTE_MS);
    expect(ran).toBe(3);
  });

  it("makes up for a run that a power cut ended, and writes that down", async () => {
    await open(job(() => new Promise<JobOutcome>(() => undefined)));
    await goOn(START_MS + 6 * MINUTE_MS);
    cut();
    await open(job(async () => DONE));
    await settled();
    expect(await runs()).toEqual([
      ["schedule", 5 * MINUTE_MS, "cancelled"],
      ["schedule", 5 * MINUTE_MS, "done"],
    ]);
    expect((await store.jobRuns({ result: "cancelled" }))[0]?.sentence).toBe("The program ended while it ran.");
  });

  it("runs a job of the night that is always missed, though it never ran before", async () => {
    const nightly = (run: () => void) =>
      job(
        async () => {
          run();
          return DONE;
        },
        { schedule: "10 2 * * *" },
      );
    let ran = 0;
    await open(nightly(() => ran++));
    await goOn(START_MS + 6 * HOUR_MS);
    expect(ran).toBe(0);
    cut();
    nowMs = START_MS + 22 * HOUR_MS;
    await open(nightly(() => ran++));
    await settled();
    expect(ran).toBe(1);
  });

  it("does not make up for what need not be", async () => {
    let ran = 0;
    const count = job(
      async () => {
        ran++;
        return DONE;
      },
      { catchUp: false },
    );
    await open(count);
    cut();
    nowMs = START_MS + 9 * HOUR_MS;
    await open(count);
    await settled();
    expect(ran).toBe(0);
  });

  it("goes by the new time when the computer slept or was set right", async () => {
    const ran: number[] = [];
    nowMs = Date.UTC(2038, 0, 1);
    await open(
      job(async () => {
        ran.push(nowMs - START_MS);
        return DONE;
      }),
    );
    nowMs = START_MS;
    timers.splice(0).forEach(({ call }) => {
      call();
    });
    await goOn(START_MS + 10 * MINUTE_MS);
    expect(ran).toEqual([5 * MINUTE_MS]);
    nowMs = START_MS + 8 * HOUR_MS;
    timers.splice(0).forEach(({ call }) => {
      call();
    });
    await settled();
    expect(ran).toHaveLength(2);
  });
});

describe("a job that is asked for", () => {
  it("runs at once and answers how it ended", async () => {
    const jobs = await open(job(async ({ why }) => ({ sentence: `It ran: ${why}.` }), { schedule: "0 0 1 1 *" }));
    expect(await jobs.run("sweep")).toMatchObject({ why: "asked", result: "done", sentence: "It ran: asked.", startedMs: START_MS });
    const [standing] = await jobs.list();
    expect(standing).toMatchObject({ running: false, nextMs: Date.UTC(2027, 0, 1, 5), history: [{ result: "done" }] });
  });

  it("is told when it is under way or is none", async () => {
    const jobs = await open(
      job(() => new Promise(() => undefined)),
      job(async () => DONE, { name: "purge" }),
    );
    void jobs.run("sweep").catch(() => undefined);
    expect((await jobs.list()).map(({ running }) => running)).toEqual([true, false]);
    await expect(jobs.run("sweep")).rejects.toMatchObject({ code: "job-running" });
    await expect(jobs.run("sweeep")).rejects.toThrow('There is no job "sweeep"; there are sweep, purge.');
    opened = [];
  });

  it("has failed when it throws or says so, and goes on being due", async () => {
    let ran = 0;
    const jobs = await open(
      job(() => {
        if (ran++ === 0) throw new Error("The server is away.");
        return Promise.resolve({ sentence: "One file is refused.", failed: true });
      }),
    );
    expect(await jobs.run("sweep")).toMatchObject({ result: "failed", sentence: "The server is away." });
    await goOn(START_MS + HOUR_MS);
    expect((await store.jobRuns())[0]).toMatchObject({ why: "schedule", result: "failed", sentence: "One file is refused." });
    expect(logged).toEqual(["A job failed"]);
  });

  it("is told to end when the program does, and is waited for", async () => {
    const jobs = await open(
      job(
        ({ signal }) =>
          new Promise((resolve) => {
            signal.addEventListener("abort", () => resolve({ sentence: "1 of 2 files taken." }));
          }),
      ),
    );
    const running = jobs.run("sweep");
    await settled();
    await jobs.close();
    expect(await running).toMatchObject({ result: "done", sentence: "1 of 2 files taken." });
    await expect(jobs.run("sweep")).rejects.toMatchObject({ code: "job-running" });
    expect(timers).toEqual([]);
  });
});

describe("the log of a run", () => {
  it("can be read while it goes, and is kept with it", async () => {
    let end = (): void => undefined;
    const jobs = await open(
      job(async ({ note, progress }) => {
        note("Asked for 744 hours.");
        progress(1, 3, "hours");
        await new Promise<void>((resolve) => {
          end = resolve;
        });
        return { sentence: "744 hours.", counts: { new: 744 } };
      }),
    );
    const run = jobs.run("sweep");
    await settled();
    const [standing] = await jobs.list();
    expect(standing?.progress).toEqual({ done: 1, total: 3, what: "hours" });
    const id = standing?.history[0]?.id as number;
    expect((await jobs.log("sweep", id))?.log).toEqual([{ tMs: START_MS, text: "Asked for 744 hours." }]);
    end();
    await run;
    const kept = await jobs.log("sweep", id);
    expect(kept?.run.counts).toEqual({ new: 744 });
    expect(kept?.log).toEqual([{ tMs: START_MS, text: "Asked for 744 hours." }]);
    expect(await jobs.log("sweep", id + 1)).toBeUndefined();
    await expect(jobs.log("other", id)).rejects.toThrow('There is no job "other"');
  });

  it("says that somebody ended it, and the run is cancelled", async () => {
    const jobs = await open(
      job(({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("It was told to end."))))),
    );
    const run = jobs.run("sweep");
    await settled();
    expect(jobs.cancel("sweep")).toBe(true);
    const { id, result } = await run;
    expect(result).toBe("cancelled");
    expect((await jobs.log("sweep", id))?.log).toEqual([{ tMs: START_MS, text: "Somebody asked it to end." }]);
    expect(jobs.cancel("sweep")).toBe(false);
  });
});

it("does not begin a job beside a run of it that heeds nobody, and begins it again once that has ended", async () => {
  let end = (): void => undefined;
  const deaf = () =>
    new Promise<JobOutcome>((resolve) => {
      end = () => resolve(DONE);
    });
  const jobs = await open(job(deaf, { timeoutMs: 1_000 }));
  const run = jobs.run("sweep");
  await settled();
  await goOn(START_MS + 2 * MINUTE_MS);
  expect((await run).result).toBe("failed");
  await expect(jobs.run("sweep")).rejects.toThrow("under way already");
  end();
  await settled();
  const again = jobs.run("sweep");
  await settled();
  end();
  expect((await again).result).toBe("done");
});
