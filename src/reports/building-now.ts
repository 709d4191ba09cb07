import type { BuildingPoint, Equipment } from "#buildings/model.ts";
import type { Role } from "#buildings/role.ts";
import { BAD_QUALITY, QUALITY } from "#series/quality.ts";
import { type Series, TEXT_UNIT } from "#sites/registry.ts";
import type { Latest } from "#store/records.ts";
import type { Store } from "#store/store.ts";
import type { PointNow } from "./building-answers.ts";
import type { BuildingPage, Texts } from "./building-book.ts";
import type { Versions } from "./building-kept.ts";
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

interface KeptLatest {
  readonly generation: number;
  readonly versions: Versions;
  readonly latest: Promise<Latest>;
}

/** With more of them changed, all are read. */
const FEW = 256;

/** The newest values; only those of series that changed are read again. */
export class LatestReader {
  readonly #store: Pick<Store, "latest">;
  #kept: KeptLatest | undefined;

  constructor(store: Pick<Store, "latest">) {
    this.#store = store;
  }

  /** Whether they were read before. */
  get isKnown(): boolean {
    return this.#kept !== undefined;
  }

  async read(page: BuildingPage, versions: Versions, ranked: readonly string[]): Promise<LatestValues> {
    const known = this.#kept?.generation === page.generation ? this.#kept : undefined;
    const changed = known && page.seriesIds.filter((id) => versions.get(id) !== known.versions.get(id));
    const latest = known !== undefined && changed?.length === 0 ? known.latest : this.#anew(page, known, changed);
    const kept = { generation: page.generation, versions, latest };
    this.#kept = kept;
    latest.catch(() => {
      if (this.#kept === kept) this.#kept = undefined;
    });
    return new LatestValues(await latest, page, ranked);
  }

  async #anew({ seriesIds }: BuildingPage, known: KeptLatest | undefined, changed: readonly number[] | undefined): Promise<Latest> {
    if (known === undefined || changed === undefined || changed.length > FEW) return this.#store.latest(seriesIds);
    const [before, newer] = await Promise.all([known.latest, this.#store.latest(changed)]);
    return merged(before, newer, new Set(changed));
  }
}

/** What is known of some series, and of those that changed what was read anew. */
function merged(before: Latest, newer: Latest, changed: ReadonlySet<number>): Latest {
  const stay = [...before.seriesId.keys()].filter((row) => !changed.has(before.seriesId[row] as number));
  const of = (part: Exclude<keyof Latest, "seriesId">) => [...stay.map((row) => before[part][row] as number), ...newer[part]];
  return {
    seriesId: Int32Array.from([...stay.map((row) => before.seriesId[row] as number), ...newer.seriesId]),
    tMs: Float64Array.from(of("tMs")),
    value: Float64Array.from(of("value")),
    quality: Uint16Array.from(of("quality")),
    code: Uint16Array.from(of("code")),
  };
}
