import type { Column } from "#series/column.ts";
import type { TimeRange } from "./interval-grid.ts";
import type { OccupiedTimes } from "./occupied-hours.ts";
import { heldSpans } from "./on-spans.ts";
import type { StandingOptions } from "./standing.ts";
import { joined, without } from "./time-spans.ts";

export type OccupancyMeaning = "occupied" | "unoccupied" | "standby" | "warm-up";

/** In this order: "Unoccupied" holds "occupied". */
const MEANINGS: readonly (readonly [RegExp, OccupancyMeaning])[] = [
  [/un-?occ|not-occ|vacan|setback|night/, "unoccupied"],
  [/stand-?by/, "standby"],
  [/warm-?up|cool-?down|pre-?(?:heat|cool|condition)|(?:optimum|optimal)-start/, "warm-up"],
  [/occ|bypass|override|\bday\b/, "occupied"],
  [/^(?:true|on|yes|active|1(?:\.0*)?)$/, "occupied"],
  [/^(?:false|off|no|inactive|0(?:\.0*)?)$/, "unoccupied"],
];

/** What a text or number of an occupancy point says: "Occ", "unoccupied", "Standby", "1", "true". Missing: undefined for any other. */
export function occupancyMeaning(text: string): OccupancyMeaning | undefined {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, "-");
  return MEANINGS.find(([pattern]) => pattern.test(words))?.[1];
}

/** What an occupancy point says of a range. Standby is not occupied: nobody is there. */
export interface PointOccupancy extends OccupiedTimes {
  /** When it says anything. */
  readonly known: readonly TimeRange[];
}

export interface OccupancyPointOptions extends StandingOptions {
  /** What a value of the column says; see `occupancyMeaning`. */
  readonly meaningOf: (value: number) => OccupancyMeaning | undefined;
}

/** When a building or zone is used by the word of its own point. */
export function occupancyOfPoint(column: Column, range: TimeRange, { meaningOf, ...standing }: OccupancyPointOptions): PointOccupancy {
  const said = (wanted: OccupancyMeaning): TimeRange[] =>
    heldSpans(column, range, { is: (value) => meaningOf(value) === wanted, ...standing });
  return {
    occupied: said("occupied"),
    warmUp: said("warm-up"),
    known: heldSpans(column, range, { is: (value) => meaningOf(value) !== undefined, ...standing }),
  };
}

/** The point's word where it says anything, the hours elsewhere. */
export function occupancyTold(hours: OccupiedTimes, point: PointOccupancy): OccupiedTimes {
  const occupied = joined([...point.occupied, ...without(hours.occupied, point.known)]);
  return { occupied, warmUp: joined([...point.warmUp, ...without(hours.warmUp, joined([...point.known, ...occupied]))]) };
}
