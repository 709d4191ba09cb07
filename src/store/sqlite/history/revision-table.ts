import type { Revision } from "#store/records.ts";
import { type Database, prepare } from "#store/sqlite/statement.ts";
import { packSample, unpackSample } from "./late-table.ts";
import type { Sample } from "./samples.ts";
import type { Span } from "./spans.ts";

/** A revision before it has a row; `sample` is what lost, for `replaced` and `refused`. */
export interface NewRevision {
  readonly kind: Revision["kind"];
  readonly t0Ms: number;
  readonly t1Ms: number;
  readonly sample?: Sample;
}

interface RevisionRow {
  readonly kind: Revision["kind"];
  readonly t0: number;
  readonly t1: number;
  readonly received: number;
  readonly sample: Uint8Array | null;
}

/** A revision as it was kept, codes included. */
export interface StoredRevision extends NewRevision {
  readonly receivedMs: number;
}

/** A stretch of a series that was not known at its own time. */
export interface Arrival {
  readonly series: number;
  readonly t0Ms: number;
  readonly t1Ms: number;
}

/** What lost against another sample, and since when late samples are known. */
export class RevisionTable {
  readonly #insert;
  readonly #insertArrivals;
  readonly #touching;
  readonly #remove;

  constructor(db: Database) {
    this.#insert = prepare(db, "INSERT INTO revision (series, kind, t0, t1, received, sample) VALUES (?, ?, ?, ?, ?, ?)");
    this.#insertArrivals = prepare(
      db,
      `INSERT INTO revision (series, kind, t0, t1, received) SELECT value ->> 0, 'arrived', value ->> 1, value ->> 2, ?1 FROM json_each(?2)`,
    );
    this.#remove = prepare(db, "DELETE FROM revision WHERE series = ? AND t0 >= ? AND t1 < ?");
    this.#touching = prepare<RevisionRow>(
      db,
      "SELECT kind, t0, t1, received, sample FROM revision WHERE series = ? AND t0 < ? AND t1 >= ? ORDER BY id",
    );
  }

  add(series: number, revision: NewRevision, receivedMs: number): void {
    const sample = revision.sample === undefined ? null : packSample(revision.sample);
    this.#insert.run(series, revision.kind, revision.t0Ms, revision.t1Ms, receivedMs, sample);
  }

  /** Revisions of the kind `arrived`, many in one go. */
  addArrivals(arrivals: readonly Arrival[], receivedMs: number): void {
    if (arrivals.length === 0) return;
    this.#insertArrivals.run(receivedMs, JSON.stringify(arrivals.map(({ series, t0Ms, t1Ms }) => [series, t0Ms, t1Ms])));
  }

  /** Forgets those that speak of nothing outside a span. */
  removeWithin(series: number, span: Span): void {
    this.#remove.run(series, span.fromMs, span.toMs);
  }

  /** Revisions that touch a span, in the order they were made. */
  touching(series: number, span: Span): StoredRevision[] {
    return this.#touching.all(series, span.toMs, span.fromMs).map((row) => ({
      kind: row.kind,
      t0Ms: row.t0,
      t1Ms: row.t1,
      receivedMs: row.received,
      ...(row.sample === null ? {} : { sample: unpackSample(row.sample) }),
    }));
  }

  /** The same in the form others see. */
  list(series: number, span: Span): Revision[] {
    return this.touching(series, span).map(({ kind, t0Ms, t1Ms, receivedMs, sample }) => ({
      seriesId: series,
      kind,
      t0Ms,
      t1Ms,
      value: sample?.value ?? Number.NaN,
      quality: sample?.quality ?? 0,
      receivedMs,
    }));
  }
}
