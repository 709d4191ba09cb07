import type { DoorState } from "#intake/door.ts";
import type { DoorHouse } from "./config.ts";

/** What can be wrong with a door; the first that is wrong is the one shown. */
const PARTS = ["connection", "storing", "subscription"] as const;

/** Where a door stands, and the log of it: each change is said once, however often it is tried. */
export class Standing {
  readonly #house: DoorHouse;
  readonly #facts: { readonly broker: string; readonly address: string };
  readonly #problems = new Map<(typeof PARTS)[number], string>();
  #state: DoorState = "starting";
  #sinceMs: number;
  #told = "";

  constructor(house: DoorHouse, facts: { broker: string; address: string }) {
    this.#house = house;
    this.#facts = facts;
    this.#sinceMs = house.nowMs();
  }

  get state(): DoorState {
    return this.#state;
  }

  get sinceMs(): number {
    return this.#sinceMs;
  }

  /** In words. */
  get problem(): string | undefined {
    return PARTS.map((part) => this.#problems.get(part)).find((sentence) => sentence !== undefined);
  }

  turn(state: DoorState): void {
    if (state !== this.#state) this.#sinceMs = this.#house.nowMs();
    this.#state = state;
    this.#tell();
  }

  /** Something is wrong with a part, or no longer; the state stays as it is until it is turned. */
  note(part: (typeof PARTS)[number], sentence: string | undefined): void {
    if (sentence === undefined) this.#problems.delete(part);
    else this.#problems.set(part, sentence);
  }

  #tell(): void {
    const { problem } = this;
    const telling = `${this.#state}${problem === undefined ? "" : `. ${problem}`}`;
    if (telling === this.#told) return;
    this.#told = telling;
    const facts = { ...this.#facts, problem };
    if (problem === undefined) this.#house.logger.info(facts, `broker ${this.#facts.broker}: ${telling}`);
    else this.#house.logger.warn(facts, `broker ${this.#facts.broker}: ${telling}`);
  }
}
