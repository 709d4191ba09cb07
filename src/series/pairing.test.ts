import { describe, expect, it } from "vitest";
import { valuesAt } from "./carried.ts";
import type { Column } from "./column.ts";
import { pairingOf } from "./pairing.ts";
import { QUALITY } from "./quality.ts";

const MINUTE = 60_000;
const column = (tMs: readonly number[], value: (i: number) => number = (i) => i): Column => ({
  tMs: Float64Array.from(tMs),
  value: Float64Array.from(tMs, (_, i) => value(i)),
  quality: new Uint16Array(tMs.length),
});
const every = (minutes: number, count: number, fromMinute = 0): number[] =>
  Array.from({ length: count }, (_, i) => (fromMinute + i * minutes) * MINUTE);
const options = { toleranceMs: 30_000 };

describe("how two columns are brought together", () => {
  it("is by nearness where both are polled at the same hours", () => {
    const right = column(every(5, 20).map((t) => t + 20_000));
    const pairing = pairingOf(column(every(5, 20)), right, options);
    expect(pairing.how).toBe("nearest");
    expect(pairing.unpaired).toBe(0);
    expect([...pairing.index]).toEqual([...Array(20).keys()]);
  });

  it("carries what speaks on change, for as long as it takes", () => {
    const setpoint = column([0, 1, 2, 4, 3_000, 3_001, 3_003].map((minute) => minute * MINUTE));
    const pairing = pairingOf(column(every(10, 400)), setpoint, options);
    expect(pairing.how).toBe("carried");
    expect(pairing.because).toContain("it speaks when its value changes");
    expect(pairing.unpaired).toBe(0);
    expect(valuesAt(pairing.index, setpoint.value)[250]).toBe(3);
  });

  it("carries what is polled less often for two of its intervals and no longer", () => {
    const hourly = column(every(60, 10));
    const pairing = pairingOf(column(every(5, 200)), hourly, options);
    expect(pairing.how).toBe("interval");
    expect(pairing.because).toBe(
      "9 of 9 gaps between samples are 60 min long: it is polled. Its samples lie at other times, so each is carried for 2 intervals at most.",
    );
    // 9 h + 2 h are covered, 200 × 5 min are asked for.
    expect(pairing.unpaired).toBe(200 - (11 * 12 + 1));
  });

  it("carries what is polled half as often: by nearness every other row would have no partner", () => {
    const pairing = pairingOf(column(every(10, 100)), column(every(20, 50)), options);
    expect([pairing.how, pairing.unpaired]).toEqual(["interval", 0]);
  });

  it("is by nearness however many samples are bad, where both are polled at the same hours", () => {
    const right = column(every(5, 20));
    const quality = right.quality.map((_, i) => (i % 4 === 0 ? 0 : QUALITY.badStatus));
    const pairing = pairingOf(column(every(5, 20)), { ...right, quality }, options);
    expect([pairing.how, pairing.unpaired]).toEqual(["nearest", 15]);
  });

  it("pairs nobody with a bad sample, but with the good one beside it", () => {
    const right = column([...every(5, 20), 60 * MINUTE + 10_000].sort((a, b) => a - b));
    const quality = right.quality.slice();
    quality[right.tMs.indexOf(60 * MINUTE)] = QUALITY.badStatus;
    quality[right.tMs.indexOf(30 * MINUTE)] = QUALITY.badStatus;
    const pairing = pairingOf(column(every(5, 20)), { ...right, quality }, options);
    expect(pairing.how).toBe("nearest");
    expect(pairing.unpaired).toBe(1);
    expect(right.tMs[pairing.index[12] as number]).toBe(60 * MINUTE + 10_000);
  });
});
