import type { Series } from "#sites/registry.ts";
import type { Range, Store } from "#store/store.ts";
import { continued, QUARTER_MS, type QuarterCurve } from "./peak-curve.ts";
import { MOST_SPREAD_MS } from "./peak-quarters.ts";

interface Kept {
  readonly version: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly curve: QuarterCurve;
}

/** Curves that are kept at once: two for each load somebody looks at. */
const MOST_CURVES = 8;

/** Keeps the quarters of a long time and reads again only those since the first change. */
export class KeptCurves {
  readonly #store: Pick<Store, "version" | "changedSince">;
  readonly #kept = new Map<string, Promise<Kept>>();

  constructor(store: Pick<Store, "version" | "changedSince">) {
    this.#store = store;
  }

  /** The quarters of a range at least. `name` tells what they are read as. Errors: those of reading. */
  async of(
    name: string,
    { id }: Series,
    { range, read }: { readonly range: Range; readonly read: (range: Range) => Promise<QuarterCurve> },
  ) {
    const key = `${id} ${name}`;
    const before = this.#kept.get(key);
    const made = this.#now(id, before, { range, read });
    this.#kept.delete(key);
    this.#kept.set(key, made);
    made.catch(() => this.#kept.get(key) === made && this.#kept.delete(key));
    for (const old of this.#kept.keys()) {
      if (this.#kept.size <= MOST_CURVES) break;
      this.#kept.delete(old);
    }
    return (await made).curve;
  }

  async #now(
    id: number,
    before: Promise<Kept> | undefined,
    { range, read }: { readonly range: Range; readonly read: (range: Range) => Promise<QuarterCurve> },
  ): Promise<Kept> {
    const known = await before?.catch(() => undefined);
    const version = (await this.#store.version([id]))[0] as number;
    const fits = known !== undefined && known.fromMs <= range.fromMs;
    if (!fits) return { version, ...range, curve: await read(range) };
    const changedMs = known.version === version ? Number.POSITIVE_INFINITY : await this.#changed(id, known.version);
    // A register's next reading tells of quarters before it as well.
    const fromMs = Math.floor((Math.min(changedMs, known.toMs) - MOST_SPREAD_MS) / QUARTER_MS) * QUARTER_MS;
    const toMs = Math.max(known.toMs, range.toMs);
    if (fromMs <= known.fromMs) return { version, ...range, curve: await read(range) };
    if (changedMs === Number.POSITIVE_INFINITY && toMs === known.toMs) return { ...known, version };
    return { version, fromMs: known.fromMs, toMs, curve: continued(known.curve, await read({ fromMs, toMs }), fromMs) };
  }

  async #changed(id: number, version: number): Promise<number> {
    return (await this.#store.changedSince([id], Float64Array.of(version)))[0] as number;
  }
}
