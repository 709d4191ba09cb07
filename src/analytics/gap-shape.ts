/** A meter cell by cell: what each used, and what its time of the week lets expect. */
export interface Cells {
  /** NaN in gaps. */
  readonly used: Float64Array;
  /** In units that do not matter. */
  readonly expected: Float64Array;
}

/** How far a filled gap follows its neighbours, and how far what is expected: 0 not at all, 1 fully. */
interface Trust {
  readonly neighbours: number;
  readonly habit: number;
}

/** Gaps that are put into what is known to learn from. */
const MOST_TRIALS = 100;
const LEAST_TRIALS = 20;
/** Where the meter's past is too short to learn from. */
const UNTRIED: Trust = { neighbours: 0.5, habit: 0.5 };
const NOTHING_LEARNED = 1e-9;

/**
 * How the known total of a gap is spread over it: evenly, corrected by a curve that joins its neighbours and by what the meter is used
 * to at that time of the week, each as far as it proved right at gaps of that length put into the meter's own past.
 */
export class GapShape {
  private readonly cells: Cells;
  private readonly trusts = new Map<number, Trust>();
  /** Gap cells before each cell. */
  private readonly gaps: Uint32Array;

  constructor(cells: Cells) {
    this.cells = cells;
    const { used } = cells;
    this.gaps = new Uint32Array(used.length + 1);
    for (let i = 0; i < used.length; i += 1) this.gaps[i + 1] = (this.gaps[i] as number) + (Number.isNaN(used[i]) ? 1 : 0);
  }

  /** What each cell of [from, to) used; sums to the total, none below zero. */
  amounts(from: number, to: number, total: number): Float64Array {
    const n = to - from;
    const even = total / n;
    const { neighbours, habit } = this.trustIn(n);
    const curves = curvesFor(n);
    this.curvesOf(from, total, curves);
    const shaped = new Float64Array(n);
    let sum = 0;
    for (let k = 0; k < n; k += 1) {
      const amount = Math.max(0, even + neighbours * (curves.joining[k] as number) + habit * (curves.habit[k] as number));
      shaped[k] = amount;
      sum += amount;
    }
    return sum > 0 ? shaped.map((amount) => (amount * total) / sum) : shaped.fill(even);
  }

  /** Writes what the two corrections add to an even spread of so many cells; both sum to zero. */
  private curvesOf(from: number, total: number, { joining, habit }: Curves): void {
    const { used, expected } = this.cells;
    const n = joining.length;
    const even = total / n;
    const sum = sumOf(expected, from, from + n);
    const scale = sum > 0 ? total / sum : 0;
    const beside = (cells: Float64Array, row: number, by: number) => or((cells[row] ?? Number.NaN) * by, even);
    join(beside(used, from - 1, 1), beside(used, from + n, 1), { into: joining, total });
    join(beside(expected, from - 1, scale), beside(expected, from + n, scale), { into: habit, total });
    for (let k = 0; k < n; k += 1) {
      joining[k] = (joining[k] as number) - even;
      habit[k] = sum > 0 ? (expected[from + k] as number) * scale - (habit[k] as number) : 0;
    }
  }

  private trustIn(n: number): Trust {
    const doubling = Math.max(1, Math.round(Math.log2(n)));
    const known = this.trusts.get(doubling);
    if (known) return known;
    const trust = this.learned(2 ** doubling) ?? (doubling > 1 ? this.trustIn(2 ** (doubling - 1)) : UNTRIED);
    this.trusts.set(doubling, trust);
    return trust;
  }

  /** By least squares over gaps of that length put where all is known. Missing: undefined where there are too few such places. */
  private learned(n: number): Trust | undefined {
    const places = this.places(n);
    if (places.length < LEAST_TRIALS) return undefined;
    const { used } = this.cells;
    const curves = curvesFor(n);
    const { joining, habit } = curves;
    let [jj, hh, jh, jy, hy] = [0, 0, 0, 0, 0];
    for (const from of places) {
      const total = sumOf(used, from, from + n);
      this.curvesOf(from, total, curves);
      for (let k = 0; k < n; k += 1) {
        const j = joining[k] as number;
        const h = habit[k] as number;
        const y = (used[from + k] as number) - total / n;
        jj += j * j;
        hh += h * h;
        jh += j * h;
        jy += j * y;
        hy += h * y;
      }
    }
    return trustOf({ jj, hh, jh, jy, hy });
  }

  private places(n: number): number[] {
    const places: number[] = [];
    for (let from = 1; from + n < this.cells.used.length; from += 1) {
      if (this.gaps[from + n + 1] === this.gaps[from - 1]) places.push(from);
    }
    const step = Math.max(1, places.length / MOST_TRIALS);
    return Array.from({ length: Math.min(places.length, MOST_TRIALS) }, (_, k) => places[Math.floor(k * step)] as number);
  }
}

/** What corrects an even spread, cell by cell: written over from one trial to the next. */
interface Curves {
  readonly joining: Float64Array;
  readonly habit: Float64Array;
}

function curvesFor(n: number): Curves {
  return { joining: new Float64Array(n), habit: new Float64Array(n) };
}

/** Writes the curve of second order from one neighbour to the other that sums to a total over the cells between. */
function join(left: number, right: number, { into, total }: { into: Float64Array; total: number }): void {
  const n = into.length;
  let line = 0;
  let arches = 0;
  for (let k = 0; k < n; k += 1) {
    const value = left + ((right - left) * (k + 1)) / (n + 1);
    into[k] = value;
    line += value;
    arches += (k + 1) * (n - k);
  }
  const lift = (total - line) / arches;
  for (let k = 0; k < n; k += 1) into[k] = (into[k] as number) + lift * ((k + 1) * (n - k));
}

function sumOf(cells: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += cells[i] as number;
  return sum;
}

interface Squares {
  readonly jj: number;
  readonly hh: number;
  readonly jh: number;
  readonly jy: number;
  readonly hy: number;
}

/** Both weights together; where one of them is out of bounds it is held there, and the other found for that. */
function trustOf({ jj, hh, jh, jy, hy }: Squares): Trust {
  const determinant = jj * hh - jh * jh;
  const isSingular = determinant <= NOTHING_LEARNED * jj * hh;
  const free = isSingular
    ? { neighbours: alone(jy, jj), habit: 0 }
    : { neighbours: (jy * hh - hy * jh) / determinant, habit: (hy * jj - jy * jh) / determinant };
  const neighbours = within(free.neighbours);
  const habit = within(neighbours === free.neighbours ? free.habit : alone(hy - neighbours * jh, hh));
  return { neighbours: habit === free.habit ? neighbours : within(alone(jy - habit * jh, jj)), habit };
}

function alone(product: number, square: number): number {
  return square > 0 ? product / square : 0;
}

function within(weight: number): number {
  return Math.min(1, Math.max(0, weight));
}

function or(value: number, other: number): number {
  return Number.isNaN(value) ? other : value;
}
