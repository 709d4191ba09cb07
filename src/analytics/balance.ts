import type { Intervals } from "./intervals.ts";

/** What is metered at a house, in the same intervals. Left out: there is no such thing here. */
export interface BalanceParts {
  readonly gridIn: Intervals;
  readonly gridOut?: Intervals;
  readonly solar?: readonly Intervals[];
  /** Into and out of the battery. */
  readonly batteryIn?: readonly Intervals[];
  readonly batteryOut?: readonly Intervals[];
}

/**
 * Where energy came from and where it went: gridIn + solar + batteryOut = house + gridOut + batteryIn.
 * Shape:   columns of one length, by the ends of the intervals.
 * Units:   kWh.
 * Missing: NaN for what is not metered; `houseKwh` is NaN as soon as one of the meters there are is silent.
 */
export interface BalanceColumns {
  readonly tMs: Float64Array;
  readonly gridInKwh: Float64Array;
  readonly gridOutKwh: Float64Array;
  readonly solarKwh: Float64Array;
  readonly batteryInKwh: Float64Array;
  readonly batteryOutKwh: Float64Array;
  /** Used in the house. Meters that are not read at the same moment can make it a little less than nothing. */
  readonly houseKwh: Float64Array;
}

/** The same of all intervals in which every meter is known, so that it adds up. */
export interface BalanceTotal {
  readonly gridInKwh: number;
  readonly gridOutKwh: number;
  readonly solarKwh: number;
  readonly batteryInKwh: number;
  readonly batteryOutKwh: number;
  readonly houseKwh: number;
  /** Share of the own production that was used here, 0 to 1; NaN where nothing was produced. */
  readonly selfConsumption: number;
  /** Share of the use that the house met itself, 0 to 1; NaN where nothing was used. */
  readonly autarky: number;
  /** Intervals in which every meter is known, and all. */
  readonly known: number;
  readonly intervals: number;
}

export interface Balance {
  readonly columns: BalanceColumns;
  readonly total: BalanceTotal;
}

/**
 * The energy balance of a house.
 * Errors:  throws where the parts are not of the same intervals.
 */
export function balanceOf(parts: BalanceParts): Balance {
  const { gridIn, gridOut, solar = [], batteryIn = [], batteryOut = [] } = parts;
  const all = [gridIn, ...(gridOut ? [gridOut] : []), ...solar, ...batteryIn, ...batteryOut];
  for (const one of all) check(gridIn, one);
  const columns = {
    tMs: gridIn.tMs,
    gridInKwh: gridIn.energyKwh,
    gridOutKwh: summed(gridOut ? [gridOut] : [], gridIn),
    solarKwh: summed(solar, gridIn),
    batteryInKwh: summed(batteryIn, gridIn),
    batteryOutKwh: summed(batteryOut, gridIn),
    houseKwh: new Float64Array(gridIn.tMs.length),
  };
  const has = {
    gridOut: gridOut !== undefined,
    solar: solar.length > 0,
    batteryIn: batteryIn.length > 0,
    batteryOut: batteryOut.length > 0,
  };
  for (let i = 0; i < columns.houseKwh.length; i += 1) {
    const at = (column: Float64Array, isThere: boolean): number => (isThere ? (column[i] as number) : 0);
    const inKwh = (gridIn.energyKwh[i] as number) + at(columns.solarKwh, has.solar) + at(columns.batteryOutKwh, has.batteryOut);
    columns.houseKwh[i] = inKwh - at(columns.gridOutKwh, has.gridOut) - at(columns.batteryInKwh, has.batteryIn);
  }
  return { columns, total: totalOf(columns) };
}

function check({ lengthMs, tMs }: Intervals, other: Intervals): void {
  const same = other.lengthMs === lengthMs && other.tMs.length === tMs.length && other.tMs.every((end, i) => end === tMs[i]);
  if (!same) throw new Error("The meters of a balance are not of the same intervals");
}

/** NaN where one of them is not known, and where there are none. */
function summed(parts: readonly Intervals[], { tMs }: Intervals): Float64Array {
  const sum = new Float64Array(tMs.length).fill(parts.length === 0 ? Number.NaN : 0);
  for (const { energyKwh } of parts) for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] as number) + (energyKwh[i] as number);
  return sum;
}

function totalOf(columns: BalanceColumns): BalanceTotal {
  const { houseKwh } = columns;
  const over = (column: Float64Array): number => {
    let [sum, known] = [0, 0];
    for (let i = 0; i < column.length; i += 1) {
      if (Number.isNaN(houseKwh[i])) continue;
      sum += column[i] as number;
      known += 1;
    }
    return known === 0 ? Number.NaN : sum;
  };
  const total = {
    gridInKwh: over(columns.gridInKwh),
    gridOutKwh: over(columns.gridOutKwh),
    solarKwh: over(columns.solarKwh),
    batteryInKwh: over(columns.batteryInKwh),
    batteryOutKwh: over(columns.batteryOutKwh),
    houseKwh: over(houseKwh),
  };
  const known = houseKwh.reduce((sum, kwh) => sum + (Number.isNaN(kwh) ? 0 : 1), 0);
  return { ...total, ...balanceShares(total), known, intervals: houseKwh.length };
}

export interface BalanceSums {
  readonly gridInKwh: number;
  readonly gridOutKwh: number;
  readonly solarKwh: number;
  readonly houseKwh: number;
}

/** What was sold was not used here, and what was bought the house did not meet itself. Missing: NaN where nothing was made, or used. */
export function balanceShares({ gridInKwh, gridOutKwh, solarKwh, houseKwh }: BalanceSums): { selfConsumption: number; autarky: number } {
  return {
    selfConsumption: solarKwh > 0 ? share(1 - gridOutKwh / solarKwh) : Number.NaN,
    autarky: houseKwh > 0 ? share(1 - gridInKwh / houseKwh) : Number.NaN,
  };
}

/** A battery that is charged from or emptied into the grid can carry a share beyond its ends. */
function share(value: number): number {
  return Math.min(1, Math.max(0, value));
}
