import type { Observation } from "#alerts/alert.ts";
import { silenceLimitMs } from "#alerts/judge-stale.ts";
import type { ThinningRule } from "#alerts/rule.ts";
import type { Series } from "#sites/registry.ts";
import { type SeriesWatch, seriesTitle } from "./observe-series.ts";
import type { Views } from "./views.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Counted again at most this often. */
const KEPT_MS = 60_000;
const HABIT_DAYS = 7;
const FEWEST_HOURS = 3;
const HABIT_SHARE = 0.75;
/** What a reader at the meter sends with every message. */
const OF_A_READER: ReadonlySet<string> = new Set(["power", "energy-import"]);

interface Counted {
  readonly series: Series;
  readonly askedMs: number;
  readonly count: number;
  /** Longest time without a reading, the ends of the stretch included. */
  readonly gapMs: number;
}

interface Watched {
  readonly subject: string;
  readonly title: string;
  readonly series: readonly Series[];
}

/** How many readings came in a stretch of time that ends now. */
export class ReadingsWatch {
  readonly #views: Views;
  readonly #series: SeriesWatch;
  readonly #counted = new Map<string, Counted>();
  readonly #usual = new Map<string, { readonly askedMs: number; readonly usual: number }>();

  constructor(views: Views, series: SeriesWatch) {
    this.#views = views;
    this.#series = series;
  }

  async observe(rule: ThinningRule): Promise<Observation[]> {
    const watched = await this.#watched(rule.of);
    return (await Promise.all(watched.map((one) => this.#look(one, rule)))).flat();
  }

  /** The same of every home, counted anew and without a rule. */
  async all({ overMs }: { readonly overMs: number }): Promise<{ title: string; count: number }[]> {
    this.#counted.clear();
    const watched = await this.#watched("*");
    const counted = await Promise.all(watched.map(async (one) => ({ title: one.title, counted: await this.#count(one, overMs) })));
    return counted.flatMap(({ title, counted: found }) => (found === undefined ? [] : [{ title, count: found.count }]));
  }

  async #watched(of: string): Promise<Watched[]> {
    const { store, homes } = this.#views;
    const registry = await store.registry();
    const single = registry.series.find(({ key }) => key === of);
    if (single !== undefined) return [{ subject: of, title: seriesTitle(registry, single), series: [single] }];
    const wanted = homes().filter(({ key }) => of === "*" || key === of);
    const places = wanted.length === 0 && of !== "*" ? [{ key: of, title: of }] : wanted;
    return places.map(({ key, title }) => {
      const series = registry.series.filter((one) => `${one.site}/${one.point}` === key);
      const ofReader = series.filter(({ quantity }) => OF_A_READER.has(quantity));
      return { subject: key, title, series: ofReader.length > 0 ? ofReader : series };
    });
  }

  async #look(watched: Watched, rule: ThinningRule): Promise<Observation[]> {
    const found = await this.#count(watched, rule.overMs);
    const { subject, title } = watched;
    const known = { subject, title, unit: "", tMs: this.#views.nowMs() };
    if (found === undefined) return [{ ...known, value: Number.NaN }];
    if (rule.of !== "*") return [{ ...known, value: found.count }];
    const usual = await this.#usualCount(found.series, rule.overMs);
    // A silence is told by the rule for sources that fall silent; this one is for those that dribble.
    const isSilence = found.gapMs >= silenceLimitMs({}, rule.overMs / usual);
    return [{ ...known, value: isSilence ? Number.NaN : found.count, usual }];
  }

  /** Of the series with the most readings. Missing: undefined before the first reading is as old as the stretch is long. */
  async #count({ subject, series }: Watched, overMs: number): Promise<Counted | undefined> {
    const { store, nowMs } = this.#views;
    const now = nowMs();
    const name = `${subject} ${overMs}`;
    const had = this.#counted.get(name);
    if (had !== undefined && Math.abs(now - had.askedMs) < KEPT_MS) return had;
    const extents = await store.extent(series.map(({ id }) => id));
    const old = new Set(extents.filter(({ count, firstMs }) => count > 0 && firstMs <= now - overMs).map(({ seriesId }) => seriesId));
    const counted = await Promise.all(
      series
        .filter(({ id }) => old.has(id))
        .map(async (one) => {
          const { tMs } = await store.read(one.id, { fromMs: now - overMs + 1, toMs: now + 1 });
          return { series: one, askedMs: now, count: tMs.length, gapMs: longestGap(tMs, now - overMs, now) };
        }),
    );
    const [most] = counted.sort((a, b) => b.count - a.count);
    if (most !== undefined) this.#counted.set(name, most);
    return most;
  }

  /** Three quarters of the hours of the week before have no more; from the spacing where fewer than three hours are known. */
  async #usualCount(series: Series, overMs: number): Promise<number> {
    const now = this.#views.nowMs();
    const name = `${series.id} ${overMs}`;
    const had = this.#usual.get(name);
    if (had !== undefined && Math.abs(now - had.askedMs) < HOUR_MS) return had.usual;
    const toMs = Math.floor((now - overMs) / HOUR_MS) * HOUR_MS;
    const { n, nBad } = await this.#views.store.readBuckets(series.id, { fromMs: toMs - HABIT_DAYS * DAY_MS, toMs }, HOUR_MS);
    const counts = Array.from(n, (count, i) => count + (nBad[i] ?? 0))
      .filter((count) => count > 0)
      .sort((a, b) => a - b);
    const perHour = counts.length >= FEWEST_HOURS ? counts[Math.floor((counts.length - 1) * HABIT_SHARE)] : undefined;
    const usual = perHour === undefined ? overMs / (await this.#series.spacingMs(series)) : (perHour * overMs) / HOUR_MS;
    this.#usual.set(name, { askedMs: now, usual });
    return usual;
  }
}

function longestGap(tMs: Float64Array, fromMs: number, toMs: number): number {
  let before = fromMs;
  let longest = 0;
  for (const at of tMs) {
    longest = Math.max(longest, at - before);
    before = at;
  }
  return Math.max(longest, toMs - before);
}
