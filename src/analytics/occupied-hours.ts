import type { Zone } from "#calendar/zone.ts";
import type { TimeRange } from "./interval-grid.ts";

/** When a building is used, by the clock on its wall. */
export interface OccupiedHours {
  /** Minutes after midnight; an end at or before its start lies on the next day. */
  readonly fromMinute: number;
  readonly toMinute: number;
  /** 1 Monday to 7 Sunday; a window over midnight belongs to the day it begins on. */
  readonly weekdays: readonly number[];
  /** Time before the start in which the building is brought to temperature. */
  readonly warmUpMinutes: number;
}

export interface PlaceDays {
  readonly zone: Zone;
  /** Local dates on which nothing begins. */
  readonly holidays?: readonly string[];
}

/** When a building is used and when it is made ready, ascending, none overlapping; within the range asked for. */
export interface OccupiedTimes {
  readonly occupied: readonly TimeRange[];
  readonly warmUp: readonly TimeRange[];
}
