import type { PointGuess } from "#buildings/model.ts";
import type { Buckets, Column } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import { type Series, TEXT_UNIT } from "#sites/registry.ts";
import type { Range, Store } from "#store/store.ts";
import type { OverrideRow } from "./building-answers.ts";
import type { Texts } from "./building-book.ts";
import type { KeptAnswers, Versions } from "./building-kept.ts";
import type { Turns } from "./turns.ts";

const DAY_MS = 86_400_000;
const EVER_MS = 8.64e15;
/** Rows that are read at once on the way to where an override began or ended. */
const PIECE_ROWS = 512;
const MOST_PIECES = 64;

export interface OverrideParts {
  readonly store: Pick<Store, "read" | "readBuckets">;
  readonly textsOf: (seriesId: number) => Texts;
  readonly turns: Turns;
  /** What is known of series already, and the versions they have now. */
  readonly kept: KeptAnswers<OverrideRow[]>;
  readonly versions: Versions;
  /** Another one whenever a point is another, or of other equipment. */
  readonly generation: number;
}

/** Runs in which points were held by hand, of every point, that touch a range: those that last first, the longest first. */
export async function overridesIn(points: readonly PointGuess[], range: Range, parts: OverrideParts): Promise<OverrideRow[]> {
  const wanted = points.flatMap((guess) =>
    guess.point.series.map((series) => ({
      name: String(series.id),
      seriesIds: [series.id],
      // A run is followed to its ends, wherever they are.
      untilMs: EVER_MS,
      print: String(parts.generation),
      make: () => parts.turns.take(() => ofSeries(guess, series, { range, parts })),
    })),
  );
  const rows = await parts.kept.all(`${range.fromMs} ${range.toMs}`, wanted, parts.versions);
  // A run that ended where the range begins is none of it.
  const within = rows.flat().filter(({ untilMs = Number.POSITIVE_INFINITY }) => untilMs > range.fromMs);
  return within.sort((a, b) => Number(a.untilMs !== undefined) - Number(b.untilMs !== undefined) || a.sinceMs - b.sinceMs);
}

interface Asked {
  readonly range: Range;
  readonly parts: OverrideParts;
}

async function ofSeries(guess: PointGuess, series: Series, { range, parts }: Asked): Promise<OverrideRow[]> {
  const { store } = parts;
  const held = await heldDays(store, series.id, range);
  if (held === undefined) return [];
  const column = await store.read(series.id, held);
  return Promise.all(runsOf(column).map((run) => rowOf(run, { guess, series, column, parts })));
}

/** The stretch of a range outside of which no day has a sample that was held; the value before the range may hold into it. */
async function heldDays(store: OverrideParts["store"], seriesId: number, range: Range): Promise<Range | undefined> {
  const buckets = await store.readBuckets(seriesId, { fromMs: range.fromMs - DAY_MS, toMs: range.toMs }, DAY_MS);
  const { tMs, qualityOr } = buckets;
  const held = [...tMs.keys()].filter((row) => isHeld(qualityOr[row] as number)).map((row) => tMs[row] as number);
  const days = held.filter((day) => day + DAY_MS > range.fromMs);
  const before = wasFree(buckets, range.fromMs) ? undefined : await heldBefore(store, seriesId, range.fromMs);
  const [first, end] = [days[0], days.at(-1)];
  if (first === undefined || end === undefined) return before === undefined ? undefined : { fromMs: before, toMs: before + 1 };
  return { fromMs: before ?? Math.max(first, range.fromMs), toMs: Math.min(end + DAY_MS, range.toMs) };
}

/** Whether the days around an instant alone say that the last sample before it was not held: the day before it spoke, and nothing was. */
function wasFree({ tMs, n, nBad, qualityOr }: Buckets, atMs: number): boolean {
  const before = [...tMs.keys()].filter((row) => (tMs[row] as number) < atMs);
  const isFree = before.every((row) => !isHeld(qualityOr[row] as number));
  return isFree && before.some((row) => (tMs[row] as number) + DAY_MS <= atMs && (n[row] as number) + (nBad[row] as number) > 0);
}

/** The last sample before an instant where it was held. Missing: undefined where it was not, or there is none. */
async function heldBefore(store: OverrideParts["store"], seriesId: number, atMs: number): Promise<number | undefined> {
  const { tMs, quality } = await store.read(seriesId, { fromMs: -EVER_MS, toMs: atMs }, { limit: -1 });
  return tMs.length > 0 && isHeld(quality[0] as number) ? tMs[0] : undefined;
}

const isHeld = (quality: number): boolean => (quality & QUALITY.overridden) !== 0;

interface Run {
  readonly first: number;
  readonly last: number;
}

function runsOf({ quality }: Column): Run[] {
  const runs: Run[] = [];
  for (let row = 0; row < quality.length; row += 1) {
    if (!isHeld(quality[row] as number)) continue;
    const first = row;
    while (row + 1 < quality.length && isHeld(quality[row + 1] as number)) row += 1;
    runs.push({ first, last: row });
  }
  return runs;
}

interface About {
  readonly guess: PointGuess;
  readonly series: Series;
  readonly column: Column;
  readonly parts: OverrideParts;
}

async function rowOf({ first, last }: Run, { guess, series, column, parts }: About): Promise<OverrideRow> {
  const began =
    first > 0 ? { sinceMs: column.tMs[first] as number, isFirst: false } : await beginning(column.tMs[0] as number, series, parts);
  const inside = column.tMs[last + 1];
  const ended = inside !== undefined ? { untilMs: inside, lastHeld: pieceOf(column, last) } : await ending(column, series, parts);
  const { value, code } = ended.lastHeld;
  const texts = parts.textsOf(series.id);
  const { point, equipment } = guess;
  return {
    ...(equipment === undefined ? {} : { equipment }),
    point: point.point,
    name: point.name,
    sinceMs: began.sinceMs,
    sinceOrBefore: began.isFirst,
    ...(ended.untilMs === undefined ? {} : { untilMs: ended.untilMs }),
    value,
    text: series.unit === TEXT_UNIT ? (texts.get(value) ?? "") : "",
    unit: series.unit,
    status: texts.get(code) ?? "",
  };
}

interface Sample {
  readonly value: number;
  readonly code: number;
}

function pieceOf({ value, code }: Column, row: number): Sample {
  return { value: value[row] as number, code: code?.[row] ?? 0 };
}

/** Where a run began that holds at an instant; `isFirst` where nothing is known before it. */
async function beginning(tMs: number, { id }: Series, { store }: OverrideParts): Promise<{ sinceMs: number; isFirst: boolean }> {
  let sinceMs = tMs;
  for (let piece = 0; piece < MOST_PIECES; piece += 1) {
    const earlier = await store.read(id, { fromMs: -EVER_MS, toMs: sinceMs }, { limit: -PIECE_ROWS });
    for (let row = earlier.tMs.length - 1; row >= 0; row -= 1) {
      if (!isHeld(earlier.quality[row] as number)) return { sinceMs, isFirst: false };
      sinceMs = earlier.tMs[row] as number;
    }
    if (earlier.tMs.length < PIECE_ROWS) break;
  }
  return { sinceMs, isFirst: true };
}

/** Where a run ends that reaches the end of what was read. */
async function ending(column: Column, { id }: Series, { store }: OverrideParts): Promise<{ untilMs?: number; lastHeld: Sample }> {
  let lastHeld = pieceOf(column, column.tMs.length - 1);
  let atMs = column.tMs.at(-1) as number;
  for (let piece = 0; piece < MOST_PIECES; piece += 1) {
    const later = await store.read(id, { fromMs: atMs + 1, toMs: EVER_MS }, { limit: PIECE_ROWS });
    for (let row = 0; row < later.tMs.length; row += 1) {
      if (!isHeld(later.quality[row] as number)) return { untilMs: later.tMs[row] as number, lastHeld };
      lastHeld = pieceOf(later, row);
      atMs = later.tMs[row] as number;
    }
    if (later.tMs.length < PIECE_ROWS) break;
  }
  return { lastHeld };
}
