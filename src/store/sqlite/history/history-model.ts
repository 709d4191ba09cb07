import { BAD_QUALITY, QUALITY } from "#series/quality.ts";
import { OUTCOME, type SampleColumns } from "#store/batch.ts";
import type { Correction } from "#store/records.ts";
import type { Extent, Range, ReadOptions } from "#store/store.ts";
import { decide, type SeriesRules } from "./decide.ts";
import type { Sample } from "./samples.ts";

export interface ModelSample extends Sample {
  readonly series: number;
  readonly tMs: number;
}

/** A stored sample: since when its instant is known, and what stood there before. */
interface Entry {
  sample: Sample;
  readonly knownMs: number;
  readonly before: { sample: Sample; untilMs: number }[];
}

const HOUR_MS = 3_600_000;

/** What the history ought to answer, in the plainest way: a map of every sample. For tests. */
export class HistoryModel {
  readonly #rules: SeriesRules;
  readonly #series = new Map<number, Map<number, Entry>>();
  readonly corrections: Correction[] = [];

  constructor(rules: SeriesRules) {
    this.#rules = rules;
  }

  append(samples: readonly ModelSample[], receivedMs: number): number[] {
    return samples.map(({ series, tMs, value, quality, code }) => {
      const entries = this.#entries(series);
      const old = entries.get(tMs);
      const sample = { value, quality, code };
      const outcome = decide(old?.sample, sample, this.#rules.rule(series));
      if (old === undefined) {
        const punctual = tMs > lastOf(entries) && Math.abs(tMs - receivedMs) <= HOUR_MS;
        entries.set(tMs, { sample, knownMs: punctual ? tMs : receivedMs, before: [] });
      } else if (outcome === OUTCOME.replaced) {
        old.before.push({ sample: old.sample, untilMs: receivedMs });
        old.sample = sample;
      }
      return outcome;
    });
  }

  /** Forgets what lies before an instant and is not spared; the newest stays. Answers how many. */
  expire(series: number, beforeMs: number, spare: readonly Range[]): number {
    const entries = this.#entries(series);
    const newestMs = lastOf(entries);
    const gone = [...entries.keys()].filter(
      (tMs) => tMs < beforeMs && tMs !== newestMs && !spare.some(({ fromMs, toMs }) => tMs >= fromMs && tMs < toMs),
    );
    for (const tMs of gone) entries.delete(tMs);
    return gone.length;
  }

  undo(id: number, undoneMs: number): void {
    const at = this.corrections.findIndex((correction) => correction.id === id);
    this.corrections[at] = { ...(this.corrections[at] as Correction), undoneMs };
  }

  /** Rows of instant, value, quality, code. */
  read(series: number, range: Range, { asOfMs, corrected = true, limit }: ReadOptions): number[][] {
    let rows = new Map<number, Sample>();
    for (const [tMs, { sample, knownMs, before }] of this.#entries(series)) {
      if (asOfMs !== undefined && knownMs > asOfMs) continue;
      rows.set(tMs, before.find(({ untilMs }) => asOfMs !== undefined && untilMs > asOfMs)?.sample ?? sample);
    }
    const holding = this.corrections.filter(({ seriesId, madeMs, undoneMs }) => {
      if (seriesId !== series || !corrected) return false;
      return asOfMs === undefined ? undoneMs === undefined : madeMs <= asOfMs && (undoneMs ?? Number.POSITIVE_INFINITY) > asOfMs;
    });
    for (const correction of holding) rows = correctedBy(rows, correction);
    const inside = [...rows].filter(([tMs]) => tMs >= range.fromMs && tMs < range.toMs).sort(([a], [b]) => a - b);
    const all = inside.map(([tMs, { value, quality, code }]) => [tMs, value, quality, code]);
    if (limit === undefined) return all;
    return limit < 0 ? all.slice(limit) : all.slice(0, limit);
  }

  /** Buckets as plain rows; least and greatest are 0 where they are -0. */
  buckets(series: number, range: Range, { bucketMs, ...options }: ReadOptions & { bucketMs: number }): unknown[] {
    const whole = { fromMs: Math.floor(range.fromMs / bucketMs) * bucketMs, toMs: Math.ceil(range.toMs / bucketMs) * bucketMs };
    const groups = new Map<number, number[][]>();
    for (const row of this.read(series, whole, options)) {
      const start = Math.floor((row[0] as number) / bucketMs) * bucketMs;
      groups.set(start, [...(groups.get(start) ?? []), row]);
    }
    return [...groups].map(([start, rows]) => bucketOf(start, rows));
  }

  latest(): number[][] {
    const all = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };
    const ids = [...this.#series].filter(([, entries]) => entries.size > 0).map(([id]) => id);
    return ids.sort((a, b) => a - b).flatMap((id) => this.read(id, all, { limit: -1 }).map((row) => [id, ...row]));
  }

  extent(ids: readonly number[]): Extent[] {
    return ids.flatMap((seriesId) => {
      const times = [...this.#entries(seriesId).keys()];
      if (times.length === 0) return [];
      return [
        { seriesId, firstMs: times.reduce((a, b) => Math.min(a, b)), lastMs: times.reduce((a, b) => Math.max(a, b)), count: times.length },
      ];
    });
  }

  #entries(series: number): Map<number, Entry> {
    const known = this.#series.get(series);
    if (known !== undefined) return known;
    const entries = new Map<number, Entry>();
    this.#series.set(series, entries);
    return entries;
  }
}

function lastOf(entries: Map<number, Entry>): number {
  let last = Number.NEGATIVE_INFINITY;
  for (const tMs of entries.keys()) if (tMs > last) last = tMs;
  return last;
}

function correctedBy(rows: Map<number, Sample>, { action, t0Ms, t1Ms, value }: Correction): Map<number, Sample> {
  if (action === "add") {
    const old = rows.get(t0Ms) ?? { quality: 0, code: 0 };
    return new Map(rows).set(t0Ms, { value, quality: (old.quality & ~BAD_QUALITY) | QUALITY.corrected, code: old.code });
  }
  const laid = new Map<number, Sample>();
  for (const [tMs, sample] of rows) {
    if (tMs < t0Ms || tMs > t1Ms) laid.set(tMs, sample);
    else if (action === "set") laid.set(tMs, { ...sample, value, quality: (sample.quality & ~BAD_QUALITY) | QUALITY.corrected });
    else if (action === "offset") laid.set(tMs, { ...sample, value: sample.value + value, quality: sample.quality | QUALITY.corrected });
  }
  return laid;
}

function bucketOf(start: number, rows: readonly number[][]): unknown {
  const good = rows.filter(([, value, quality]) => ((quality as number) & BAD_QUALITY) === 0 && !Number.isNaN(value));
  const values = good.map(([, value]) => value as number);
  const none = values.length === 0;
  return {
    start,
    first: values[0] ?? Number.NaN,
    last: values[values.length - 1] ?? Number.NaN,
    min: none ? Number.NaN : values.reduce((a, b) => Math.min(a, b)) + 0,
    max: none ? Number.NaN : values.reduce((a, b) => Math.max(a, b)) + 0,
    sum: none ? "NaN" : roughly(values.reduce((a, b) => a + b)),
    n: values.length,
    nBad: rows.length - values.length,
    qualityOr: rows.reduce((bits, [, , quality]) => bits | (quality as number), 0),
  };
}

/** A sum to the digits that do not depend on the order of adding. */
export function roughly(sum: number): string {
  return Math.abs(sum) < 1e-9 ? "0" : sum.toPrecision(10);
}

export function toColumns(samples: readonly ModelSample[]): SampleColumns {
  return {
    seriesId: Int32Array.from(samples, ({ series }) => series),
    tMs: Float64Array.from(samples, ({ tMs }) => tMs),
    value: Float64Array.from(samples, ({ value }) => value),
    quality: Uint16Array.from(samples, ({ quality }) => quality),
    code: Uint16Array.from(samples, ({ code }) => code),
  };
}
