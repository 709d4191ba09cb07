import type { SqlProblem } from "./sql-problem.ts";

const FIRST_MS = 1_000;
const MOST_MS = 60_000;
/** What only a person can mend is asked for less often. */
const PERSON_MS = 300_000;

/** How long to wait after so many failures in a row: 1 s, 2 s, 4 s … a minute; five minutes for what a person has to mend. */
export function waitAfter(problem: SqlProblem, failures: number): number {
  if (!problem.transient) return PERSON_MS;
  return Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 16));
}

/** Calls once, so many milliseconds from now; the answer takes it back. */
export type After = (ms: number, call: () => void) => () => void;

export const afterByTimer: After = (ms, call) => {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
};

/** A wait that ends early when somebody wakes it. */
export class Pause {
  readonly #after: After;
  #wake: (() => void) | undefined;

  constructor(after: After) {
    this.#after = after;
  }

  /** Resolves after so many milliseconds, or at `wake`. */
  async for(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancel = this.#after(ms, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
    this.#wake = undefined;
  }

  wake(): void {
    this.#wake?.();
  }
}
