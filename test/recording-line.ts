import type { Arrival, Line } from "#intake/door.ts";

/** A line that keeps what it is given and commits when the test says so. */
export class RecordingLine implements Line {
  readonly batches: (readonly Arrival[])[] = [];
  readonly lost: string[] = [];
  /** How many takes from now on are refused. */
  refuse = 0;
  #held: (() => void)[] | undefined;

  /** What has been committed or is held, in order. */
  get arrivals(): Arrival[] {
    return this.batches.flat();
  }

  get bodies(): string[] {
    return this.arrivals.map((arrival) => Buffer.from(arrival.message.body).toString());
  }

  hold(): void {
    this.#held ??= [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const resolve of held) resolve();
  }

  async take(arrivals: readonly Arrival[]): Promise<void> {
    if (this.refuse > 0) {
      this.refuse -= 1;
      throw new Error("The disk is full.");
    }
    this.batches.push(arrivals);
    const held = this.#held;
    if (held !== undefined) await new Promise<void>((resolve) => held.push(resolve));
  }

  sessionLost(session: string): void {
    this.lost.push(session);
  }
}

/** Logged sentences. */
export class RecordingLogger {
  readonly said: string[] = [];
  info = (_: object, msg: string): void => void this.said.push(msg);
  warn = (_: object, msg: string): void => void this.said.push(msg);
  error = (_: object, msg: string): void => void this.said.push(msg);
}
