import { HOUR_MS } from "#calendar/civil.ts";
import { type Column, lowerBound } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import { type Factors, kwhPerPulseAt } from "./factors.ts";
import type { TimeRange } from "./interval-grid.ts";
import type { Spans } from "./pulse-spans.ts";
import { lateUntilMs } from "./spacing.ts";

/**
 * Pulses in tiles of 15 s, as an explorer shows them.
 * Shape:   columns of one length, at the tiles' ends; a tile without any message has no row.
 * Missing: NaN in kWh and kW while nobody has said what a pulse is worth, in `totalKwh` where no register was sent.
 */
export interface Tiles {
  readonly tMs: Float64Array;
  readonly pulses: Float64Array;
  readonly energyKwh: Float64Array;
  readonly powerKw: Float64Array;
  readonly totalKwh: Float64Array;
  readonly quality: Uint16Array;
}

export const TILE_MS = 15_000;

/**
 * Tiles that end in (fromMs, toMs]. A message counts to the tile (start, end] it came in, in the very second of an end to the tile
 * that ends. What a total brings back after a silence is in no tile: it was not counted in any one of them.
 */
export function live15s(spans: Spans, range: TimeRange, { factors, totals }: { factors: Factors; totals?: Column }): Tiles {
  const tiles = new Tiling(spans.length);
  const { toMs, quality } = spans;
  for (let row = lowerBound(toMs, range.fromMs - TILE_MS); row < spans.length; row += 1) {
    const endMs = tileEnd(toMs[row] as number);
    if (endMs > range.toMs) break;
    if (endMs <= range.fromMs || ((quality[row] as number) & QUALITY.recoveredAfterGap) !== 0) continue;
    tiles.add(endMs, spans.pulses[row] as number, quality[row] as number);
  }
  return tiles.told(factors, totals);
}

/** End of the tile an instant belongs to. */
function tileEnd(tMs: number): number {
  const boundaryMs = Math.floor(tMs / TILE_MS) * TILE_MS;
  return tMs < boundaryMs + lateUntilMs(0, TILE_MS) ? boundaryMs : boundaryMs + TILE_MS;
}

class Tiling {
  private length = 0;
  private readonly tMs: Float64Array;
  private readonly pulses: Float64Array;
  private readonly quality: Uint16Array;

  constructor(most: number) {
    this.tMs = new Float64Array(most);
    this.pulses = new Float64Array(most);
    this.quality = new Uint16Array(most);
  }

  add(endMs: number, pulses: number, bits: number): void {
    if (this.length === 0 || this.tMs[this.length - 1] !== endMs) {
      this.tMs[this.length] = endMs;
      this.length += 1;
    }
    const at = this.length - 1;
    this.pulses[at] = (this.pulses[at] as number) + pulses;
    this.quality[at] = (this.quality[at] as number) | bits;
  }

  told(factors: Factors, totals: Column | undefined): Tiles {
    const tMs = this.tMs.slice(0, this.length);
    const pulses = this.pulses.slice(0, this.length);
    const energyKwh = pulses.map((count, i) => count * kwhPerPulseAt(factors, (tMs[i] as number) - TILE_MS));
    return {
      tMs,
      pulses,
      energyKwh,
      powerKw: energyKwh.map((kwh) => (kwh * HOUR_MS) / TILE_MS),
      totalKwh: tMs.map((endMs) => totalAt(totals, endMs) * kwhPerPulseAt(factors, endMs - TILE_MS)),
      quality: this.quality.slice(0, this.length),
    };
  }
}

/** The register as it was when the tile was over. */
function totalAt(totals: Column | undefined, endMs: number): number {
  if (!totals) return Number.NaN;
  return totals.value[lowerBound(totals.tMs, endMs + lateUntilMs(0, TILE_MS)) - 1] ?? Number.NaN;
}
