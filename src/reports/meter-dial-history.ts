import { judgeReadings } from "#analytics/judged-readings.ts";
import { withAmounts } from "#analytics/meter-amounts.ts";
import { type JudgedReadings, type MeterIndex, type RegisterRules, STEP } from "#analytics/meter-index.ts";
import { DAY_MS } from "#calendar/civil.ts";
import { type Column, lowerBound, NO_ROWS } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import type { Range, ReadOptions, Store } from "#store/store.ts";
import { type Dial, MOST_DELTA_MS, merged, readAmounts, readDial } from "./meter-dial.ts";
import { ownIndex, rowsOf, type Skeleton, type SkeletonRules, skeletonOf, spliced, withFine } from "./meter-skeleton.ts";

/** By what the readings of a dial are judged. */
export interface DialRules extends SkeletonRules {
  readonly dial: Dial;
  readonly register: RegisterRules;
  /** All of it in one text. */
  readonly print: string;
}

type Reader = Pick<Store, "read" | "extent" | "changedSince">;

interface Kept {
  readonly print: string;
  readonly versions: Float64Array;
  readonly skeleton: Skeleton;
}

export const EVER: Range = { fromMs: -8.64e15, toMs: 8.64e15 };
/** Readings of a dial that are judged at once, some megabytes of them. */
const PIECE_ROWS = 250_000;
/** A dial with fewer readings is judged whole whenever one comes. */
const FEW_ROWS = 20_000;
/** Readings on both sides that a stretch is judged with: more than a reading in doubt is held against. */
const MARGIN_ROWS = 200;
/** What is behind a change by so much is judged anew with it. */
const UNSETTLED_MS = 2 * DAY_MS;
/** What a meter uses at most shows in a year. */
const LATELY_MS = 400 * DAY_MS;
/** Changes further back than this make everything new. */
const TAIL_MS = 60 * DAY_MS;

/** What is derived of one dial, kept until something it was made of changes: a new reading makes only its last days new. */
export class DialHistory {
  readonly #store: Reader;
  #kept: Kept | undefined;
  #underWay: { readonly name: string; readonly skeleton: Promise<Skeleton> } | undefined;
  /** Days that were read in full, by their first instant. */
  readonly #fine = new Map<string, MeterIndex>();

  constructor(store: Reader) {
    this.#store = store;
  }

  /** As of now, given the versions of its series; questions that come together share one look. */
  now(rules: DialRules, versions: Float64Array): Promise<Skeleton> {
    const kept = this.#kept;
    if (kept?.print === rules.print && isSame(kept.versions, versions)) return Promise.resolve(kept.skeleton);
    const name = `${rules.print} ${versions.join(" ")}`;
    if (this.#underWay?.name === name) return this.#underWay.skeleton;
    const skeleton = this.#renewed(rules, versions).finally(() => {
      if (this.#underWay?.name === name) this.#underWay = undefined;
    });
    this.#underWay = { name, skeleton };
    return skeleton;
  }

  /** As it was known at an instant. */
  asOf(rules: DialRules, asOfMs: number): Promise<Skeleton> {
    return this.#whole(rules, { asOfMs });
  }

  /** The index with every reading of a stretch; `kept` is the skeleton it was made of. */
  async fine(
    rules: DialRules,
    index: MeterIndex,
    { range, options, kept }: { readonly range: Range; readonly options: ReadOptions; readonly kept: Skeleton },
  ): Promise<MeterIndex> {
    const name = `${range.fromMs} ${range.toMs} ${options.asOfMs ?? ""} ${rules.print}`;
    const known = this.#fine.get(name) ?? (await this.#piece(rules, range, { options, kept, sinceMs: range.fromMs - LATELY_MS })).index;
    if (this.#fine.size >= MOST_FINE) this.#fine.clear();
    // What it was judged by is in the index already.
    const own = rowsOf(known, Math.max(0, lowerBound(known.tMs, range.fromMs) - 1), known.tMs.length);
    if (own.tMs.length <= MOST_FINE_ROWS) this.#fine.set(name, own.tMs.length === known.tMs.length ? known : ownIndex(own));
    return withFine(index, own, range.toMs);
  }

  async #renewed(rules: DialRules, versions: Float64Array): Promise<Skeleton> {
    const kept = this.#kept;
    const changedMs = kept?.print === rules.print ? await this.#changedMs(rules, kept.versions) : Number.NEGATIVE_INFINITY;
    // Days that were read in full before a change are as they were.
    this.#fine.clear();
    const tail = kept && Number.isFinite(changedMs) ? await this.#tail(rules, kept.skeleton, changedMs) : undefined;
    const skeleton = tail ?? (changedMs === Number.POSITIVE_INFINITY && kept ? kept.skeleton : await this.#whole(rules, {}));
    this.#kept = { print: rules.print, versions, skeleton };
    return skeleton;
  }

  async #changedMs({ dial }: DialRules, versions: Float64Array): Promise<number> {
    const changed = await this.#store.changedSince(idsOf(dial), versions);
    return changed.reduce((first, one) => Math.min(first, one), Number.POSITIVE_INFINITY);
  }

  /** What was kept, with the last days anew. Missing: undefined where everything has to be read. */
  async #tail(rules: DialRules, kept: Skeleton, changedMs: number): Promise<Skeleton | undefined> {
    const { dial, zone } = rules;
    const lastMs = kept.index.tMs.at(-1) ?? Number.NEGATIVE_INFINITY;
    const rows = kept.days.readings.reduce((sum, n) => sum + n, 0);
    if (dial.amounts.length > 0 || rows < FEW_ROWS || changedMs < lastMs - TAIL_MS) return undefined;
    const before = await readDial(this.#store, dial, { range: { ...EVER, toMs: changedMs }, options: { limit: -MARGIN_ROWS } });
    const fromMs = zone.dayStart(Math.min(changedMs - UNSETTLED_MS, before.tMs[0] ?? changedMs));
    const judged = await this.#piece(rules, { fromMs, toMs: EVER.toMs }, { options: {}, kept });
    return spliced(kept, { judged, fromMs, toMs: EVER.toMs }, rules);
  }

  async #whole(rules: DialRules, options: ReadOptions): Promise<Skeleton> {
    const { dial } = rules;
    const extents = await this.#store.extent(dial.counters.map(({ id }) => id));
    const count = extents.reduce((sum, extent) => sum + extent.count, 0);
    if (count <= PIECE_ROWS) return skeletonOf(await this.#piece(rules, EVER, { options }), rules);
    const some = extents.filter((extent) => extent.count > 0);
    const firstMs = Math.min(...some.map((extent) => extent.firstMs));
    const lastMs = Math.max(...some.map((extent) => extent.lastMs));
    return this.#inPieces(rules, { options, range: { fromMs: firstMs, toMs: lastMs + 1 }, pieces: Math.ceil(count / PIECE_ROWS) });
  }

  /** So many readings are judged a stretch at a time, so that they are never all in memory. */
  async #inPieces(
    rules: DialRules,
    work: { readonly options: ReadOptions; readonly range: Range; readonly pieces: number },
  ): Promise<Skeleton> {
    const { options, range, pieces } = work;
    const { zone } = rules;
    const lengthMs = Math.max(UNSETTLED_MS, (range.toMs - range.fromMs) / pieces);
    let skeleton: Skeleton | undefined;
    for (let fromMs = zone.dayStart(range.fromMs); fromMs < range.toMs; ) {
      const nextMs = zone.nextStart("day", fromMs + lengthMs);
      const toMs = nextMs >= range.toMs ? EVER.toMs : nextMs;
      const asked = { fromMs: skeleton === undefined ? EVER.fromMs : fromMs, toMs };
      const judged = await this.#piece(rules, asked, { options, ...(skeleton === undefined ? {} : { kept: skeleton }) });
      skeleton =
        skeleton === undefined ? skeletonOf(until(judged, toMs), rules) : (spliced(skeleton, { judged, fromMs, toMs }, rules) ?? skeleton);
      fromMs = nextMs;
    }
    return skeleton ?? skeletonOf(await this.#piece(rules, EVER, { options }), rules);
  }

  /** Judged readings of a stretch with those around it, and by what is kept of the past before it. */
  async #piece(rules: DialRules, range: Range, known: Known): Promise<JudgedReadings> {
    const { dial, register } = rules;
    const around = await this.#readings(rules, range, known);
    const readings = merged([pastOf(known, register, around.tMs[0] ?? range.fromMs), around]);
    const judged = judgeReadings(readings, register);
    if (dial.amounts.length === 0) return judged;
    const isWhole = range.fromMs === EVER.fromMs && range.toMs === EVER.toMs;
    const { options } = known;
    // Amounts are kept by their ends: one that only reaches into the stretch is part of it.
    const fromMs = Math.max(EVER.fromMs, Math.min(range.fromMs, around.tMs[0] ?? range.fromMs) - MOST_DELTA_MS);
    const toMs = Math.min(EVER.toMs, Math.max(range.toMs, around.tMs.at(-1) ?? range.toMs) + MOST_DELTA_MS);
    const amounts = await readAmounts(this.#store, dial, { range: isWhole ? EVER : { fromMs, toMs }, options });
    return { ...judged, index: withAmounts(judged.index, amounts) };
  }

  async #readings({ dial, watchesLeaks }: DialRules, range: Range, { options, kept }: Known): Promise<Column> {
    const read = (span: Range, limit?: number): Promise<Column> =>
      readDial(this.#store, dial, { range: span, options: limit === undefined ? options : { ...options, limit } });
    // A flow without rest is told from where it began.
    const leakMs = watchesLeaks ? Math.min(range.fromMs - UNSETTLED_MS, leakBefore(kept, range.fromMs)) : range.fromMs;
    const fromMs = Math.max(EVER.fromMs, leakMs);
    const [before, inner, after] = await Promise.all([
      fromMs > EVER.fromMs ? read({ fromMs: EVER.fromMs, toMs: fromMs }, -MARGIN_ROWS) : NO_ROWS,
      read({ fromMs, toMs: range.toMs }),
      range.toMs < EVER.toMs ? read({ fromMs: range.toMs, toMs: EVER.toMs }, MARGIN_ROWS) : NO_ROWS,
    ]);
    return merged([before, inner, after]);
  }
}

/** How a stretch is read, and what is kept of the time before it. */
interface Known {
  readonly options: ReadOptions;
  readonly kept?: Skeleton | undefined;
  /** Left out: all of it. */
  readonly sinceMs?: number;
}

/** What a meter used before tells what it can use: the readings that are kept, but for those a person's word made. */
function pastOf({ kept, sinceMs = EVER.fromMs }: Known, { replacements, resetsMs }: RegisterRules, beforeMs: number): Column {
  if (kept === undefined) return NO_ROWS;
  const { tMs, register, step } = kept.index;
  const stated = new Set([...replacements.map((one) => one.tMs), ...resetsMs]);
  const from = lowerBound(tMs, sinceMs);
  const most = Math.max(0, lowerBound(tMs, beforeMs) - from);
  const past = { tMs: new Float64Array(most), value: new Float64Array(most), quality: new Uint16Array(most) };
  let rows = 0;
  for (let row = from; row < from + most; row += 1) {
    const [at, bits] = [tMs[row] as number, step[row] as number];
    if ((bits & STEP.amount) !== 0 || stated.has(at) || Number.isNaN(register[row] as number)) continue;
    past.tMs[rows] = at;
    past.value[rows] = register[row] as number;
    past.quality[rows] = bits & STEP.corrected ? QUALITY.corrected : 0;
    rows += 1;
  }
  return { tMs: past.tMs.subarray(0, rows), value: past.value.subarray(0, rows), quality: past.quality.subarray(0, rows) };
}

/** Without the rows that a piece was judged with. */
function until({ index, events }: JudgedReadings, toMs: number): JudgedReadings {
  return { index: rowsOf(index, 0, lowerBound(index.tMs, toMs)), events: events.filter(({ tMs }) => tMs < toMs) };
}

const MOST_FINE = 16;
const MOST_FINE_ROWS = 20_000;

/** Where a leak began that may still run there. */
function leakBefore(kept: Skeleton | undefined, atMs: number): number {
  const leak = kept?.leaks.at(-1);
  return leak !== undefined && leak.toMs >= atMs - UNSETTLED_MS && leak.fromMs > atMs - TAIL_MS ? leak.fromMs - UNSETTLED_MS : atMs;
}

export function idsOf({ counters, amounts }: Dial): number[] {
  return [...counters, ...amounts].map(({ id }) => id);
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((version, i) => version === b[i]);
}
