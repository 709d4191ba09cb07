import { BOUGHT, type MeterRow } from "./row.ts";

/** Readings of one meter beside a repeated hour: what it showed last before and first after. Missing: NaN. */
export interface Around {
  readonly beforeKwh: number;
  readonly afterKwh: number;
}

/** The pass of each row through the hour the clock shows twice; `certain` is false where nothing tells. */
export interface Passes {
  readonly second: Uint8Array;
  readonly certain: Uint8Array;
}

const HALF_PASS_MS = 15 * 60_000;

/**
 * Which of the rows of a repeated hour, interleaved by their clock readings, belong to its second pass. The order in which they were written
 * tells where the table still has it: there the clock jumps back once. Else the register does: it rises through the first pass and on through
 * the second. Rows that neither tells apart stay in the first pass, uncertain.
 * Shape: rows ascending by clock reading; one entry per row.
 */
export function passesOf(rows: readonly MeterRow[], around: Around): Passes {
  return bySequence(rows) ?? byRegister(rows, around);
}

function bySequence(rows: readonly MeterRow[]): Passes | undefined {
  const order = rows.map((_, i) => i).toSorted((a, b) => (rows[a] as MeterRow).seq - (rows[b] as MeterRow).seq);
  let jump = -1;
  for (let i = 1; i < order.length; i++) {
    const back = localOf(rows, order[i - 1]) - localOf(rows, order[i]);
    if (back <= 0) continue;
    if (jump >= 0 || back < HALF_PASS_MS) return undefined;
    jump = i;
  }
  if (jump < 0) return undefined;
  const passes = none(rows.length, 1);
  for (const row of order.slice(jump)) passes.second[row] = 1;
  return passes;
}

function localOf(rows: readonly MeterRow[], i: number | undefined): number {
  return (rows[i as number] as MeterRow).localMs;
}

function byRegister(rows: readonly MeterRow[], around: Around): Passes {
  // A momentary zero tells nothing.
  const register = Float64Array.from(rows, ({ values }) => ((values[BOUGHT] as number) > 0 ? (values[BOUGHT] as number) : Number.NaN));
  const levels = [...new Set(register.filter((kwh) => !Number.isNaN(kwh)))].toSorted((a, b) => a - b);
  if (levels.length === 0 || !fallsAnywhere(register)) return onePass(register, levels, around);
  const [at = Number.NaN, ...others] = bestLevels(register, levels);
  const { passes } = split(register, at);
  // What levels that are as good as each other say differently, nothing tells.
  for (const other of others) {
    const { second } = split(register, other).passes;
    for (const [i, pass] of second.entries()) if (pass !== passes.second[i]) passes.certain[i] = 0;
  }
  return passes;
}

function fallsAnywhere(register: Float64Array): boolean {
  const known = register.filter((kwh) => !Number.isNaN(kwh));
  return known.some((kwh, i) => i > 0 && kwh < (known[i - 1] as number));
}

/** Levels tried at a time: readings of every second have thousands. */
const MOST_TRIED = 500;

/** The readings at which the second pass can have taken over: both passes then rise, or fall as seldom as can be. At least one. */
function bestLevels(register: Float64Array, levels: readonly number[]): number[] {
  let [from, to] = [0, levels.length - 1];
  for (;;) {
    const stride = Math.ceil((to - from + 1) / MOST_TRIED);
    let least = Number.POSITIVE_INFINITY;
    let best: number[] = [];
    for (let at = from; at <= to; at += stride) {
      const { wrong } = split(register, levels[at] as number);
      if (wrong < least) best = [];
      if (wrong <= least) best.push(at);
      least = Math.min(least, wrong);
    }
    if (stride === 1) return best.map((at) => levels[at] as number);
    const [low, high] = [best[0] as number, best.at(-1) as number];
    // Levels that are as good all over the hour cannot be told apart any closer: it is enough to look beside one of them.
    const last = high - low < (to - from) / 2 ? high : low;
    from = Math.max(0, low - stride);
    to = Math.min(levels.length - 1, last + stride);
  }
}

/**
 * Rows below a level are of the first pass, those above it of the second. One that stands at the level is of the second while lower ones still
 * follow it, of the first once higher ones have come before it, and else of either. `wrong` counts what would make a pass fall.
 */
function split(register: Float64Array, level: number): { passes: Passes; wrong: number } {
  const passes = none(register.length, 1);
  const lastBelow = register.findLastIndex((kwh) => kwh < level);
  let higherCame = false;
  let wrong = 0;
  let [first, second] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [i, kwh] of register.entries()) {
    if (kwh < level) {
      if (kwh < first) wrong += 1;
      first = kwh;
    } else if (kwh > level) {
      if (kwh < second) wrong += 1;
      second = kwh;
      passes.second[i] = 1;
      higherCame = true;
    } else if (kwh === level) {
      const lowerFollows = i < lastBelow;
      if (lowerFollows && higherCame) wrong += 1;
      passes.second[i] = lowerFollows ? 1 : 0;
      passes.certain[i] = lowerFollows === higherCame ? 0 : 1;
    } else passes.certain[i] = 0;
  }
  return { passes, wrong };
}

/** Readings of a single pass: the missing one shows as the larger step of the register, before them or after them. */
function onePass(register: Float64Array, levels: readonly number[], around: Around): Passes {
  const before = (levels[0] ?? Number.NaN) - around.beforeKwh;
  const after = around.afterKwh - (levels.at(-1) ?? Number.NaN);
  const passes = none(register.length, before < after || before > after ? 1 : 0);
  if (before > after) passes.second.fill(1);
  return passes;
}

function none(length: number, certain: 0 | 1): Passes {
  return { second: new Uint8Array(length), certain: new Uint8Array(length).fill(certain) };
}
