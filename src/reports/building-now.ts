import type { BuildingPoint, Equipment } from "#buildings/model.ts";
import type { Role } from "#buildings/role.ts";
import { BAD_QUALITY, QUALITY } from "#series/quality.ts";
import { type Series, TEXT_UNIT } from "#sites/registry.ts";
import type { Latest } from "#store/records.ts";
import type { Store } from "#store/store.ts";
import type { PointNow } from "./building-answers.ts";
import type { BuildingPage, Texts } from "./building-book.ts";
import { seriesOfRole } from "./building-sources.ts";

/** The newest sample of a series. */
export interface Newest {
  readonly series: Series;
  readonly tMs: number;
  readonly value: number;
  readonly quality: number;
  readonly code: number;
}

/** The newest sample of every series of a building. */
export class LatestValues {
  readonly #latest: Latest;
  readonly #rows: ReadonlyMap<number, number>;
  readonly #textsOf: (seriesId: number) => Texts;
  readonly #ranked: readonly string[];

  constructor(latest: Latest, { textsOf }: Pick<BuildingPage, "textsOf">, ranked: readonly string[]) {
    this.#latest = latest;
    this.#rows = new Map(Array.from(latest.seriesId, (id, row) => [id, row] as const));
    this.#textsOf = textsOf;
    this.#ranked = ranked;
  }

  get newestMs(): number {
    return this.#latest.tMs.reduce((most, tMs) => Math.max(most, tMs), Number.NEGATIVE_INFINITY);
  }

  /** Missing: undefined for a series without samples. */
  of(series: Series): Newest | undefined {
    const row = this.#rows.get(series.id);
    if (row === undefined) return undefined;
    const { tMs, value, quality, code } = this.#latest;
    return {
      series,
      tMs: tMs[row] as number,
      value: value[row] as number,
      quality: quality[row] as number,
      code: code[row] as number,
    };
  }

  /** The newest of several series; of equally new ones the first. */
  newest(all: readonly Series[]): Newest | undefined {
    let best: Newest | undefined;
    for (const series of all) {
      const one = this.of(series);
      if (one !== undefined && (best === undefined || one.tMs > best.tMs)) best = one;
    }
    return best;
  }

  /** What each role of equipment says now: of series that can say it, else of any, so that a setpoint in words is seen. */
  rolesOf({ roles }: Equipment): Map<Role, PointNow> {
    const now = new Map<Role, PointNow>();
    for (const [role, point] of roles) {
      const newest = this.newest(seriesOfRole(point, role, this.#ranked)) ?? this.newest(point.series);
      if (newest !== undefined) now.set(role, this.told(role, point, newest));
    }
    return now;
  }

  told(role: Role, { point }: Pick<BuildingPoint, "point">, { series, tMs, value, quality, code }: Newest): PointNow {
    const texts = this.#textsOf(series.id);
    return {
      role,
      point,
      series: series.key,
      value,
      text: series.unit === TEXT_UNIT ? (texts.get(value) ?? "") : "",
      unit: series.unit,
      tMs,
      status: code === 0 ? "" : (texts.get(code) ?? ""),
      bad: (quality & BAD_QUALITY) !== 0,
      overridden: (quality & QUALITY.overridden) !== 0,
    };
  }

  textsOf(seriesId: number): Texts {
    return this.#textsOf(seriesId);
  }
}

/** The newest values, read again only when something was stored. */
export class LatestReader {
  readonly #store: Pick<Store, "latest">;
  #kept: { readonly print: string; readonly latest: Promise<Latest> } | undefined;

  constructor(store: Pick<Store, "latest">) {
    this.#store = store;
  }

  async read(page: BuildingPage, version: number, ranked: readonly string[]): Promise<LatestValues> {
    const print = `${page.generation} ${version}`;
    if (this.#kept?.print !== print) {
      const latest = this.#store.latest(page.seriesIds);
      this.#kept = { print, latest };
      latest.catch(() => {
        this.#kept = undefined;
      });
    }
    return new LatestValues(await this.#kept.latest, page, ranked);
  }
}
