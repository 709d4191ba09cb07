import type { Keeper } from "./keeper.ts";
import type { PastMeter } from "./meter.ts";
import type { MeterReport } from "./report.ts";

/** The keepers of all meters of a file; one is opened when the first rows of its meter are to be kept. */
export class Keepers {
  readonly #open: (meter: PastMeter) => Promise<Keeper>;
  readonly #keepers = new Map<PastMeter, Keeper>();

  constructor(open: (meter: PastMeter) => Promise<Keeper>) {
    this.#open = open;
  }

  /** Keeps what of a meter waits. Errors: those of opening and of the store. */
  async keep(meter: PastMeter): Promise<void> {
    const keeper = this.#keepers.get(meter) ?? (await this.#open(meter));
    this.#keepers.set(meter, keeper);
    await keeper.keep();
  }

  /** Keeps what is left of every meter, once no row follows, and closes the entries of the imports. */
  async end(meters: Iterable<PastMeter>): Promise<void> {
    for (const meter of meters) {
      meter.add(meter.clock.end());
      await this.keep(meter);
    }
    for (const keeper of this.#keepers.values()) await keeper.end("done");
  }

  async failed(): Promise<void> {
    for (const keeper of this.#keepers.values()) await keeper.end("failed").catch(() => undefined);
  }

  reports(): MeterReport[] {
    return [...this.#keepers.values()].map((keeper) => keeper.report());
  }
}
