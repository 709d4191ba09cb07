import type { Observation } from "#alerts/alert.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import type { Registry, Series } from "#sites/registry.ts";
import { quantityOf } from "#units/quantity.ts";
import { usualSpacingMs } from "./usual-spacing.ts";
import type { Views } from "./views.ts";

const EVER_MS = 8.64e15;
const LEAST_AGE_MS = 600_000;
const MOST_AGE_MS = 86_400_000;
const TIMES_USUAL = 6;
const SPACING_KEPT_MS = 600_000;

/** Values of series, as they are now: what was said for later counts then, and what is too old is not known. */
export class SeriesWatch {
  readonly #views: Pick<Views, "store" | "nowMs">;
  readonly #spacings = new Map<number, { readonly askedMs: number; readonly spacingMs: number }>();

  constructor(views: Pick<Views, "store" | "nowMs">) {
    this.#views = views;
  }

  async observe(key: string): Promise<Observation[]> {
    const registry = await this.#views.store.registry();
    const series = registry.series.find((one) => one.key === key);
    if (series === undefined) return [];
    const { tMs, value } = await this.#now(series);
    return [{ subject: key, title: seriesTitle(registry, series), value, unit: series.unit, tMs }];
  }

  /** Name and unit of a series. Missing: undefined for keys that are none. */
  async naming(): Promise<(key: string) => { title: string; unit: string } | undefined> {
    const registry = await this.#views.store.registry();
    return (key) => {
      const series = registry.series.find((one) => one.key === key);
      return series === undefined ? undefined : { title: seriesTitle(registry, series), unit: series.unit };
    };
  }

  /** Median distance of its newest samples. Missing: NaN where there are too few. */
  async spacingMs({ id, intervalMs }: Series): Promise<number> {
    const nowMs = this.#views.nowMs();
    const known = this.#spacings.get(id);
    if (known !== undefined && Math.abs(nowMs - known.askedMs) < SPACING_KEPT_MS) return known.spacingMs;
    const spacingMs = intervalMs ?? (await usualSpacingMs(this.#views.store, id));
    this.#spacings.set(id, { askedMs: nowMs, spacingMs });
    return spacingMs;
  }

  async #now(series: Series): Promise<{ tMs: number; value: number }> {
    const nowMs = this.#views.nowMs();
    const row = await this.#row(series, nowMs);
    if (row === undefined) return { tMs: Number.NaN, value: Number.NaN };
    const spacingMs = await this.spacingMs(series);
    const mostMs = Number.isNaN(spacingMs) ? MOST_AGE_MS : Math.max(LEAST_AGE_MS, TIMES_USUAL * spacingMs);
    return nowMs - row.tMs > mostMs ? { tMs: row.tMs, value: Number.NaN } : row;
  }

  /** The sample in force: an interval that runs is stored at its end, everything else holds from its instant on. */
  async #row({ id, kind, intervalMs = 0 }: Series, nowMs: number): Promise<{ tMs: number; value: number } | undefined> {
    const { store } = this.#views;
    if (kind === "interval") {
      const ahead = await store.read(id, { fromMs: nowMs + 1, toMs: nowMs + intervalMs + 1 }, { limit: 1 });
      if (ahead.tMs.length > 0) return valueAt(ahead);
    }
    return valueAt(await store.read(id, { fromMs: -EVER_MS, toMs: nowMs + 1 }, { limit: -1 }));
  }
}

function valueAt(column: { tMs: Float64Array; value: Float64Array; quality: Uint16Array }): { tMs: number; value: number } | undefined {
  const tMs = column.tMs[0];
  if (tMs === undefined) return undefined;
  const isBad = ((column.quality[0] ?? 0) & BAD_QUALITY) !== 0;
  return { tMs, value: isBad ? Number.NaN : (column.value[0] ?? Number.NaN) };
}

/** "Cellar: Temperature". A name that somebody gave on a page counts. */
export function seriesTitle(registry: Registry, { site, point, quantity }: Series): string {
  const given = registry.facts.findLast(
    (fact) => fact.name === "name" && fact.undoneMs === undefined && fact.site === site && fact.point === point,
  );
  const name = given?.value ?? registry.points.find((one) => one.site === site && one.id === point)?.name ?? point;
  return `${name}: ${quantityOf(quantity).label}`;
}
