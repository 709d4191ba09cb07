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
    this.gaps = new Uint32Array(cells.used.length + 1);
    for (const [i, used] of cells.used.entries()) this.gaps[i + 1] = (this.gaps[i] as number) + (Number.isNaN(used) ? 1 : 0);
  }

  /** What each cell of [from, to) used; sums to the total, none below zero. */
  amounts(from: number, to: number, total: number): Float64Array {
    const n = to - from;
    const even = total / n;
    const { neighbours, habit } = this.trustIn(n);
    const curves = this.curvesOf(from, to, total);
    const shaped = Float64Array.from({ length: n }, (_, k) =>
      Math.max(0, even + neighbours * (curves.joining[k] as number) + habit * (curves.habit[k] as number)),
    );
    const sum = shaped.reduce((all, amount) => all + amount, 0);
    return sum > 0 ? shaped.map((amount) => (amount * total) / sum) : shaped.fill(even);
  }

  /** What the two corrections add to an even spread; both sum to zero. */
  private curvesOf(from: number, to: number, total: number): { joining: Float64Array; habit: Float64Array } {
    const { used, expected } = this.cells;
    const n = to - from;
    const even = total / n;
    const of = expected.subarray(from, to);
    const sum = of.reduce((all, value) => all + value, 0);
    const scale = sum > 0 ? total / sum : 0;
    const beside = (cells: Float64Array, row: number, by: number) => or((cells[row] ?? Number.NaN) * by, even);
    const joining = joined(beside(used, from - 1, 1), beside(used, to, 1), { n, total });
    const usual = joined(beside(expected, from - 1, scale), beside(expected, to, scale), { n, total });
    return {
      joining: joining.map((value) => value - even),
      habit: of.map((value, k) => (sum > 0 ? value * scale - (usual[k] as number) : 0)),
    };
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
    let [jj, hh, jh, jy, hy] = [0, 0, 0, 0, 0];
    for (const from of places) {
      const used = this.cells.used.subarray(from, from + n);
      const total = used.reduce((all, amount) => all + amount, 0);
      const { joining, habit } = this.curvesOf(from, from + n, total);
      for (let k = 0; k < n; k += 1) {
        const [j, h, y] = [joining[k] as number, habit[k] as number, (used[k] as number) - total / n];
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

/** The curve of second order from one neighbour to the other that sums to a total over the cells between. */
function joined(left: number, right: number, { n, total }: { n: number; total: number }): Float64Array {
  const line = Float64Array.from({ length: n }, (_, k) => left + ((right - left) * (k + 1)) / (n + 1));
  const arch = Float64Array.from({ length: n }, (_, k) => (k + 1) * (n - k));
  const lift = (total - line.reduce((sum, value) => sum + value, 0)) / arch.reduce((sum, value) => sum + value, 0);
  return line.map((value, k) => value + lift * (arch[k] as number));
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
