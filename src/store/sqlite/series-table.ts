import type { Kind } from "#series/kind.ts";
import type { Series, SeriesCode } from "#sites/registry.ts";
import { type Database, prepare, type Statement } from "./statement.ts";

interface SeriesRow {
  readonly id: number;
  readonly key: string;
  readonly site: string;
  readonly point: string;
  readonly quantity: string;
  readonly source: string;
  readonly kind: Kind;
  readonly unit: string;
  readonly interval_ms: number | null;
  readonly equal_instant: "first" | "last";
  readonly demo: number;
}

interface CodeRow {
  readonly series_id: number;
  readonly code: number;
  readonly text: string;
}

/** Series and the texts their samples refer to. Series are few and asked for at every commit, so they are remembered. */
export class SeriesTable {
  readonly #save: Statement<never>;
  readonly #saveCode: Statement<never>;
  readonly #code: Statement<{ text: string }>;
  readonly #all: Statement<SeriesRow>;
  readonly #codes: Statement<CodeRow>;
  readonly #byId = new Map<number, Series>();

  constructor(db: Database) {
    this.#save = prepare(
      db,
      `INSERT INTO series VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET interval_ms = excluded.interval_ms, equal_instant = excluded.equal_instant, demo = excluded.demo`,
    );
    this.#saveCode = prepare(db, "INSERT INTO series_code VALUES (?, ?, ?)");
    this.#code = prepare(db, "SELECT text FROM series_code WHERE series_id = ? AND code = ?");
    this.#all = prepare(db, "SELECT * FROM series ORDER BY id");
    this.#codes = prepare(db, "SELECT * FROM series_code ORDER BY series_id, code");
    this.forget();
  }

  all(): Series[] {
    return [...this.#byId.values()].sort((a, b) => a.id - b.id);
  }

  codes(): SeriesCode[] {
    return this.#codes.all().map((row) => ({ seriesId: row.series_id, code: row.code, text: row.text }));
  }

  get(id: number): Series {
    const series = this.#byId.get(id);
    if (series === undefined) throw new Error(`There is no series ${id}.`);
    return series;
  }

  /** Interval length, rule for equal instants and the demo mark may be said anew; anything else is another series. */
  save(series: Series): void {
    const known = this.#byId.get(series.id);
    if (known !== undefined && identity(known) !== identity(series)) {
      throw new Error(`Series ${series.id} is ${identity(known)}, not ${identity(series)}.`);
    }
    const { id, key, site, point, quantity, source, kind, unit } = series;
    const interval = series.intervalMs ?? null;
    this.#save.run(id, key, site, point, quantity, source, kind, unit, interval, series.equalInstant, series.demo === true ? 1 : 0);
    this.#byId.set(id, series);
  }

  saveCode({ seriesId, code, text }: SeriesCode): void {
    const known = this.#code.get(seriesId, code);
    if (known === undefined) this.#saveCode.run(seriesId, code, text);
    else if (known.text !== text) throw new Error(`Code ${code} of series ${seriesId} is "${known.text}", not "${text}".`);
  }

  /** Reads the table again. */
  forget(): void {
    this.#byId.clear();
    for (const row of this.#all.all()) this.#byId.set(row.id, toSeries(row));
  }
}

function identity(series: Series): string {
  return [series.key, series.site, series.point, series.quantity, series.source, series.kind, series.unit].join(" ");
}

function toSeries(row: SeriesRow): Series {
  const { id, key, site, point, quantity, source, kind, unit } = row;
  return {
    ...{ id, key, site, point, quantity, source, kind, unit, equalInstant: row.equal_instant },
    ...(row.interval_ms === null ? {} : { intervalMs: row.interval_ms }),
    ...(row.demo === 1 ? { demo: true } : {}),
  };
}
