import { convertDifference } from "#units/unit.ts";
import type { EquipmentRows, FaultInput } from "./equipment-rows.ts";
import { median } from "./median.ts";

/** The figures of health that come from the rows themselves, percent. NaN for what is not available. */
export interface RowFigures {
  readonly damperStuckPct: number;
  readonly damperLeakPct: number;
  readonly reheatWastePct: number;
}

/** Conversions may not decide: a value counts as above a limit when it is more than this above it. */
const HAIR = 1e-9;

/**
 * Dampers against the median airflow, and reheat in a zone that is warm already, of all rows.
 * Missing: the dampers are NaN without rows that know both, or where the median airflow is not above zero; the waste is NaN where
 * reheat was never on.
 */
export function seedFigures(rows: EquipmentRows): RowFigures {
  const damper = column(rows, "damper-position");
  const flow = column(rows, "flow");
  const paired = indices(rows, (i) => known(damper[i], flow[i]));
  const middle = median(Array.from(paired, (i) => flow[i] as number));
  const judged = middle > 0 ? paired : new Int32Array(0);
  const warm = warmer(rows);
  const reheat = column(rows, "reheat");
  const on = indices(rows, (i) => (reheat[i] as number) > 0 && known(warm[i], 0));
  return {
    damperStuckPct: percent(judged, (i) => (damper[i] as number) >= 90 && (flow[i] as number) < 0.3 * middle),
    damperLeakPct: percent(judged, (i) => (damper[i] as number) <= 10 && (flow[i] as number) > 0.7 * middle),
    reheatWastePct: percent(on, (i) => (warm[i] as number) > HAIR),
  };
}

/**
 * Dampers against the airflow wanted, or against the largest seen where nothing says what is wanted; reheat in a zone that is warm
 * already, of occupied rows.
 * Missing: NaN without rows that know both, and where reheat was never on while the building was occupied.
 */
export function laterFigures(rows: EquipmentRows): RowFigures {
  const damper = column(rows, "damper-position");
  const flow = column(rows, "flow");
  const wanted = column(rows, "flow-setpoint");
  const paired = indices(rows, (i) => known(damper[i], flow[i]));
  const withWanted = paired.filter((i) => (wanted[i] as number) > 0);
  const largest = paired.reduce((most, i) => Math.max(most, flow[i] as number), 0);
  const byWanted = withWanted.length > 0;
  const judged = byWanted ? withWanted : largest > 0 ? paired : new Int32Array(0);
  const base = (i: number): number => (byWanted ? (wanted[i] as number) : largest);
  const [little, plenty] = byWanted ? [0.5, 0.8] : [0.3, 0.7];
  const warm = warmer(rows);
  const reheat = column(rows, "reheat");
  const occupied = rows.columns.get("occupied");
  const on = indices(rows, (i) => (reheat[i] as number) > 10 && known(warm[i], 0) && (occupied === undefined || occupied[i] === 1));
  return {
    damperStuckPct: percent(judged, (i) => (damper[i] as number) >= 80 && (flow[i] as number) < little * base(i)),
    damperLeakPct: percent(judged, (i) => (damper[i] as number) <= 5 && (flow[i] as number) > plenty * base(i)),
    reheatWastePct: percent(on, (i) => (warm[i] as number) > -HAIR),
  };
}

/** How far each row is above its heating setpoint and one degree Fahrenheit. */
function warmer(rows: EquipmentRows): Float64Array {
  const temp = column(rows, "space-temp");
  const setpoint = column(rows, "heating-setpoint");
  const degree = convertDifference(1, "°F", rows.temperatureUnit);
  return temp.map((value, i) => value - (setpoint[i] as number) - degree);
}

function column(rows: EquipmentRows, input: FaultInput): Float64Array {
  return rows.columns.get(input) ?? new Float64Array(rows.tMs.length).fill(Number.NaN);
}

function known(a: number | undefined, b: number | undefined): boolean {
  return !Number.isNaN(a) && !Number.isNaN(b);
}

function indices(rows: EquipmentRows, holds: (i: number) => boolean): Int32Array {
  const found = new Int32Array(rows.tMs.length);
  let count = 0;
  for (let i = 0; i < found.length; i += 1) {
    if (!holds(i)) continue;
    found[count] = i;
    count += 1;
  }
  return found.subarray(0, count);
}

function percent(judged: Int32Array, holds: (i: number) => boolean): number {
  let count = 0;
  for (const i of judged) if (holds(i)) count += 1;
  return judged.length === 0 ? Number.NaN : (100 * count) / judged.length;
}
