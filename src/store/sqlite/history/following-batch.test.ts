import { DatabaseSync } from "@photostructure/sqlite";
import fc from "fast-check";
import { expect, it } from "vitest";
import { inTransaction } from "#store/sqlite/transaction.ts";
import { Appender, type Prepared } from "./appender.ts";
import { type ModelSample, toColumns } from "./history-model.ts";
import { Parts } from "./parts.ts";
import { HISTORY_DDL } from "./schema.ts";

const NOW_MS = Date.UTC(2026, 2, 1);
const HOUR_MS = 3_600_000;
const ALWAYS = { fromMs: Number.MIN_SAFE_INTEGER, toMs: Number.MAX_SAFE_INTEGER };
const SERIES = [-3, 1, 2, 900_000];

type Way = (appender: Appender, samples: ReturnType<typeof toColumns>, receivedMs: number) => Prepared;

/** Everything a history keeps after these batches, also in the rows of its file. */
function after(batches: readonly (readonly ModelSample[])[], way: Way): unknown {
  const db = new DatabaseSync(":memory:");
  db.exec(HISTORY_DDL);
  const parts = new Parts(db, { rule: (series) => (series % 2 === 0 ? "last" : "first") }, () => NOW_MS);
  const appender = new Appender(parts);
  const outcomes = batches.map((batch, i) => {
    const prepared = inTransaction(db, () => way(appender, toColumns(batch), NOW_MS + i * HOUR_MS));
    for (const change of prepared.changes) change();
    return [prepared.seq, ...prepared.outcome];
  });
  const states = SERIES.map((id) => {
    const { version, tailSeq, tailSinceMs, tail } = parts.states.get(id);
    return { version, tailSeq, tailSinceMs, length: tail.length, samples: parts.reader.samples(id, ALWAYS) };
  });
  const revisions = db.prepare("SELECT series, kind, t0, t1, received, sample FROM revision ORDER BY series, id").all();
  const log = db.prepare("SELECT seq, data FROM log ORDER BY seq").all();
  const kept = { outcomes, states, revisions, log, bytes: parts.log.bytes, committed: parts.log.committedSeq };
  db.close();
  return kept;
}

/** Each series moves on by a minute or an hour, now and then not at all, so that batches of both kinds come about. */
const sample = fc.record({
  series: fc.constantFrom(...SERIES),
  stepMs: fc.oneof({ weight: 40, arbitrary: fc.constantFrom(60_000, HOUR_MS) }, { weight: 1, arbitrary: fc.constantFrom(0, -60_000) }),
  value: fc.oneof(fc.double(), fc.constantFrom(Number.NaN, -0)),
  quality: fc.constantFrom(0, 0, 1, 72),
  code: fc.constantFrom(0, 0, 3),
});
const batches = fc.array(fc.array(sample, { maxLength: 20 }), { minLength: 1, maxLength: 5 }).map((all) => {
  const lastMs = new Map<number, number>();
  return all.map((batch) =>
    batch.map(({ stepMs, ...rest }) => {
      const tMs = (lastMs.get(rest.series) ?? NOW_MS - 3 * HOUR_MS) + stepMs;
      lastMs.set(rest.series, tMs);
      return { ...rest, tMs };
    }),
  );
});

it("keeps what samples that only follow say exactly as if each had been looked at by itself", () => {
  const property = fc.property(batches, (all) => {
    const each = after(all, (appender, samples, receivedMs) => appender.prepareEach(samples, receivedMs));
    expect(after(all, (appender, samples, receivedMs) => appender.prepare(samples, receivedMs))).toEqual(each);
  });
  fc.assert(property, { numRuns: 60 });
});
