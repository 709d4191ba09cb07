import { HOUR_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import type { Column } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import { blank, NEVER_DEMAND } from "./demand-intervals.ts";
import { type Factors, kwhPerPulseAt } from "./factors.ts";
import { IntervalGrid, type TimeRange } from "./interval-grid.ts";
import type { Intervals } from "./intervals.ts";

/** What a source says about finished intervals, each at the interval's end. */
export interface DeviceColumns {
  /** kWh. */
  readonly energy?: Column;
  /** kW. */
  readonly demand?: Column;
  readonly pulses?: Column;
  /** Register at the end, kWh. */
  readonly total?: Column;
}

export interface DeviceSettings {
  readonly zone: Zone;
  readonly lengthMs: number;
  readonly layer: string;
  /** For intervals of which only pulses are known. */
  readonly factors?: Factors;
}

const UNUSABLE = QUALITY.badStatus;
/** More than any grid on earth gives in an hour: such a number is none, and must not swallow the sum of a year. */
const MOST = 1e12;
const NO_FACTORS: Factors = { fromMs: new Float64Array(0), kwhPerPulse: new Float64Array(0) };

/**
 * Intervals as a device, a file or a utility states them, of those that end in (fromMs, toMs].
 * Shape:   see Intervals; a row whose end is none of the boundaries is left out. The register is needed from one interval earlier.
 * Missing: NaN, also where a number is beyond anything that can be measured. Energy that is not stated follows from demand, else from pulses. Under the invalid alarm energy is the difference
 *          of the register over the interval (what was stated, where the register is not known at both ends), marked `filled`.
 * Errors:  RangeError for a length that does not divide an hour.
 */
export function deviceIntervals(columns: DeviceColumns, range: TimeRange, settings: DeviceSettings): Intervals {
  const boundsMs = new IntervalGrid(settings.zone, settings.lengthMs).boundaries(range);
  const intervals = blank(Math.max(0, boundsMs.length - 1), settings);
  const reader = new Reader(columns);
  for (let i = 0; i < intervals.tMs.length; i += 1) {
    const startMs = boundsMs[i] as number;
    const endMs = boundsMs[i + 1] as number;
    intervals.tMs[i] = endMs;
    if (!reader.moveTo(startMs, endMs)) continue;
    const kwhPerPulse = kwhPerPulseAt(settings.factors ?? NO_FACTORS, startMs);
    tell(intervals, i, { said: reader, hours: (endMs - startMs) / HOUR_MS, kwhPerPulse });
  }
  return intervals;
}

/** What is said about one interval. NaN where it is not said. */
interface Said {
  readonly energyKwh: number;
  readonly demandKw: number;
  readonly pulses: number;
  readonly registerKwh: number;
  readonly quality: number;
}

function tell(intervals: Intervals, i: number, as: { said: Said; hours: number; kwhPerPulse: number }): void {
  const { said, hours, kwhPerPulse } = as;
  const invalid = (said.quality & QUALITY.invalidAlarm) !== 0;
  const stated = firstKnown(said.energyKwh, said.demandKw * hours, said.pulses * kwhPerPulse);
  const energyKwh = invalid ? firstKnown(said.registerKwh, stated) : stated;
  const fromRegister = invalid && !Number.isNaN(said.registerKwh);
  const powerKw = fromRegister ? energyKwh / hours : firstKnown(said.demandKw, energyKwh / hours);
  intervals.energyKwh[i] = energyKwh;
  intervals.powerKw[i] = powerKw;
  intervals.pulses[i] = said.pulses;
  intervals.quality[i] = invalid ? said.quality | QUALITY.filled : said.quality;
  if ((said.quality & NEVER_DEMAND) === 0) intervals.demandKw[i] = powerKw;
  if (Number.isNaN(energyKwh) && Number.isNaN(said.pulses)) return;
  intervals.coverage[i] = 1;
  intervals.layer[i] = 0;
}

function firstKnown(...values: readonly number[]): number {
  return values.find((value) => !Number.isNaN(value)) ?? Number.NaN;
}

/** Goes through the columns side by side, as the intervals go by. */
class Reader implements Said {
  energyKwh = Number.NaN;
  demandKw = Number.NaN;
  pulses = Number.NaN;
  registerKwh = Number.NaN;
  quality = 0;
  private readonly energies: Pointer;
  private readonly demands: Pointer;
  private readonly counts: Pointer;
  private readonly totals: Pointer;
  private readonly totalsBefore: Pointer;

  constructor(columns: DeviceColumns) {
    this.energies = new Pointer(columns.energy);
    this.demands = new Pointer(columns.demand);
    this.counts = new Pointer(columns.pulses);
    this.totals = new Pointer(columns.total);
    this.totalsBefore = new Pointer(columns.total);
  }

  /** Whether anything is said about the interval. */
  moveTo(startMs: number, endMs: number): boolean {
    this.quality = 0;
    this.energyKwh = this.read(this.energies, endMs);
    this.demandKw = this.read(this.demands, endMs);
    this.pulses = this.read(this.counts, endMs);
    const known = !(Number.isNaN(this.energyKwh) && Number.isNaN(this.demandKw) && Number.isNaN(this.pulses));
    const step = this.read(this.totals, endMs) - this.totalsBefore.at(startMs);
    this.registerKwh = step >= 0 ? step : Number.NaN;
    return known || (this.quality & QUALITY.invalidAlarm) !== 0;
  }

  private read(pointer: Pointer, tMs: number): number {
    const value = pointer.at(tMs);
    if (!Number.isNaN(value)) this.quality |= pointer.quality;
    return value;
  }
}

class Pointer {
  quality = 0;
  private row = 0;
  private readonly column: Column | undefined;

  constructor(column: Column | undefined) {
    this.column = column;
  }

  /** The value at an instant that is no earlier than the last one asked for. Missing: NaN. */
  at(tMs: number): number {
    const { column } = this;
    if (!column) return Number.NaN;
    while (this.row < column.tMs.length && (column.tMs[this.row] as number) < tMs) this.row += 1;
    if (column.tMs[this.row] !== tMs) return Number.NaN;
    this.quality = column.quality[this.row] as number;
    const value = column.value[this.row] as number;
    return (this.quality & UNUSABLE) === 0 && Math.abs(value) <= MOST ? value : Number.NaN;
  }
}
