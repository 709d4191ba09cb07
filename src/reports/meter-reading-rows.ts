import type { MeterEvent, MeterIndex } from "#analytics/meter-index.ts";
import { STEP } from "#analytics/meter-index.ts";
import type { Column } from "#series/column.ts";
import { lowerBound } from "#series/column.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import type { Series } from "#sites/registry.ts";
import type { Correction } from "#store/records.ts";
import type { Range } from "#store/store.ts";
import { conversion } from "#units/unit.ts";
import type { ReadingRow } from "./meter-answers.ts";
import { CombinedNode } from "./meter-combined.ts";
import type { MeterNode } from "./meter-part.ts";
import { PhysicalNode } from "./meter-physical.ts";
import type { MeterScene } from "./meter-scene.ts";

export type ReadingsAsked = Range & { readonly limit: number };

/** What was read off a dial, newest first; of a whole, what its parts were read. */
export async function readingRows(scene: MeterScene, node: MeterNode, asked: ReadingsAsked): Promise<ReadingRow[]> {
  if (node instanceof CombinedNode) {
    const parts = node.stretches.flatMap((stretch) =>
      stretch.parts.map((part) => ({
        node: part.node,
        fromMs: Math.max(asked.fromMs, stretch.fromMs),
        toMs: Math.min(asked.toMs, stretch.toMs),
      })),
    );
    const all = await Promise.all(
      parts.map(({ node: part, ...range }) =>
        range.fromMs < range.toMs ? readingRows(scene, part, { ...range, limit: asked.limit }) : [],
      ),
    );
    return newest(all.flat(), asked.limit);
  }
  return node instanceof PhysicalNode ? dialRows(scene, node, asked) : [];
}

async function dialRows(scene: MeterScene, node: PhysicalNode, asked: ReadingsAsked): Promise<ReadingRow[]> {
  const { counters } = node.rules.dial;
  const read = await Promise.all(counters.map((series, rank) => seriesRows(scene, series, { ...asked, rank })));
  const rows = read
    .flat()
    .sort((a, b) => b.tMs - a.tMs || a.rank - b.rank)
    .slice(0, asked.limit);
  const [first, last] = [rows.at(-1)?.tMs, rows[0]?.tMs];
  if (first === undefined || last === undefined) return [];
  const index = await node.fine({ fromMs: first, toMs: last });
  const events = new Map(node.skeleton.events.filter(({ counts }) => !counts).map((event) => [event.tMs, event]));
  const unit = node.settings.unit;
  return rows.map((row, i) => {
    const better = rows[i - 1]?.tMs === row.tMs ? rows[i - 1] : undefined;
    const because = whyNot(row, { better, event: events.get(row.tMs) });
    const turn = conversion(row.series.unit, unit) ?? ((value: number) => value);
    return {
      tMs: row.tMs,
      value: turn(row.value),
      unit,
      quality: row.quality,
      source: row.series.source,
      series: row.series.key,
      counts: because === "",
      because,
      since: because === "" ? sinceBefore(index, row.tMs) : Number.NaN,
      ...(row.raw === undefined ? {} : { raw: turn(row.raw) }),
      ...(row.correction === undefined ? {} : { correctionId: row.correction.id }),
    };
  });
}

interface SeriesRow {
  readonly tMs: number;
  readonly value: number;
  readonly quality: number;
  readonly series: Series;
  /** 0 is the best. */
  readonly rank: number;
  readonly raw?: number;
  readonly correction?: Correction;
  readonly deleted?: true;
}

/** What one source read, with what people corrected of it: what they took out is there too. */
async function seriesRows(
  scene: MeterScene,
  series: Series,
  { fromMs, toMs, limit, rank }: ReadingsAsked & { readonly rank: number },
): Promise<SeriesRow[]> {
  const { store, options } = scene;
  const range = { fromMs, toMs };
  const [column, corrections] = await Promise.all([
    store.read(series.id, range, { ...options, limit: -limit }),
    store.corrections(series.id),
  ]);
  const asOfMs = options.asOfMs ?? Number.POSITIVE_INFINITY;
  const inForce = corrections.filter(
    ({ madeMs, undoneMs, t0Ms, t1Ms }) =>
      madeMs <= asOfMs && !(undoneMs !== undefined && undoneMs <= asOfMs) && t0Ms < toMs && t1Ms >= fromMs,
  );
  const at = (i: number): SeriesRow => ({
    tMs: column.tMs[i] as number,
    value: column.value[i] as number,
    quality: column.quality[i] as number,
    series,
    rank,
  });
  const rows = [...column.tMs.keys()].map(at);
  if (inForce.length === 0) return rows;
  const rawColumn = await store.read(series.id, range, { ...options, limit: -limit, corrected: false });
  return withCorrections(rows, rawColumn, { inForce, series, rank });
}

function withCorrections(
  rows: readonly SeriesRow[],
  raw: Column,
  { inForce, series, rank }: { readonly inForce: readonly Correction[]; readonly series: Series; readonly rank: number },
): SeriesRow[] {
  const newestOf = (tMs: number): Correction | undefined =>
    inForce
      .filter(({ t0Ms, t1Ms }) => t0Ms <= tMs && tMs <= t1Ms)
      .reduce<Correction | undefined>((a, b) => (a && a.id > b.id ? a : b), undefined);
  const rawAt = (tMs: number): number | undefined => {
    const row = lowerBound(raw.tMs, tMs);
    return raw.tMs[row] === tMs ? raw.value[row] : undefined;
  };
  const told = rows.map((row): SeriesRow => {
    const correction = newestOf(row.tMs);
    const was = rawAt(row.tMs);
    return correction === undefined ? row : { ...row, correction, ...(was === undefined ? {} : { raw: was }) };
  });
  const there = new Set(rows.map(({ tMs }) => tMs));
  for (let i = 0; i < raw.tMs.length; i += 1) {
    const [tMs, value] = [raw.tMs[i] as number, raw.value[i] as number];
    const correction = there.has(tMs) ? undefined : newestOf(tMs);
    if (correction !== undefined)
      told.push({ tMs, value, quality: raw.quality[i] as number, series, rank, raw: value, correction, deleted: true });
  }
  return told;
}

/** Why numbers do not use a reading; empty where they do. */
function whyNot(
  row: SeriesRow,
  { better, event }: { readonly better: SeriesRow | undefined; readonly event: MeterEvent | undefined },
): string {
  if (row.deleted) return `Taken out by ${row.correction?.who}: ${row.correction?.why}`;
  if (Number.isNaN(row.value)) return "It is no number.";
  if ((row.quality & BAD_QUALITY) !== 0) return "Its sender marked it as bad.";
  if (better !== undefined && better.deleted === undefined)
    return `${better.series.source} read the same dial at this instant, and counts more.`;
  return event?.sentence ?? "";
}

/** Used since the reading before that counts. Missing: NaN for the first, and where nobody knows. */
function sinceBefore({ tMs, total, step }: MeterIndex, atMs: number): number {
  const row = lowerBound(tMs, atMs);
  if (tMs[row] !== atMs || row === 0 || ((step[row] as number) & STEP.unknown) !== 0) return Number.NaN;
  return (total[row] as number) - (total[row - 1] as number);
}

function newest(rows: ReadingRow[], limit: number): ReadingRow[] {
  return rows.sort((a, b) => b.tMs - a.tMs).slice(0, limit);
}
