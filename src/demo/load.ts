/** Every register of the demo counted from here; a fixed start makes the same instant read the same on every machine. */
export const EPOCH_MS = Date.UTC(2022, 0, 1);

const QUARTER_MS = 900_000;

/**
 * Something that draws a rate which changes from quarter to quarter, and the register that counts it. The register is the
 * exact integral of the rate, so the demo's meters conserve energy like real ones.
 */
export interface Load {
  /** Mean rate of the quarter-hour that holds tMs. */
  rate(tMs: number): number;
  /** Integral of the rate since EPOCH_MS, in rate × hours. */
  total(tMs: number): number;
}

/** Makes a load of a pure function from a quarter's start to its mean rate; totals are summed once, as far as asked for. */
export function loadOf(rateOfQuarter: (startMs: number) => number): Load {
  let totals = new Float64Array(4096);
  let rates = new Float64Array(4096);
  let known = 0;
  const reach = (quarter: number): void => {
    if (quarter >= rates.length - 1) {
      const grown = Math.max(quarter + 2, rates.length * 2);
      totals = grow(totals, grown);
      rates = grow(rates, grown);
    }
    for (; known <= quarter; known++) {
      rates[known] = rateOfQuarter(EPOCH_MS + known * QUARTER_MS);
      totals[known + 1] = (totals[known] as number) + (rates[known] as number) / 4;
    }
  };
  const quarterAt = (tMs: number): number => {
    const quarter = Math.floor((tMs - EPOCH_MS) / QUARTER_MS);
    if (quarter < 0) throw new RangeError("the demo has no past before its epoch");
    if (quarter >= known) reach(quarter);
    return quarter;
  };
  return {
    rate(tMs) {
      // First the quarter, then the array: looking for it may have grown the array.
      const quarter = quarterAt(tMs);
      return rates[quarter] as number;
    },
    total(tMs) {
      const quarter = quarterAt(tMs);
      const share = (tMs - EPOCH_MS - quarter * QUARTER_MS) / QUARTER_MS;
      return (totals[quarter] as number) + ((rates[quarter] as number) / 4) * share;
    },
  };
}

function grow(array: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(length);
  larger.set(array);
  return larger;
}
