import type { Job, JobClock, JobOutcome, JobRunning } from "./job.ts";

/** A try that nobody gave another length. */
const TIMEOUT_MS = 6 * 3_600_000;
/** What was told to end has this long to do so, before it is no longer waited for. */
const GRACE_MS = 60_000;
const MOST_WAIT_MS = 3_600_000;

/** Of a job that heeds nobody: another try would overlap with it. */
const DEAF: JobOutcome = { sentence: "It did not end when it was told to.", failed: true, retry: false };

interface AttemptParts {
  readonly clock: JobClock;
  /** Hears what a job threw. */
  readonly failed: (error: unknown) => void;
  /** Is given what is no longer waited for, and still goes on. */
  readonly left: (work: Promise<unknown>) => void;
}

/** Runs a job, and again where it fails and may be tried again, until it succeeds, its tries are used up or it is told to end. */
export async function attempts(job: Job, running: JobRunning, parts: AttemptParts): Promise<JobOutcome> {
  const tries = Math.max(1, job.retry?.tries ?? 1);
  let waitMs = job.retry?.waitMs ?? 0;
  for (let n = 1; ; n += 1) {
    const outcome = await attempt(job, running, parts);
    if (outcome.failed !== true || n >= tries || outcome.retry === false || running.signal.aborted)
      return n === 1 || outcome.failed !== true ? outcome : { ...outcome, sentence: `${outcome.sentence} Tried ${n} times.` };
    const nextMs = Math.min(Math.max(waitMs, outcome.retryAfterMs ?? 0), MOST_WAIT_MS);
    running.note(`Try ${n} of ${tries} failed: ${outcome.sentence} Again in ${waitText(nextMs)}.`);
    await pause(nextMs, running.signal, parts.clock);
    if (running.signal.aborted) return outcome;
    waitMs = Math.min(waitMs * 2, MOST_WAIT_MS);
  }
}

/** One try; it is told to end with the run, or when its time is over. */
async function attempt(job: Job, running: JobRunning, { clock, failed, left }: AttemptParts): Promise<JobOutcome> {
  const abort = new AbortController();
  const end = (): void => abort.abort(running.signal.reason);
  if (running.signal.aborted) end();
  running.signal.addEventListener("abort", end, { once: true });
  const timeoutMs = job.timeoutMs ?? TIMEOUT_MS;
  let late = false;
  let stopGrace = (): void => undefined;
  const deaf = new Promise<JobOutcome>((resolve) => {
    abort.signal.addEventListener("abort", () => {
      stopGrace = clock.after(GRACE_MS, () => resolve(DEAF));
    });
  });
  const stopTimeout = clock.after(timeoutMs, () => {
    late = true;
    abort.abort();
  });
  try {
    const work = ran(job, { ...running, signal: abort.signal }, failed);
    const outcome = await Promise.race([work, deaf]);
    if (outcome === DEAF) left(work);
    if (!late) return outcome;
    const said = outcome.failed === true && outcome !== DEAF ? "" : ` ${outcome.sentence}`;
    return { ...outcome, failed: true, sentence: `It took longer than ${waitText(timeoutMs)} and was ended.${said}` };
  } finally {
    stopTimeout();
    stopGrace();
    running.signal.removeEventListener("abort", end);
  }
}

/** A job that throws has failed, and says why. */
async function ran(job: Job, running: JobRunning, failed: (error: unknown) => void): Promise<JobOutcome> {
  try {
    return await job.run(running);
  } catch (error) {
    if (!running.signal.aborted) failed(error);
    return { sentence: error instanceof Error ? error.message : String(error), failed: true };
  }
}

function pause(ms: number, signal: AbortSignal, clock: JobClock): Promise<void> {
  return new Promise((resolve) => {
    const stop = clock.after(ms, resolve);
    signal.addEventListener(
      "abort",
      () => {
        stop();
        resolve();
      },
      { once: true },
    );
  });
}

function waitText(ms: number): string {
  if (ms < 90_000) return `${Math.round(ms / 1_000)} s`;
  return ms < 90 * 60_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}
