import type { RoundAnswer } from "#contract/round.ts";
import type { QueuedReading } from "./queue.ts";
import type { RoundStop } from "./verdict.ts";

/** A stop of the walk with what was done there. */
export interface WalkStop {
  readonly stop: RoundStop;
  /** The newest reading of this walk. Missing: undefined where none was taken. */
  readonly reading: QueuedReading | undefined;
  readonly skipped: boolean;
}

/** Where a walk stands. */
export interface Walk {
  readonly stops: readonly WalkStop[];
  readonly read: number;
  readonly unusual: number;
  readonly skipped: number;
  /** Still to go to, in order. */
  readonly left: readonly WalkStop[];
}

/** The stops of a walk: those due, those already read on it, and on demand all. */
export function walkOf(
  answer: RoundAnswer,
  readings: readonly QueuedReading[],
  choice: { readonly all: boolean; readonly skipped: ReadonlySet<string> },
): Walk {
  const newest = new Map(readings.map((reading) => [reading.meter, reading]));
  const stops = answer.stops
    .filter((stop) => choice.all || stop.due || newest.has(stop.meter))
    .map((stop) => ({ stop, reading: newest.get(stop.meter), skipped: !newest.has(stop.meter) && choice.skipped.has(stop.meter) }));
  const read = stops.filter((one) => one.reading !== undefined);
  return {
    stops,
    read: read.length,
    unusual: read.filter((one) => one.reading?.unusual).length,
    skipped: stops.filter((one) => one.skipped).length,
    left: stops.filter((one) => one.reading === undefined && !one.skipped),
  };
}

/** The stop to go to after one: the next that is left, from there on and then from the beginning. Missing: undefined at the end. */
export function nextStop(walk: Walk, meter: string | undefined): WalkStop | undefined {
  const at = walk.stops.findIndex((one) => one.stop.meter === meter);
  const onward = [...walk.stops.slice(at + 1), ...walk.stops.slice(0, Math.max(0, at))];
  return onward.find((one) => one.reading === undefined && !one.skipped && one.stop.meter !== meter);
}
