import { DAY_MS, type ZoneClock } from "./zone-clock.ts";

/** Where an interval stands: the row of its day, its place on the wall's clock, and which one where the wall shows that time twice. */
export interface HeatPlace {
  readonly row: number;
  readonly column: number;
  readonly part: 0 | 1;
  /** 2 where the cell is shared by the two passes of a repeated hour. */
  readonly parts: 1 | 2;
}

/** Intervals laid out as days by time of day. */
export interface HeatGrid {
  readonly lengthMs: number;
  /** Columns of a day of 24 hours; a time of day is always in the same one. */
  readonly columns: number;
  /** First instants of the days, the newest first: row 0 is the newest day. */
  readonly days: readonly number[];
  /** How many intervals a row's day has by the calendar: 96, or 92 and 100 when the clock changes. */
  expected(row: number): number;
  placeOf(index: number): HeatPlace;
  /** The interval at a place; undefined where the clock never shows that time, or the range does not reach. */
  indexAt(row: number, column: number, part?: 0 | 1): number | undefined;
  /** Intervals in all. */
  readonly count: number;
}

export interface HeatTimes {
  /** Ends of the intervals, ascending and without repeats. */
  readonly endMs: ArrayLike<number>;
  /** A divisor of an hour. */
  readonly lengthMs: number;
}

/** Lays intervals out on the wall's clock. The skipped hour of spring leaves holes, the repeated hour of autumn two in one cell. */
export function heatGrid(times: HeatTimes, clock: ZoneClock): HeatGrid {
  const { endMs, lengthMs } = times;
  const columns = Math.round(DAY_MS / lengthMs);
  const days = daysOf(times, clock);
  const slots = new Int32Array(days.length * columns * 2).fill(-1);
  const places = new Int32Array(endMs.length);
  let row = days.length - 1;
  for (let index = 0; index < endMs.length; index++) {
    const startMs = (endMs[index] ?? 0) - lengthMs;
    while (row > 0 && startMs >= (days[row - 1] ?? Number.POSITIVE_INFINITY)) row--;
    const wall = clock.wallMs(startMs);
    const column = Math.floor((((wall % DAY_MS) + DAY_MS) % DAY_MS) / lengthMs);
    const first = (row * columns + column) * 2;
    const slot = slots[first] === -1 ? first : first + 1;
    slots[slot] = index;
    places[index] = slot;
  }
  const at = (slot: number): number | undefined => {
    const index = slots[slot] ?? -1;
    return index === -1 ? undefined : index;
  };
  return {
    lengthMs,
    columns,
    days,
    count: endMs.length,
    expected: (asked) => Math.round((clock.addDaysMs(days[asked] ?? 0, 1) - (days[asked] ?? 0)) / lengthMs),
    placeOf(index) {
      const slot = places[index] ?? 0;
      const cell = slot >> 1;
      const parts = at(cell * 2 + 1) === undefined ? 1 : 2;
      return { row: Math.floor(cell / columns), column: cell % columns, part: slot & 1 ? 1 : 0, parts };
    },
    indexAt(asked, column, part = 0) {
      if (asked < 0 || asked >= days.length || column < 0 || column >= columns) return undefined;
      const first = (asked * columns + column) * 2;
      return (part === 1 ? at(first + 1) : undefined) ?? at(first);
    },
  };
}

/** First instants of the local days the intervals lie in, the newest first. */
function daysOf({ endMs, lengthMs }: HeatTimes, clock: ZoneClock): number[] {
  if (endMs.length === 0) return [];
  const days: number[] = [];
  const last = (endMs[endMs.length - 1] ?? 0) - lengthMs;
  for (let day = clock.dayStartMs((endMs[0] ?? 0) - lengthMs); day <= last; day = clock.addDaysMs(day, 1)) days.push(day);
  return days.reverse();
}

/** Where a key leads from an interval: left and right go on in time, up and down keep the time of day. */
export function heatStep(grid: HeatGrid, index: number, key: string): number | undefined {
  const place = grid.placeOf(index);
  const inDay = (column: number, step: 1 | -1): number | undefined => {
    for (let at = column; at >= 0 && at < grid.columns; at += step) {
      const found = grid.indexAt(place.row, at, step === -1 ? 1 : 0);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const toRow = (step: number): number | undefined => {
    const direction = Math.sign(step);
    for (let row = place.row + step; row >= 0 && row < grid.days.length; row += direction) {
      const found = grid.indexAt(row, place.column, place.part);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  switch (key) {
    case "ArrowLeft":
      return index > 0 ? index - 1 : undefined;
    case "ArrowRight":
      return index < grid.count - 1 ? index + 1 : undefined;
    case "ArrowUp":
      return toRow(-1);
    case "ArrowDown":
      return toRow(1);
    case "PageUp":
      return toRow(-7);
    case "PageDown":
      return toRow(7);
    case "Home":
      return inDay(0, 1);
    case "End":
      return inDay(grid.columns - 1, -1);
    default:
      return undefined;
  }
}
