import { lowerBound } from "#series/column.ts";
import { IndexRows } from "./index-rows.ts";
import type { TimeRange } from "./interval-grid.ts";
import { type MeterIndex, STEP } from "./meter-index.ts";

/**
 * What was used between instants, as somebody else measured it.
 * Shape:   columns of one length, ascending; intervals do not overlap.
 * Units:   of the meter.
 * Missing: NaN where it is not known (yet).
 */
export interface MeterAmounts {
  readonly fromMs: Float64Array;
  readonly toMs: Float64Array;
  readonly amount: Float64Array;
}

/**
 * Readings with what amounts tell of the time between, before and behind them. No reading is moved: between two of them the amounts
 * say how the difference is spread, and what they leave of it belongs to the time they do not know. Behind the last reading, and
 * before the first, they carry the register on as far as they follow one another; past an amount that is not known they still count,
 * but nobody can tell what the dial shows.
 */
export function withAmounts(index: MeterIndex, amounts: MeterAmounts): MeterIndex {
  const { tMs, total, register, step } = index;
  const n = tMs.length;
  const rows = new IndexRows();
  const early = before(index, piecesWithin(amounts, { fromMs: -Infinity, toMs: tMs[0] ?? Infinity }), rows);
  let shift = early.used;
  for (let i = 0; i < n; i += 1) {
    let bits = (step[i] as number) | early.bits;
    if (i > 0) {
      const inner = between(index, i, {
        shift,
        rows,
        pieces: piecesWithin(amounts, { fromMs: tMs[i - 1] as number, toMs: tMs[i] as number }),
      });
      shift += inner.used;
      bits = inner.bits;
    }
    rows.push({ tMs: tMs[i] as number, total: (total[i] as number) + shift, register: register[i] as number, step: bits });
  }
  if (n > 0) behind(index, piecesWithin(amounts, { fromMs: tMs[n - 1] as number, toMs: Infinity }), { shift, rows });
  return rows.index();
}

/** A known amount, cut to the time that is asked for. */
interface Piece {
  readonly fromMs: number;
  readonly toMs: number;
  readonly amount: number;
}

/** What was found beyond the readings, and what the step that ends at the next reading is. */
interface Found {
  readonly used: number;
  readonly bits: number;
}

function piecesWithin({ fromMs, toMs, amount }: MeterAmounts, range: TimeRange): Piece[] {
  const pieces: Piece[] = [];
  for (let i = lowerBound(toMs, range.fromMs); i < toMs.length && (fromMs[i] as number) < range.toMs; i += 1) {
    const [begin, end] = [fromMs[i] as number, toMs[i] as number];
    const [cutFrom, cutTo] = [Math.max(begin, range.fromMs), Math.min(end, range.toMs)];
    if (!(cutTo > cutFrom && (amount[i] as number) >= 0)) continue;
    pieces.push({ fromMs: cutFrom, toMs: cutTo, amount: ((amount[i] as number) * (cutTo - cutFrom)) / (end - begin) });
  }
  return pieces;
}

function sumOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { amount }) => sum + amount, 0);
}

/** All before the first reading. Where there is none, all there is. */
function before(index: MeterIndex, pieces: readonly Piece[], rows: IndexRows): Found {
  const first = pieces[0];
  if (first === undefined) return { used: 0, bits: 0 };
  const used = sumOf(pieces);
  const firstMs = index.tMs[0];
  const endMs = firstMs ?? (pieces.at(-1) as Piece).toMs;
  const whole = wholeFrom(pieces, endMs);
  const shown = (tMs: number, total: number): number => {
    const register = tMs >= whole ? (index.register[0] ?? Number.NaN) - (used - total) : Number.NaN;
    return register >= 0 ? register : Number.NaN;
  };
  let cursor = first.fromMs;
  let total = 0;
  rows.push({ tMs: cursor, total, register: shown(cursor, total), step: 0 });
  for (const piece of pieces) {
    if (piece.fromMs > cursor) rows.push({ tMs: piece.fromMs, total, register: shown(piece.fromMs, total), step: STEP.unknown });
    total += piece.amount;
    cursor = piece.toMs;
    if (cursor !== firstMs) rows.push({ tMs: cursor, total, register: shown(cursor, total), step: STEP.amount });
  }
  return { used, bits: cursor === endMs ? STEP.amount : STEP.unknown };
}

/** The instant from which on the pieces follow one another without a hole up to the end. */
function wholeFrom(pieces: readonly Piece[], endMs: number): number {
  let fromMs = endMs;
  for (let i = pieces.length - 1; i >= 0 && (pieces[i] as Piece).toMs === fromMs; i -= 1) fromMs = (pieces[i] as Piece).fromMs;
  return fromMs;
}

interface Inner {
  readonly shift: number;
  readonly rows: IndexRows;
  readonly pieces: readonly Piece[];
}

function between({ tMs, total, register, step }: MeterIndex, i: number, { shift, rows, pieces }: Inner): Found {
  const bits = step[i] as number;
  const [fromMs, toMs] = [tMs[i - 1] as number, tMs[i] as number];
  const all = (total[i] as number) - (total[i - 1] as number);
  const sum = sumOf(pieces);
  const holesMs = toMs - fromMs - pieces.reduce((ms, piece) => ms + piece.toMs - piece.fromMs, 0);
  const isUnknown = (bits & STEP.unknown) !== 0;
  if (pieces.length === 0 || (!isUnknown && sum === 0 && holesMs === 0)) return { used: 0, bits };
  const scale = isUnknown || (sum <= all && holesMs > 0) ? 1 : sum > 0 ? all / sum : 0;
  const restPerMs = isUnknown || holesMs === 0 ? 0 : Math.max(0, all - sum * scale) / holesMs;
  const begin = { total: (total[i - 1] as number) + shift, register: register[i - 1] as number };
  let cursor = fromMs;
  let used = 0;
  let isShown = true;
  const put = (atMs: number, what: number) =>
    rows.push({ tMs: atMs, total: begin.total + used, register: isShown ? begin.register + used : Number.NaN, step: what });
  for (const piece of pieces) {
    if (piece.fromMs > cursor) {
      used += restPerMs * (piece.fromMs - cursor);
      isShown &&= !isUnknown;
      put(piece.fromMs, isUnknown ? STEP.unknown : 0);
    }
    used += piece.amount * scale;
    cursor = piece.toMs;
    if (cursor < toMs) put(cursor, STEP.amount);
  }
  const rest = cursor === toMs ? (bits & ~STEP.unknown) | STEP.amount : bits;
  return { used: isUnknown ? sum : 0, bits: rest };
}

function behind(index: MeterIndex, pieces: readonly Piece[], { shift, rows }: Omit<Inner, "pieces">): void {
  const last = index.tMs.length - 1;
  let cursor = index.tMs[last] as number;
  let total = (index.total[last] as number) + shift;
  let register = index.register[last] as number;
  for (const piece of pieces) {
    if (piece.fromMs > cursor) {
      register = Number.NaN;
      rows.push({ tMs: piece.fromMs, total, register, step: STEP.unknown });
    }
    total += piece.amount;
    register += piece.amount;
    cursor = piece.toMs;
    rows.push({ tMs: cursor, total, register, step: STEP.amount });
  }
}
