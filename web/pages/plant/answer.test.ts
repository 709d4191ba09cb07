import { describe, expect, it } from "vitest";
import type { RunningAnswer } from "#contract/plant.ts";
import { PLANTS_EXAMPLE, RUNNING_EXAMPLE } from "#contract/plant-examples.ts";
import { answerSentence, verdictOf } from "./answer.ts";

const [plant] = PLANTS_EXAMPLE.plants;
if (plant === undefined) throw new Error("the example has no plant");
const ends = (kw: number | null, more: Partial<RunningAnswer> = {}): RunningAnswer => ({
  ...RUNNING_EXAMPLE,
  projection: { ...RUNNING_EXAMPLE.projection, kw },
  ...more,
});
const plain = (text: string | undefined) => text?.replaceAll("\u00a0", " ");
const NOTHING = { kw: null, plusMinusKw: null, overMs: null, atMs: null, ageMs: null, source: null, stale: false };

describe("the first line of a plant", () => {
  it("says the power, where the quarter ends, and how far that is from the level", () => {
    expect(plain(answerSentence(RUNNING_EXAMPLE, plant))).toBe(
      "Drawing 388 kW; this quarter will end near 394 kW, 7 kW under the level that raises the bill.",
    );
  });

  it("says what crossing costs", () => {
    const cost = { atKw: 420, riseKw: 6.3, now: "155.04", laterLow: "0", laterHigh: "93.02", laterExpected: null, laterPeriods: 11 };
    const over = ends(420, { projection: { ...RUNNING_EXAMPLE.projection, kw: 420, cost } });
    expect(plain(answerSentence(over, plant))).toContain("19 kW over the level that raises the bill, for $155.04 now.");
    expect(verdictOf(over, plant)?.sign).toBe("✕");
  });

  it("does not call safe what the projection cannot tell apart", () => {
    expect(verdictOf(ends(399), plant)).toMatchObject({ tone: "warn", sign: "!" });
    expect(verdictOf(ends(380), plant)).toMatchObject({ tone: "good", sign: "✓" });
  });

  it("names no level where there is no tariff", () => {
    expect(plain(answerSentence(ends(394, { levels: [] }), plant))).toBe("Drawing 388 kW; this quarter will end near 394 kW.");
  });

  it("says that it is too early rather than guess", () => {
    expect(plain(answerSentence(ends(null), plant))).toBe("Drawing 388 kW; it is too early to say where this quarter will end.");
  });

  it("counts pulses where no kWh per pulse is set, and says what to do", () => {
    const unset = { ...plant, pulsesPerKwh: null, pulseKw: null };
    const interval = { ...RUNNING_EXAMPLE.interval, energyKwh: null };
    const running = ends(null, { interval, live: { ...NOTHING, atMs: 1, ageMs: 3000 } });
    expect(answerSentence(running, unset)).toBe(
      "44 pulses came in this quarter, but no kWh per pulse is set yet: set it, and the demand is right backwards too.",
    );
  });

  it("does not project from an old pulse", () => {
    const running = ends(394, { live: { ...RUNNING_EXAMPLE.live, stale: true, ageMs: 14 * 60_000 } });
    expect(plain(answerSentence(running, plant))).toBe(
      "No pulse of Main meter for 14 min; where this quarter will end is not known. It drew 388 kW then.",
    );
  });

  it("says that nothing came where nothing came", () => {
    const interval = { ...RUNNING_EXAMPLE.interval, energyKwh: null, pulses: null };
    expect(answerSentence(ends(null, { live: NOTHING, interval }), plant)).toBe("No pulse of Main meter has come yet.");
  });
});
