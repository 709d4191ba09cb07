import { createHash } from "node:crypto";
import type { Store } from "#store/store.ts";
import type { SqlLogin } from "./settings.ts";

const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;

/** What a table row was when this outlet last knew it: written here, or found there and written by somebody else. */
export interface Mark {
  readonly mark: string;
  readonly foreign: boolean;
}

/** Marks of a day's rows by the clock reading of their end. */
export type DayMarks = Map<number, Mark>;

/**
 * How far the mirror of one database is, kept in the store's settings, so that a restart or an outage goes on where it
 * stopped. Another database begins from the start.
 */
export class Progress {
  readonly #store: Store;
  readonly #prefix: string;

  constructor(store: Store, { site, target }: { site: string; target: Pick<SqlLogin, "server" | "database"> }) {
    const id = createHash("sha256").update(`${target.server.toLowerCase()}\n${target.database.toLowerCase()}`).digest("hex").slice(0, 8);
    this.#store = store;
    this.#prefix = `azure.${site}.${id}`;
  }

  /** Up to which instant one kind of row has left. Missing: undefined before the first. */
  async through(what: "intervals" | "live" | "ingests"): Promise<number | undefined> {
    const text = await this.#store.setting(`${this.#prefix}.${what}`);
    return text === undefined ? undefined : Number(text);
  }

  async saveThrough(what: "intervals" | "live" | "ingests", tMs: number): Promise<void> {
    await this.#store.saveSetting(`${this.#prefix}.${what}`, String(tMs));
  }

  /** What the table said of a month when it was last read or written. */
  async stamp(month: string): Promise<string | undefined> {
    return await this.#store.setting(`${this.#prefix}.stamp.${month}`);
  }

  async saveStamp(month: string, stamp: string): Promise<void> {
    await this.#store.saveSetting(`${this.#prefix}.stamp.${month}`, stamp);
  }

  /** Marks of the rows of a clock day that begins at this reading. */
  async marks(dayMs: number): Promise<DayMarks> {
    const text = (await this.#store.setting(this.#dayName(dayMs))) ?? "";
    const marks: DayMarks = new Map();
    for (const entry of text === "" ? [] : text.split(" ")) {
      const [seconds = "", mark = ""] = entry.split(":");
      const foreign = mark.startsWith(FOREIGN);
      marks.set(dayMs + Number(seconds) * SECOND_MS, { mark: foreign ? mark.slice(1) : mark, foreign });
    }
    return marks;
  }

  async saveMarks(dayMs: number, marks: DayMarks): Promise<void> {
    const entries = [...marks].sort(([a], [b]) => a - b);
    const text = entries.map(([clockMs, { mark, foreign }]) => `${(clockMs - dayMs) / SECOND_MS}:${foreign ? FOREIGN : ""}${mark}`);
    await this.#store.saveSetting(this.#dayName(dayMs), text.join(" "));
  }

  #dayName(dayMs: number): string {
    return `${this.#prefix}.day.${new Date(dayMs).toISOString().slice(0, 10)}`;
  }
}

const FOREIGN = "~";

/** Clock day of a clock reading. */
export function clockDay(clockMs: number): number {
  return Math.floor(clockMs / DAY_MS) * DAY_MS;
}
