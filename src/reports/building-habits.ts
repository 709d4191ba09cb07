import { isChangeOfValue } from "#series/change-of-value.ts";
import type { Store } from "#store/store.ts";
import type { Versions } from "./building-kept.ts";

/** How a series speaks. */
export interface Habit {
  readonly changeOfValue: boolean;
  /** Usual distance of its samples; NaN of fewer than two. */
  readonly usualMs: number;
  /** Longer than this without a sample is not its way. */
  readonly patienceMs: number;
}

const EVER_MS = 8.64e15;
const ROWS = 200;
/** So many usual distances may pass without a sample of one that is polled. */
const POLLED_TIMES = 4;
/** One that speaks on change may be quiet for so long, or for so many times its longest pause. */
const QUIET_MS = 7 * 86_400_000;
const QUIET_TIMES = 3;

/** How series speak by their newest samples; looked at again when they said something. */
export class Habits {
  readonly #store: Pick<Store, "read">;
  readonly #silenceMs: number;
  readonly #kept = new Map<number, { readonly version: number; readonly habit: Promise<Habit> }>();

  constructor(store: Pick<Store, "read">, silenceMs: number) {
    this.#store = store;
    this.#silenceMs = silenceMs;
  }

  of(seriesId: number, versions: Versions): Promise<Habit> {
    const version = versions.get(seriesId) ?? 0;
    const kept = this.#kept.get(seriesId);
    if (kept?.version === version) return kept.habit;
    const habit = this.#read(seriesId);
    this.#kept.set(seriesId, { version, habit });
    habit.catch(() => this.#kept.delete(seriesId));
    return habit;
  }

  async #read(seriesId: number): Promise<Habit> {
    const column = await this.#store.read(seriesId, { fromMs: -EVER_MS, toMs: EVER_MS }, { limit: -ROWS });
    const { changeOfValue, usualMs } = isChangeOfValue(column);
    let longestMs = 0;
    for (let row = 1; row < column.tMs.length; row += 1)
      longestMs = Math.max(longestMs, (column.tMs[row] as number) - (column.tMs[row - 1] as number));
    const patienceMs = changeOfValue ? Math.max(QUIET_MS, QUIET_TIMES * longestMs) : Math.max(this.#silenceMs, POLLED_TIMES * usualMs);
    return { changeOfValue, usualMs, patienceMs };
  }
}
