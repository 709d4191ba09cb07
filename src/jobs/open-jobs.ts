import type { JobLogLine, JobRunRecord } from "#store/records.ts";
import type { Progress, Store } from "#store/store.ts";
import { attempts } from "./attempts.ts";
import { type Job, type JobClock, JobProblem, type JobProgress, type JobRunLog, type JobStanding, type Jobs } from "./job.ts";
import { Schedule } from "./schedule.ts";

export interface JobParts {
  readonly jobs: readonly Job[];
  readonly store: Pick<Store, "jobRuns" | "beginJobRun" | "endJobRun" | "jobRunLog" | "setting" | "saveSetting">;
  readonly clock: JobClock;
  readonly logger: { error(about: object, message: string): void };
  /** False for a single command: nothing is due by itself. */
  readonly scheduled?: boolean;
}

/** The clock is looked at this often, lest a computer that slept or was set right runs by the old time. */
const LOOK_MS = 60_000;
/** A run that starts later than this after it was due makes up for one that was missed. */
const LATE_MS = 5 * 60_000;
const SHOWN = 20;
/** A job that says more than this is not read. */
const LOG_LINES = 500;
const LOG_TEXT = 2_000;
const NO_PROGRESS: Progress = () => true;

interface Slot {
  readonly job: Job;
  readonly schedule: Schedule | undefined;
  nextMs: number | undefined;
  running: UnderWay | undefined;
  /** A run that was told to end and heeded nobody: until it has, none is begun beside it. */
  left: Promise<unknown> | undefined;
}

/** A run as it goes. */
interface UnderWay {
  readonly abort: AbortController;
  readonly log: JobLogLine[];
  progress: JobProgress | undefined;
  ended: Promise<unknown>;
}

/**
 * Begins to run what is due, and once what was missed while the program did not run.
 * Errors: those of the store; throws for two jobs of one name or a schedule that is none.
 */
export async function openJobs(parts: JobParts): Promise<Jobs> {
  const room = new JobRoom(parts);
  await room.open(parts.scheduled !== false);
  return room;
}

class JobRoom implements Jobs {
  readonly #parts: JobParts;
  readonly #slots: Map<string, Slot>;
  #stopTimer: () => void = () => undefined;
  #lookedMs: number;
  #closed = false;

  constructor(parts: JobParts) {
    this.#parts = parts;
    this.#lookedMs = parts.clock.nowMs();
    const slots = parts.jobs.map((job): Slot => {
      const schedule = job.schedule === undefined ? undefined : new Schedule(job.schedule, job.zone);
      return { job, schedule, nextMs: undefined, running: undefined, left: undefined };
    });
    this.#slots = new Map(slots.map((slot) => [slot.job.name, slot]));
    if (this.#slots.size < slots.length) throw new Error("Two jobs have the same name.");
  }

  async open(scheduled: boolean): Promise<void> {
    await this.#endInterrupted();
    if (!scheduled) return;
    for (const slot of this.#slots.values()) slot.nextMs = await this.#firstDue(slot);
    this.#look();
  }

  /** Runs that a power cut ended are written down as such. */
  async #endInterrupted(): Promise<void> {
    const { store, clock } = this.#parts;
    const sentence = "The program ended while it ran.";
    for (const { id, counts } of await store.jobRuns({ result: "running", limit: 1_000 }))
      await store.endJobRun(id, { endedMs: clock.nowMs(), result: "cancelled", sentence, counts });
  }

  /** An instant in the past where a run was missed: the one due after the last that worked to its end. */
  async #firstDue({ job, schedule }: Slot): Promise<number | undefined> {
    if (schedule === undefined) return undefined;
    const { store, clock } = this.#parts;
    const nowMs = clock.nowMs();
    const known = `job.known.${job.name}`;
    const knownMs = Number((await store.setting(known)) ?? Number.NaN);
    if (Number.isNaN(knownMs)) await store.saveSetting(known, String(nowMs));
    if (job.catchUp === false) return schedule.next(nowMs);
    const runs = await store.jobRuns({ job: job.name });
    const finished = runs.find(({ result }) => result === "done" || result === "failed");
    const sinceMs = finished?.dueMs ?? (Number.isNaN(knownMs) ? nowMs : knownMs);
    return schedule.next(Math.min(sinceMs, nowMs));
  }

  /** Starts what is due and comes back when the next is. */
  #look(): void {
    if (this.#closed) return;
    const nowMs = this.#parts.clock.nowMs();
    const setBack = nowMs < this.#lookedMs - LOOK_MS;
    this.#lookedMs = nowMs;
    let waitMs = LOOK_MS;
    for (const slot of this.#slots.values()) {
      if (setBack && slot.nextMs !== undefined) slot.nextMs = slot.schedule?.next(nowMs);
      if (slot.nextMs !== undefined && slot.nextMs <= nowMs) this.#due(slot, slot.nextMs, nowMs);
      if (slot.nextMs !== undefined) waitMs = Math.min(waitMs, slot.nextMs - nowMs);
    }
    this.#stopTimer = this.#parts.clock.after(Math.max(1, waitMs), () => this.#look());
  }

  #due(slot: Slot, dueMs: number, nowMs: number): void {
    slot.nextMs = slot.schedule?.next(nowMs);
    if (slot.running !== undefined || slot.left !== undefined) {
      this.#noteOverlap(slot, dueMs).catch((error: unknown) => this.#warn(slot, error));
      return;
    }
    const why = nowMs - dueMs > LATE_MS ? "catch-up" : "schedule";
    this.#start(slot, { why, dueMs }, NO_PROGRESS).catch((error: unknown) => this.#warn(slot, error));
  }

  async #noteOverlap({ job }: Slot, dueMs: number): Promise<void> {
    const nowMs = this.#parts.clock.nowMs();
    const sentence = "It was due while the run before it still worked.";
    const ended = { startedMs: nowMs, endedMs: nowMs, result: "cancelled", sentence, counts: {} } as const;
    await this.#parts.store.beginJobRun({ job: job.name, why: "schedule", dueMs, ...ended });
  }

  async list(): Promise<JobStanding[]> {
    const slots = [...this.#slots.values()];
    return Promise.all(
      slots.map(async ({ job, nextMs, running }) => ({
        job,
        ...(nextMs === undefined ? {} : { nextMs }),
        running: running !== undefined,
        ...(running?.progress === undefined ? {} : { progress: running.progress }),
        history: await this.#parts.store.jobRuns({ job: job.name, limit: SHOWN }),
      })),
    );
  }

  async run(name: string, how: { why?: "asked" | "change"; progress?: Progress } = {}): Promise<JobRunRecord> {
    const slot = this.#slotOf(name);
    if (slot.running !== undefined || slot.left !== undefined || this.#closed)
      throw new JobProblem("job-running", `${slot.job.title} is under way already; wait until it has ended.`);
    return this.#start(slot, { why: how.why ?? "asked", dueMs: this.#parts.clock.nowMs() }, how.progress ?? NO_PROGRESS);
  }

  async log(name: string, runId: number): Promise<JobRunLog | undefined> {
    const slot = this.#slotOf(name);
    const [run] = await this.#parts.store.jobRuns({ job: name, id: runId });
    if (run === undefined) return undefined;
    const underWay = run.result === "running" ? slot.running : undefined;
    return { run, log: underWay === undefined ? await this.#parts.store.jobRunLog(runId) : [...underWay.log] };
  }

  cancel(name: string): boolean {
    const { running } = this.#slotOf(name);
    running?.log.push({ tMs: this.#parts.clock.nowMs(), text: "Somebody asked it to end." });
    running?.abort.abort();
    return running !== undefined;
  }

  #slotOf(name: string): Slot {
    const slot = this.#slots.get(name);
    if (slot !== undefined) return slot;
    const names = [...this.#slots.keys()].join(", ");
    throw new JobProblem("unknown-job", `There is no job "${name}"; ${names === "" ? "none is configured" : `there are ${names}`}.`);
  }

  #start(slot: Slot, what: Pick<JobRunRecord, "why" | "dueMs">, progress: Progress): Promise<JobRunRecord> {
    const underWay: UnderWay = { abort: new AbortController(), log: [], progress: undefined, ended: Promise.resolve() };
    slot.running = underWay;
    const ended = this.#work(slot, what, { underWay, progress }).finally(() => {
      slot.running = undefined;
    });
    underWay.ended = ended;
    return ended;
  }

  async #work(
    slot: Slot,
    { why, dueMs }: Pick<JobRunRecord, "why" | "dueMs">,
    { underWay, progress }: { readonly underWay: UnderWay; readonly progress: Progress },
  ): Promise<JobRunRecord> {
    const { store, clock, logger } = this.#parts;
    const { job } = slot;
    const { signal } = underWay.abort;
    const begun = {
      job: job.name,
      why,
      dueMs,
      startedMs: clock.nowMs(),
      result: "running",
      sentence: "It is under way.",
      counts: {},
    } as const;
    const id = await store.beginJobRun(begun);
    const running = {
      ...{ why, dueMs, signal },
      progress: (done: number, total: number, what: string) => {
        underWay.progress = { done, total, what };
        return !signal.aborted && (progress(done, total, what) ?? true);
      },
      note: (text: string) => {
        const { log } = underWay;
        if (log.length < LOG_LINES) log.push({ tMs: clock.nowMs(), text: text.slice(0, LOG_TEXT) });
      },
    };
    const failed = (error: unknown): void => logger.error({ err: error, job: job.name }, "A job failed");
    const left = (work: Promise<unknown>): void => {
      slot.left = work.finally(() => {
        slot.left = undefined;
      });
    };
    const outcome = await attempts(job, running, { clock, failed, left });
    const result = outcome.failed !== true ? "done" : signal.aborted ? "cancelled" : "failed";
    const end = { endedMs: clock.nowMs(), result, sentence: outcome.sentence, counts: outcome.counts ?? {} } as const;
    await store.endJobRun(id, { ...end, log: underWay.log });
    return { ...begun, id, ...end };
  }

  #warn({ job }: Slot, error: unknown): void {
    if (!this.#closed) this.#parts.logger.error({ err: error, job: job.name }, "The run of a job could not be written down");
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopTimer();
    const running = [...this.#slots.values()].flatMap((slot) => (slot.running === undefined ? [] : [slot.running]));
    for (const { abort } of running) abort.abort();
    await Promise.allSettled(running.map(({ ended }) => ended));
  }
}
