import type { HomeChartAnswer } from "#contract/home.ts";
import { allocate, type ChartColumn, firstAt, joinColumns, sliceColumn } from "#web/charts/chart-column.ts";
import type { PowerRows } from "#web/charts/power-scene.ts";

/** What an answer becomes on the chart, with what was fetched after it. */
export interface HomePicture extends PowerRows {
  readonly stepMs: number;
  readonly typical: HomeChartAnswer["typical"];
}

export const NO_HOME_PICTURE: HomePicture = {
  power: allocate(0),
  boughtKwh: new Float64Array(0),
  soldKwh: new Float64Array(0),
  phasesW: [],
  gapMs: Number.POSITIVE_INFINITY,
  derived: false,
  stepMs: 0,
  typical: { tMs: [], powerW: [], days: 0 },
};

/** Readings further apart than this many usual spacings have nothing between them. */
const GAP_SPACINGS = 4;
const GAP_LEAST_MS = 60_000;

/** An answer as columns to draw, without the rows at its end that nothing is known of yet. `everyMs`: how often the meter is read, where that is known. */
export function pictureOf(whole: HomeChartAnswer, everyMs: number | null): HomePicture {
  const answer = knownRows(whole);
  if (answer.derived && answer.stepMs === 0) return stepPicture(answer);
  const spacing = Math.max(GAP_LEAST_MS, GAP_SPACINGS * (everyMs ?? GAP_LEAST_MS));
  const gapMs = Math.max(spacing, 1.5 * answer.stepMs);
  const power = powerColumn(answer, gapMs);
  return {
    power,
    boughtKwh: numbers(answer.boughtKwh, power.tMs.length),
    soldKwh: numbers(answer.soldKwh, power.tMs.length),
    phasesW: (answer.phasesW ?? []).map((phase) => numbers(phase, power.tMs.length)),
    gapMs,
    derived: answer.derived,
    stepMs: answer.stepMs,
    typical: answer.typical,
  };
}

/**
 * Steps of a register, each from where it begins until the next: between two of them may lie hours in which nothing is missing.
 * Each is a row at its end, drawn back from there; where a run of them begins, a row says so.
 */
function stepPicture(answer: HomeChartAnswer): HomePicture {
  const { tMs, powerW, boughtKwh, soldKwh, quality } = answer;
  const isKnown = (row: number) => (powerW[row] ?? null) !== null;
  const ends: { readonly row: number; readonly endRow: number; readonly broken: number }[] = [];
  for (let row = 0; row < tMs.length; row++) {
    if (!isKnown(row)) continue;
    if (row === 0 || !isKnown(row - 1)) ends.push({ row, endRow: row, broken: row === 0 ? 0 : 1 });
    if (row + 1 < tMs.length) ends.push({ row, endRow: row + 1, broken: 0 });
  }
  const power = allocate(ends.length);
  ends.forEach(({ row, endRow, broken }, index) => {
    const value = powerW[row] ?? Number.NaN;
    power.tMs[index] = tMs[endRow] ?? 0;
    power.startMs[index] = tMs[row] ?? 0;
    power.endMs[index] = tMs[endRow] ?? 0;
    power.value[index] = value;
    power.min[index] = value;
    power.max[index] = value;
    power.count[index] = 1;
    power.quality[index] = quality[row] ?? 0;
    power.counted[index] = 1;
    power.broken[index] = broken;
  });
  // Where a run ends nothing is said any more: what its last step came to follows from its power.
  const energy = (column: readonly (number | null)[], sign: 1 | -1) =>
    Float64Array.from(ends, ({ row, endRow }) => {
      const kwh = (Math.max(0, sign * (powerW[row] ?? 0)) * ((tMs[endRow] ?? 0) - (tMs[row] ?? 0))) / MS_PER_KWH_W;
      return column[endRow] ?? (column[row] ?? Number.NaN) + kwh;
    });
  return {
    power,
    boughtKwh: energy(boughtKwh, 1),
    soldKwh: energy(soldKwh, -1),
    phasesW: (answer.phasesW ?? []).map((phase) => Float64Array.from(ends, ({ row }) => phase[row] ?? Number.NaN)),
    gapMs: Number.POSITIVE_INFINITY,
    derived: true,
    stepMs: 0,
    typical: answer.typical,
  };
}

const MS_PER_KWH_W = 3.6e9;

function knownRows(answer: HomeChartAnswer): HomeChartAnswer {
  let length = answer.tMs.length;
  const isKnown = (row: number) => (answer.powerW[row] ?? null) !== null || (answer.boughtKwh[row] ?? null) !== null;
  while (length > 0 && !isKnown(length - 1)) length -= 1;
  return length === answer.tMs.length ? answer : { ...answer, tMs: answer.tMs.slice(0, length) };
}

function powerColumn(answer: HomeChartAnswer, gapMs: number): ChartColumn {
  const { stepMs, tMs, powerW, minW, maxW, quality, derived } = answer;
  const column = allocate(tMs.length);
  // A derived row holds over what it covers and is drawn back from its end; a mean stands in the middle of its row.
  const shift = derived ? stepMs : stepMs / 2;
  let heardMs: number | undefined;
  for (let row = 0; row < tMs.length; row++) {
    const t = tMs[row] ?? 0;
    const value = powerW[row] ?? Number.NaN;
    column.tMs[row] = t + shift;
    column.startMs[row] = t;
    column.endMs[row] = t + stepMs;
    column.value[row] = value;
    column.min[row] = minW[row] ?? value;
    column.max[row] = maxW[row] ?? value;
    column.count[row] = 1;
    column.quality[row] = quality[row] ?? 0;
    column.counted[row] = 1;
    column.broken[row] = heardMs !== undefined && t - heardMs > gapMs ? 1 : 0;
    if (!Number.isNaN(value)) heardMs = t;
  }
  return column;
}

const numbers = (list: readonly (number | null)[], length: number): Float64Array =>
  Float64Array.from({ length }, (_, row) => list[row] ?? Number.NaN);

/** Instant from which on newer rows are wanted: where the last row begins, because it may still be filling. Missing: undefined without rows. */
export function newestMs({ power }: PowerRows): number | undefined {
  return power.startMs[power.startMs.length - 1];
}

/**
 * A picture with rows that were asked for from `fromMs` on in place of what it had from there. Their energy counts from that
 * instant, so it is laid on what was bought until then.
 */
export function withTail(picture: HomePicture, tail: HomePicture, fromMs: number): HomePicture {
  const keep = countUntil(picture.power, fromMs);
  const from = firstAt(tail.power, fromMs + 1);
  const to = tail.power.tMs.length;
  if (from >= to) return picture;
  const head = sliceColumn(picture.power, 0, keep);
  const heardMs = head.endMs[keep - 1];
  const rest = sliceColumn(tail.power, from, to);
  const broken = rest.broken.slice();
  broken[0] = heardMs !== undefined && (rest.startMs[0] ?? 0) - heardMs > picture.gapMs ? 1 : 0;
  const grown = (first: Float64Array, second: Float64Array) =>
    joined(first.subarray(0, keep), second.subarray(from, to), lastOf(first, keep));
  return {
    ...picture,
    power: joinColumns([head, { ...rest, broken }]),
    boughtKwh: grown(picture.boughtKwh, tail.boughtKwh),
    soldKwh: grown(picture.soldKwh, tail.soldKwh),
    phasesW: picture.phasesW.map((phase, index) => {
      const newer = tail.phasesW[index] ?? new Float64Array(to).fill(Number.NaN);
      return joined(phase.subarray(0, keep), newer.subarray(from, to), 0);
    }),
  };
}

/** Rows that were over by an instant. */
function countUntil({ endMs }: ChartColumn, untilMs: number): number {
  let count = endMs.length;
  while (count > 0 && (endMs[count - 1] ?? 0) > untilMs) count -= 1;
  return count;
}

/** The last known of the first `count` values; 0 where none is. */
function lastOf(values: Float64Array, count: number): number {
  for (let row = count - 1; row >= 0; row--) if (!Number.isNaN(values[row] ?? Number.NaN)) return values[row] ?? 0;
  return 0;
}

function joined(first: Float64Array, second: Float64Array, base: number): Float64Array {
  const all = new Float64Array(first.length + second.length);
  all.set(first);
  second.forEach((value, index) => {
    all[first.length + index] = base + value;
  });
  return all;
}
