import type { Observation } from "#alerts/alert.ts";
import { silenceLimitMs } from "#alerts/judge-stale.ts";
import type { StaleRule } from "#alerts/rule.ts";
import { medianSpacing } from "#analytics/median-spacing.ts";
import type { Series } from "#sites/registry.ts";
import { usualSpacingMs } from "./usual-spacing.ts";
import type { Views, WatchedSource } from "./views.ts";

/** Series of a source that are looked at for its habit: those that came first are as good as any. */
const LOOKED_AT = 8;
const FILES = 20;
const MINUTE_MS = 60_000;
const HABIT_KEPT_MS = 600_000;
/** Two looks further apart than so, and than so many usual distances: the computer slept, or its clock was set. */
const BREAK_MS = 300_000;
const BREAK_LOOKS = 4;

interface Habit {
  readonly askedMs: number;
  readonly spacingMs: number;
}

/** When sources spoke last, and how often they usually do. */
export class SourceWatch {
  readonly #views: Views;
  readonly #habits = new Map<string, Habit>();
  #listeningMs: number;
  #lookedMs: number;

  constructor(views: Views) {
    this.#views = views;
    this.#listeningMs = views.startedMs;
    this.#lookedMs = views.nowMs();
  }

  async observe(rule: StaleRule): Promise<Observation[]> {
    this.#heedBreak();
    const wanted = this.#views.sources().filter(({ name }) => rule.source === "*" || name === rule.source);
    return Promise.all(wanted.map((source) => this.#look(source, rule)));
  }

  /** After a sleep, or with a clock that was set, nobody has been listening for longer than since now. */
  #heedBreak(): void {
    const { nowMs, lookEveryMs = Number.POSITIVE_INFINITY } = this.#views;
    const now = nowMs();
    if (Math.abs(now - this.#lookedMs) > Math.max(BREAK_MS, BREAK_LOOKS * lookEveryMs)) this.#listeningMs = now;
    this.#lookedMs = now;
  }

  async #look(source: WatchedSource, rule: StaleRule): Promise<Observation> {
    const [saidMs, spacingMs] = source.isFolder ? await this.#files(source) : await this.#messages(source);
    const now = this.#views.nowMs();
    // Later than now it spoke by a clock that was set back since.
    const lastMs = saidMs > now ? Math.min(now, this.#listeningMs) : saidMs;
    const value = Math.max(0, Math.round((now - lastMs) / MINUTE_MS));
    const known = { subject: source.name, title: source.title, value, unit: "min", spacingMs };
    return { ...known, tMs: this.#isTooSoon(lastMs, silenceLimitMs(rule, spacingMs)) ? Number.NaN : lastMs };
  }

  /** The program was away itself: a source that says nothing is not missed before it could have been heard for long enough. */
  #isTooSoon(lastMs: number, limitMs: number): boolean {
    return lastMs < this.#listeningMs && this.#views.nowMs() - this.#listeningMs < limitMs;
  }

  async #messages({ name }: WatchedSource): Promise<[lastMs: number, spacingMs: number]> {
    const { store, heardMs, nowMs } = this.#views;
    const series = (await store.registry()).series.filter((one) => one.source === name);
    const spacingMs = await this.#habit(name, () => this.#usual(series));
    const heard = heardMs(name);
    if (heard !== undefined) return [heard, spacingMs];
    const { tMs } = await store.latest(series.map(({ id }) => id));
    // What is dated later than now says nothing about when it came.
    const past = Array.from(tMs).filter((at) => at <= nowMs());
    return [past.length === 0 ? Number.NaN : past.reduce((newest, at) => Math.max(newest, at)), spacingMs];
  }

  async #files({ name }: WatchedSource): Promise<[lastMs: number, spacingMs: number]> {
    const imports = await this.#views.store.imports({ source: name, limit: FILES, withoutReports: true });
    const taken = imports.filter(({ status }) => status === "done").map(({ endedMs, startedMs }) => endedMs ?? startedMs);
    return [taken[0] ?? Number.NaN, medianSpacing(Float64Array.from(taken).reverse())];
  }

  /** The busiest of its series: one message brings several, some of them seldom. */
  async #usual(series: readonly Series[]): Promise<number> {
    const steady = series.filter(({ kind }) => kind !== "state").slice(0, LOOKED_AT);
    const spacings = await Promise.all(steady.map(({ id }) => usualSpacingMs(this.#views.store, id)));
    const known = spacings.filter((spacing) => !Number.isNaN(spacing));
    return known.length === 0 ? Number.NaN : Math.min(...known);
  }

  async #habit(name: string, ask: () => Promise<number>): Promise<number> {
    const nowMs = this.#views.nowMs();
    const had = this.#habits.get(name);
    if (had !== undefined && !Number.isNaN(had.spacingMs) && Math.abs(nowMs - had.askedMs) < HABIT_KEPT_MS) return had.spacingMs;
    const spacingMs = await ask();
    this.#habits.set(name, { askedMs: nowMs, spacingMs });
    return spacingMs;
  }
}
