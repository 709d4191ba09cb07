import type { MeterProfileAnswer } from "#contract/meter-history.ts";
import { type HeatCells, RAMP_STEPS } from "#web/charts/draw-heat-map.ts";
import type { HeatGrid } from "#web/charts/heat-grid.ts";
import { DAY_MS } from "#web/charts/zone-clock.ts";

/** Days by slots of the clock as a heat map draws them, and what each cell holds. */
export interface HeatDays {
  readonly grid: HeatGrid;
  readonly cells: HeatCells;
  readonly most: number;
  readonly known: number;
  /** Amount of a cell. Missing: null. */
  readonly amounts: readonly (number | null)[];
}

/** The newest day above. Missing: undefined where readings are rarer than hours. */
export function heatDays({ heat }: Pick<MeterProfileAnswer, "heat">): HeatDays | undefined {
  const { dayMs, slots, amount } = heat;
  const known = amount.filter((value) => value !== null).length;
  if (slots < 1 || dayMs.length === 0 || known === 0) return undefined;
  const most = highOf(amount);
  const ink = Int16Array.from(amount, (value) => {
    if (value === null) return -1;
    return most > 0 ? Math.min(RAMP_STEPS - 1, Math.max(0, Math.round((value / most) * (RAMP_STEPS - 1)))) : 0;
  });
  return { grid: gridOf(dayMs, slots), cells: { ink, mark: new Uint8Array(amount.length) }, most, known, amounts: amount };
}

/** One wild hour must not wash out all others: the ramp ends at what all but one in two hundred stay below. */
function highOf(amount: readonly (number | null)[]): number {
  const sorted = amount.filter((value) => value !== null).toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * 0.995)] ?? 0;
}

function gridOf(dayMs: readonly number[], slots: number): HeatGrid {
  const rows = dayMs.length;
  const count = rows * slots;
  return {
    lengthMs: DAY_MS / slots,
    columns: slots,
    days: dayMs.toReversed(),
    count,
    expected: () => slots,
    placeOf: (index) => ({ row: rows - 1 - Math.floor(index / slots), column: index % slots, part: 0, parts: 1 }),
    indexAt(row, column) {
      if (row < 0 || row >= rows || column < 0 || column >= slots) return undefined;
      return (rows - 1 - row) * slots + column;
    },
  };
}
