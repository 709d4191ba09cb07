import { DAY_MS } from "#calendar/civil.ts";
import { NOT_A_DAY, type ReadSpans } from "./read-spans.ts";
import { middleInPlace, selectInPlace } from "./select.ts";
import type { RowJudgement } from "./usual-rows.ts";

/** Stretches before it that it is compared with: so many, of a length within this factor of its own, not older. */
const PEERS = 24;
const LEAST_PEERS = 6;
const ALIKE = 3;
const OLDEST_MS = 4 * 366 * DAY_MS;
/** The past has to know most of a year: with less of it the season is not known. */
const LEAST_PAST_MS = 300 * DAY_MS;
/** Stretches of earlier years around the same date that are a past of their own. */
const AROUND_MS = 45 * DAY_MS;
const YEAR_MS = 365.25 * DAY_MS;
const LEAST_OF_SEASON = 2;
const LEAST_SPREAD = 0.05;
const PER_MEDIAN = 1.4826;
const PER_TENTH = 1 / 1.6449;
const RATIO_SHARE = 0.5;
/** Less than this share of what is expected is not worth reading where a month is known by one figure. */
const WORTH = 0.5;
/**
 * Of normal deviations one in a hundred is further from the middle of so few others than LIMIT × (1 + FEW / n²) of their
 * deviations, to either side; found by drawing 60 000 of each.
 */
const LIMIT = 3;
const FEW = 44;
/** Where there are many stretches a year one in a hundred is too often. */
const SHORT_MS = 4 * DAY_MS;
const SHORT_FACTOR = 1.25;

/** Judges the stretches that are no days by those before them that are about as long. Days are left as they are in `judgement`. */
export function judgeSparse(spans: ReadSpans, judgement: RowJudgement): void {
  const past: number[] = [];
  for (let row = 0; row < spans.fromMs.length; row += 1) {
    if (spans.weekday[row] !== NOT_A_DAY) continue;
    if (Number.isNaN(judgement.score[row])) judgeOne(spans, row, { past, judgement });
    if (judgement.side[row] === 0) past.push(row);
  }
}

interface Known {
  readonly past: readonly number[];
  readonly judgement: RowJudgement;
}

function judgeOne(spans: ReadSpans, row: number, { past, judgement }: Known): void {
  const peers = peersOf(spans, row, past);
  if (peers.length < LEAST_PEERS || (spans.fromMs[row] as number) - (spans.fromMs[past[0] as number] as number) < LEAST_PAST_MS) return;
  const rates = Float64Array.from(peers, (peer) => rateOf(spans, peer));
  const unit = RATIO_SHARE * middleInPlace(rates.map(Math.abs), rates.length);
  if (!(unit > 0)) return;
  const plain = (peer: number): number => Math.asinh(rateOf(spans, peer) / unit);
  const known = [usualOf(peers.map(plain))];
  const season = peers.filter((peer) => isSeason(spans, peer, row));
  if (season.length >= LEAST_OF_SEASON) known.push({ level: middle(season.map(plain)), spread: (known[0] as Usual).spread });
  const limit = LIMIT * (1 + FEW / peers.length ** 2) * (lengthOf(spans, row) < SHORT_MS ? SHORT_FACTOR : 1);
  const value = plain(row);
  const scores = known.map(({ level, spread }) => (value - level) / spread);
  const isOneSide = scores.every((score) => Math.sign(score) === Math.sign(scores[0] as number));
  const score = isOneSide ? scores.reduce((a, b) => (Math.abs(b) < Math.abs(a) ? b : a)) : 0;
  judgement.score[row] = score;
  judgement.limit[row] = limit;
  judgement.expected[row] = unit * Math.sinh((known.at(-1) as Usual).level);
  judgement.low[row] = unit * Math.sinh(Math.min(...known.map(({ level, spread }) => level - limit * spread)));
  judgement.high[row] = unit * Math.sinh(Math.max(...known.map(({ level, spread }) => level + limit * spread)));
  const off = Math.abs(rateOf(spans, row) - (judgement.expected[row] as number));
  if (Math.abs(score) > limit && off > WORTH * (judgement.expected[row] as number)) judgement.side[row] = Math.sign(score);
}

interface Usual {
  readonly level: number;
  readonly spread: number;
}

function usualOf(plain: readonly number[]): Usual {
  const level = middle(plain);
  const off = Float64Array.from(plain, (one) => Math.abs(one - level));
  const tenth = selectInPlace(off, off.length, Math.floor(0.9 * (off.length - 1)));
  return { level, spread: Math.max(LEAST_SPREAD, tenth * PER_TENTH, middleInPlace(off, off.length) * PER_MEDIAN) };
}

const middle = (values: readonly number[]): number => middleInPlace(Float64Array.from(values), values.length);

/** The newest stretches before it that are about as long. */
function peersOf(spans: ReadSpans, row: number, past: readonly number[]): number[] {
  const length = lengthOf(spans, row);
  const found: number[] = [];
  for (let i = past.length - 1; i >= 0 && found.length < PEERS; i -= 1) {
    const peer = past[i] as number;
    if ((spans.fromMs[row] as number) - (spans.fromMs[peer] as number) > OLDEST_MS) break;
    const ratio = lengthOf(spans, peer) / length;
    if (ratio <= ALIKE && ratio >= 1 / ALIKE) found.push(peer);
  }
  return found;
}

function isSeason(spans: ReadSpans, peer: number, row: number): boolean {
  const agoMs = middleOf(spans, row) - middleOf(spans, peer);
  const years = Math.round(agoMs / YEAR_MS);
  return years > 0 && Math.abs(agoMs - years * YEAR_MS) <= AROUND_MS;
}

const lengthOf = ({ fromMs, toMs }: ReadSpans, row: number): number => (toMs[row] as number) - (fromMs[row] as number);
const middleOf = ({ fromMs, toMs }: ReadSpans, row: number): number => ((toMs[row] as number) + (fromMs[row] as number)) / 2;
const rateOf = ({ amount, weight }: ReadSpans, row: number): number => (amount[row] as number) / (weight[row] as number);
