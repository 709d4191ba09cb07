import type { Zone } from "#calendar/zone.ts";
import type { CounterEvent } from "./counter-events.ts";

/**
 * Events for a list: the jitters of one local day are one, at the first of them, so that a last digit that flickers all year does
 * not hide what matters. The events are in order of time, and of whole days.
 */
export function oneJitterADay(events: readonly CounterEvent[], zone: Zone): CounterEvent[] {
  const listed: CounterEvent[] = [];
  const open: { untilMs: number; at: number; times: number } = { untilMs: -Infinity, at: 0, times: 0 };
  for (const event of events) {
    if (event.kind !== "jitter") {
      listed.push(event);
    } else if (event.tMs < open.untilMs) {
      open.times += 1;
      const first = listed[open.at] as CounterEvent;
      listed[open.at] = { ...first, sentence: `The last digit went back ${open.times} times on this day; nothing is counted for it.` };
    } else {
      open.untilMs = zone.nextStart("day", event.tMs);
      open.at = listed.length;
      open.times = 1;
      listed.push(event);
    }
  }
  return listed;
}
