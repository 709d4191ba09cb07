import type { Column } from "#series/column.ts";

/** A small generator with a known sequence (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A year (or so) of one of a home's series, every 10 s, one stamp in ten a second off: whole watts, registers of four
 * decimals, volts and degrees of one.
 */
export function homeColumn(index: number, rows: number, startMs: number): Column {
  const roll = dice(index + 1);
  const tMs = new Float64Array(rows);
  const value = new Float64Array(rows);
  let level = index % 4 === 0 ? 300 : index % 4 === 1 ? 12_000 : index % 4 === 2 ? 230 : 20;
  for (let row = 0; row < rows; row++) {
    tMs[row] = startMs + row * 10_000 + (roll() < 0.1 ? 1000 : 0);
    if (index % 4 === 0) level = Math.max(0, Math.round(level + (roll() - 0.5) * 40));
    else if (index % 4 === 1) level = Math.round((level + roll() * 0.0018) * 10_000) / 10_000;
    else if (roll() < 0.3) level = Math.round((level + (roll() - 0.5) * 0.6) * 10) / 10;
    value[row] = level;
  }
  return { tMs, value, quality: new Uint16Array(rows) };
}

/** One value of a building's series at its k-th quarter-hour; one series in ten has full-precision doubles. */
export function buildingValue(index: number, k: number, roll: () => number): number {
  switch (index % 10) {
    case 0:
      return 20 + Math.sin(k / 96) * 5 + roll();
    case 1:
    case 2:
      return Math.round(k * 12.5 + roll() * 3);
    case 3:
    case 4:
      return 72;
    case 5:
      return k % 96 > 28 && k % 96 < 72 ? 1 : 0;
    case 6:
      return Math.round(400 + 120 * Math.sin(k / 48) + roll() * 30);
    default:
      return Math.round((70 + 3 * Math.sin(k / 96) + roll() * 0.6) * 100) / 100;
  }
}
