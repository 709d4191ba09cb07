import { describe, expect, it } from "vitest";
import { attempts } from "./attempts.ts";
import type { Job, JobOutcome, JobRunning } from "./job.ts";

/** A clock that stands until it is told to go on. */
class Standing {
  #nowMs = 0;
  #timers: { atMs: number; call: () => void }[] = [];
  readonly nowMs = (): number => this.#nowMs;
  readonly after = (ms: number, call: () => void): (() => void) => {
    const timer = { atMs: this.#nowMs + ms, call };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  };

  get waiting(): number {
    return this.#timers.length;
  }

  async goOn(ms: number): Promise<void> {
    const toMs = this.#nowMs + ms;
    for (;;) {
      await turns();
      const next = this.#timers.toSorted((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined || next.atMs > toMs) break;
      this.#timers = this.#timers.filter((one) => one !== next);
      this.#nowMs = next.atMs;
      next.call();
    }
    this.#nowMs = toMs;
  }
}

const turns = async (): Promise<void> => {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
};

interface Wish {
  readonly job: Partial<Job> & Pick<Job, "run">;
}

function begin({ job }: Wish) {
  const clock = new Standing();
  const abort = new AbortController();
  const notes: string[] = [];
  const thrown: unknown[] = [];
  const left: Promise<unknown>[] = [];
  const running: JobRunning = {
    why: "schedule",
    dueMs: 0,
    signal: abort.signal,
    progress: () => true,
    note: (text) => void notes.push(`${clock.nowMs()} ${text}`),
  };
  const whole: Job = { name: "pull", title: "Pull", zone: "UTC", ...job };
  const outcome = attempts(whole, running, {
    clock,
    failed: (error) => void thrown.push(error),
    left: (work) => void left.push(work),
  });
  return { clock, abort, notes, thrown, left, outcome };
}

const AWAY: JobOutcome = { sentence: "The server is away.", failed: true };

describe("a job that fails", () => {
  it("is tried again after a pause that doubles, and says so in its log", async () => {
    let tries = 0;
    const job = {
      retry: { tries: 4, waitMs: 60_000 },
      run: async () => (++tries < 3 ? AWAY : { sentence: "12 new.", counts: { new: 12 } }),
    };
    const { clock, notes, outcome } = begin({ job });
    await clock.goOn(59_999);
    expect(tries).toBe(1);
    await clock.goOn(200_000);
    expect(await outcome).toEqual({ sentence: "12 new.", counts: { new: 12 } });
    expect(notes).toEqual([
      "0 Try 1 of 4 failed: The server is away. Again in 60 s.",
      "60000 Try 2 of 4 failed: The server is away. Again in 2 min.",
    ]);
    expect(clock.waiting).toBe(0);
  });

  it("has failed when all its tries have, with the last one's sentence", async () => {
    const { clock, outcome } = begin({ job: { retry: { tries: 2, waitMs: 1_000 }, run: async () => AWAY } });
    await clock.goOn(10_000);
    expect(await outcome).toEqual({ ...AWAY, sentence: "The server is away. Tried 2 times." });
  });

  it("is not tried again where that would bring the same", async () => {
    const { outcome, notes } = begin({ job: { retry: { tries: 5, waitMs: 1 }, run: async () => ({ ...AWAY, retry: false }) } });
    expect((await outcome).failed).toBe(true);
    expect(notes).toEqual([]);
  });

  it("is not tried again once the program ends", async () => {
    const { abort, clock, outcome } = begin({ job: { retry: { tries: 5, waitMs: 60_000 }, run: async () => AWAY } });
    await clock.goOn(1);
    abort.abort();
    expect(await outcome).toEqual(AWAY);
    expect(clock.waiting).toBe(0);
  });

  it("is told to the log of the house when it throws", async () => {
    const { outcome, thrown } = begin({
      job: {
        run: () => {
          throw new Error("No route to host");
        },
      },
    });
    expect(await outcome).toEqual({ sentence: "No route to host", failed: true });
    expect(thrown).toHaveLength(1);
  });
});

describe("a try that takes too long", () => {
  const heeding = (running: JobRunning) =>
    new Promise<JobOutcome>((_, reject) => running.signal.addEventListener("abort", () => reject(new Error("aborted"))));

  it("is told to end, has failed, and is tried again", async () => {
    let tries = 0;
    const job: Wish["job"] = {
      timeoutMs: 30_000,
      retry: { tries: 2, waitMs: 1_000 },
      run: (running) => (++tries === 1 ? heeding(running) : Promise.resolve({ sentence: "Done." })),
    };
    const { clock, notes, outcome, thrown } = begin({ job });
    await clock.goOn(31_000);
    expect(await outcome).toEqual({ sentence: "Done." });
    expect(notes).toEqual(["30000 Try 1 of 2 failed: It took longer than 30 s and was ended. Again in 1 s."]);
    expect(thrown).toEqual([]);
  });

  it("keeps what it says of what it has done", async () => {
    const run = (running: JobRunning) =>
      new Promise<JobOutcome>((resolve) => running.signal.addEventListener("abort", () => resolve({ sentence: "4 of 9 files taken." })));
    const { clock, outcome } = begin({ job: { timeoutMs: 1_000, run } });
    await clock.goOn(1_000);
    expect(await outcome).toEqual({ sentence: "It took longer than 1 s and was ended. 4 of 9 files taken.", failed: true });
  });

  it("is no longer waited for when it heeds nobody, and not tried again beside itself", async () => {
    let tries = 0;
    const run = () => {
      tries += 1;
      return new Promise<JobOutcome>(() => undefined);
    };
    const { clock, left, outcome } = begin({ job: { timeoutMs: 1_000, retry: { tries: 3, waitMs: 1 }, run } });
    await clock.goOn(120_000);
    expect((await outcome).sentence).toBe("It took longer than 1 s and was ended. It did not end when it was told to.");
    expect([tries, left.length]).toEqual([1, 1]);
  });
});
