import { describe, expect, it } from "vitest";
import { zoneNamed } from "#calendar/zone.ts";
import { oneJitterADay } from "./counter-event-list.ts";
import type { CounterEventKind } from "./counter-events.ts";

const event = (kind: CounterEventKind, tMs: number) => ({
  kind,
  tMs,
  beforeKwh: 215.7,
  afterKwh: 215.6,
  beforeMs: tMs - 1,
  afterMs: tMs,
  countedKwh: 0,
  open: false,
  sentence: "The last digit went back from 215.7 kWh to 215.6 kWh.",
});

describe("events for a list", () => {
  it("has the jitters of one local day as one, and everything else as it was", () => {
    const zone = zoneNamed("Europe/Berlin");
    const midnight = zone.dayStart(Date.UTC(2026, 9, 25, 12));
    const times = [1, 2, 24.5, 25.5].map((hours) => midnight + hours * 3_600_000);
    const jitters = times.map((tMs) => event("jitter", tMs));
    const reset = event("reset", midnight + 1.5 * 3_600_000);
    const [first, between, next] = oneJitterADay(
      [jitters[0], reset, jitters[1], jitters[2], jitters[3]].flatMap((one) => one ?? []),
      zone,
    );
    // A day of 25 hours.
    expect([first?.tMs, first?.sentence]).toEqual([times[0], "The last digit went back 3 times on this day; nothing is counted for it."]);
    expect([between, next]).toEqual([reset, jitters[3]]);
    expect(oneJitterADay([], zone)).toEqual([]);
  });
});
