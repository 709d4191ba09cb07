import type { Intervals } from "#analytics/intervals.ts";

const QUARTER_MS = 900_000;

/** What a synthetic interval is told to be; a number alone is its demand. */
export interface Made {
  /** Mean power; NaN where nothing is known. */
  readonly kw: number;
  /** Power that does not count as demand, and how high demand can have been. */
  readonly noDemand?: boolean;
  readonly possibleKw?: number;
  readonly quality?: number;
  readonly coverage?: number;
}

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly lengthMs?: number;
}

/** Intervals of a range as a function of where each begins: what expectations, tests and benchmarks of tariffs are made of. */
export function madeIntervals(
  { fromMs, toMs, lengthMs = QUARTER_MS }: Span,
  make: (startMs: number, row: number) => number | Made,
): Intervals {
  const n = Math.floor((toMs - fromMs) / lengthMs);
  const column = (): Float64Array => new Float64Array(n).fill(Number.NaN);
  const made = {
    lengthMs,
    tMs: column(),
    energyKwh: column(),
    demandKw: column(),
    powerKw: column(),
    possibleKw: column(),
    quality: new Uint16Array(n),
    coverage: new Float32Array(n),
    pulses: column(),
    layer: new Uint8Array(n),
    layers: ["synthetic"],
  };
  for (let row = 0; row < n; row += 1) {
    const startMs = fromMs + row * lengthMs;
    const said = make(startMs, row);
    const { kw, noDemand, possibleKw, quality, coverage } = typeof said === "number" ? ({ kw: said } as Made) : said;
    made.tMs[row] = startMs + lengthMs;
    made.powerKw[row] = kw;
    made.energyKwh[row] = (kw * lengthMs) / 3_600_000;
    made.demandKw[row] = noDemand ? Number.NaN : kw;
    made.possibleKw[row] = possibleKw ?? Number.NaN;
    made.quality[row] = quality ?? 0;
    made.coverage[row] = coverage ?? (Number.isNaN(kw) ? 0 : 1);
    made.layer[row] = Number.isNaN(kw) ? 255 : 0;
  }
  return made;
}
