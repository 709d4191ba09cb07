import type { JobLogLine, JobRunRecord } from "#store/records.ts";
import type { Progress } from "#store/store.ts";

/** Work that is due by the clock. What it does is handed in; this room knows when, that it does not overlap, and what came of it. */
export interface Job {
  /** `wattkeep run NAME`: lower case, digits and hyphens. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /** Five fields of cron, read on the clock of `zone`: `5 * * * *`, `10 2 * * *`. Left out: it runs when asked. */
  readonly schedule?: string;
  /** IANA zone: the site's. */
  readonly zone: string;
  /** False where a run that was missed while the program did not run need not be made up for. */
  readonly catchUp?: boolean;
  /** One try may last this long, then it is told to end and counts as failed; six hours unless said. */
  readonly timeoutMs?: number;
  /** What fails is tried again within the same run, at first after `waitMs`, then after twice as long each; once unless said. */
  readonly retry?: { readonly tries: number; readonly waitMs: number };
  /** Errors: what it throws is told as the run's sentence; the next run comes when it is due. */
  run(running: JobRunning): Promise<JobOutcome>;
}

/** A run under way, as the work sees it. */
export interface JobRunning {
  readonly why: JobRunRecord["why"];
  /** When it was due; where somebody asked, when. */
  readonly dueMs: number;
  /** Aborted when the program ends: finish the piece at hand, keep what is done and answer. */
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Writes a line into the log of the run: what a person wants to know when it went otherwise than usual. */
  note(text: string): void;
}

/** What came of a run. */
export interface JobOutcome {
  /** One sentence for a person: "3 files taken: 288 rows new, 12 replaced." */
  readonly sentence: string;
  readonly counts?: Readonly<Record<string, number>>;
  /** It worked to its end, but part of it did not succeed: a file that cannot be read. */
  readonly failed?: boolean;
  /** False where trying again would bring the same: a wrong password. */
  readonly retry?: false;
  /** Not tried again before this: how long a service asked to be left alone. */
  readonly retryAfterMs?: number;
}

/** A job as pages and commands show it. */
export interface JobStanding {
  readonly job: Job;
  /** Left out where it runs only when asked. */
  readonly nextMs?: number;
  readonly running: boolean;
  /** Of the run under way, as far as it tells. */
  readonly progress?: JobProgress;
  /** Newest first, at most 20. */
  readonly history: readonly JobRunRecord[];
}

/** How far a run has come. */
export interface JobProgress {
  readonly done: number;
  readonly total: number;
  readonly what: string;
}

/** A run with its log, of the one under way as far as it has come. */
export interface JobRunLog {
  readonly run: JobRunRecord;
  readonly log: readonly JobLogLine[];
}

/** All jobs of this process. */
export interface Jobs {
  list(): Promise<JobStanding[]>;
  /**
   * Runs a job now and answers how it ended; one that is under way is not started again.
   * Errors: JobProblem `unknown-job`, `job-running`.
   */
  run(name: string, how?: { readonly why?: "asked" | "change"; readonly progress?: Progress }): Promise<JobRunRecord>;
  /** A run of a job by its id. Missing: undefined for one that is not, or no longer, known. */
  log(name: string, runId: number): Promise<JobRunLog | undefined>;
  /**
   * Tells a run under way to end; false where none is.
   * Errors: JobProblem `unknown-job`.
   */
  cancel(name: string): boolean;
  /** Starts no further run, tells those under way to end, and waits for them. */
  close(): Promise<void>;
}

/** What a person asked wrongly: told as a sentence. */
export class JobProblem extends Error {
  readonly code: "unknown-job" | "job-running";
  constructor(code: JobProblem["code"], sentence: string) {
    super(sentence);
    this.name = "JobProblem";
    this.code = code;
  }
}

/** Where the time comes from. */
export interface JobClock {
  nowMs(): number;
  /** Calls once, so many milliseconds from now; the answer takes it back. */
  after(ms: number, call: () => void): () => void;
}
