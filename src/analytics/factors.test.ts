import { describe, expect, it } from "vitest";
import { factorsOf, kwhPerPulseAt } from "./factors.ts";

const fact = (name: string, value: string | number, fromMs = 0) => ({ name, value, fromMs });
const at = (facts: Parameters<typeof factorsOf>[0], tMs = 100) => kwhPerPulseAt(factorsOf(facts), tMs);

describe("what a pulse is worth", () => {
  it.each([
    ["pulses per kWh", [fact("pulsesPerKwh", 0.5882352941)], 1.7],
    ["its inverse", [fact("kwhPerPulse", 1.7)], 1.7],
    ["a text of it", [fact("kwhPerPulse", "1.7")], 1.7],
    ["0.2222 kWh per closure, 0.1111 per change of the contact", [fact("kwhPerPulse", 0.2222), fact("form", "C")], 0.1111],
    ["Form A counts closures", [fact("kwhPerPulse", 0.2222), fact("form", "A")], 0.2222],
    ["CT 80 × PT 4 on the secondary side", [fact("kwhPerPulse", 0.001), fact("multiplier", 320)], 0.32],
    ["1.8 kWh per pulse are 0.5556 pulses per kWh", [fact("pulsesPerKwh", 0.5556)], 1.8],
  ])("is said by %s", (_, facts, kwh) => {
    expect(at(facts)).toBeCloseTo(kwh, 3);
  });

  it("holds right backwards until something else was said, and each fact has dates of its own", () => {
    const facts = [fact("kwhPerPulse", 1, 1000), fact("kwhPerPulse", 2, 3000), fact("multiplier", 10, 2000), fact("multiplier", 5, 4000)];
    expect([0, 1500, 2500, 3500, 4500].map((tMs) => at(facts, tMs))).toEqual([10, 10, 10, 20, 10]);
  });

  it("is what was said last about one date, and not what was taken back", () => {
    expect(at([fact("kwhPerPulse", 1), fact("kwhPerPulse", 2), { ...fact("kwhPerPulse", 3), undoneMs: 7 }])).toBe(2);
    expect(at([fact("pulsesPerKwh", 4), fact("kwhPerPulse", 2)])).toBe(2);
  });

  it("is missing with a reason while nobody has said it, and for what can be none", () => {
    for (const facts of [
      [],
      [fact("multiplier", 2)],
      [fact("pulsesPerKwh", 0)],
      [fact("kwhPerPulse", -1)],
      [fact("kwhPerPulse", "much")],
    ]) {
      expect(at(facts)).toBeNaN();
      expect(factorsOf(facts).missing?.code).toBe("pulse-value-not-set");
    }
    expect(factorsOf([fact("kwhPerPulse", 1)]).missing).toBeUndefined();
  });
});
