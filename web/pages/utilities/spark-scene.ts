/** An amount and the part of it that was measured. Missing: null is not known. */
export interface SparkBar {
  readonly amount: number | null;
  readonly measured: number | null;
}

/** The parts of a row of small bars, as paths of an SVG. */
export interface SparkPaths {
  readonly measured: string;
  readonly filled: string;
  /** Ticks on the ground where nothing is known. */
  readonly missing: string;
  /** The line the bars stand on. */
  readonly base: string;
}

const LEAST_PX = 1;

/** Bars side by side, the highest as high as the box; what is below zero hangs under the line. */
export function sparkPaths(bars: readonly SparkBar[], size: { readonly width: number; readonly height: number }): SparkPaths {
  const amounts = bars.map(({ amount }) => amount ?? 0);
  const most = Math.max(0, ...amounts);
  const least = Math.min(0, ...amounts);
  const room = size.height - 2;
  const perUnit = most - least > 0 ? room / (most - least) : 0;
  const ground = perUnit === 0 ? size.height - 1 : round(1 + most * perUnit);
  const step = size.width / Math.max(1, bars.length);
  let [measured, filled, missing] = ["", "", ""];
  bars.forEach((bar, index) => {
    const left = round(index * step + step * 0.12);
    const width = round(step * 0.76);
    if (bar.amount === null) {
      missing += `M${left} ${round(ground - 0.5)}h${width}`;
      return;
    }
    const high = Math.max(LEAST_PX, Math.abs(bar.amount) * perUnit);
    const sign = bar.amount < 0 ? -1 : 1;
    const share = bar.amount === 0 ? 1 : Math.min(1, Math.max(0, (bar.measured ?? 0) / bar.amount));
    measured += boxPath({ left, width, from: ground, high: sign * high * share });
    filled += boxPath({ left, width, from: ground - sign * high * share, high: sign * high * (1 - share) });
  });
  return { measured, filled, missing, base: `M0 ${ground}H${round(size.width)}` };
}

function boxPath({ left, width, from, high }: { left: number; width: number; from: number; high: number }): string {
  return Math.abs(high) < 0.05 ? "" : `M${left} ${round(from)}v${round(-high)}h${width}V${round(from)}z`;
}

const round = (value: number): number => Math.round(value * 100) / 100;
