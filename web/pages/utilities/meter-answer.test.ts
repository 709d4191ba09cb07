import { describe, expect, test } from "vitest";
import type { MeterFigureAnswer } from "#contract/meters.ts";
import { meterAnswer } from "./meter-answer.ts";

const figure = (amount: number | null, more: Partial<MeterFigureAnswer> = {}): MeterFigureAnswer => ({
  fromMs: 0,
  toMs: 1,
  fromLocal: "2026-11-01T00:00:00+01:00",
  toLocal: "2026-12-01T00:00:00+01:00",
  amount,
  measured: amount,
  missingMs: 0,
  flags: [],
  cost: null,
  ...more,
});
const meter = (more: Partial<Parameters<typeof meterAnswer>[0]>) =>
  meterAnswer({
    name: "Flat 2",
    group: "",
    unit: "kWh",
    kind: "physical",
    standing: "live",
    because: "",
    readings: 12,
    removedOn: null,
    thisMonth: figure(212, { measured: 178 }),
    yearBefore: figure(225.5),
    ...more,
  }).replaceAll("\u00a0", " ");

describe("the first line about a meter", () => {
  test("what it used this month, how much of it was measured, and against last year", () => {
    expect(meter({})).toBe("Flat 2: 212 kWh in November so far, 84 % measured; 6 % less than the same days last year");
  });
  test("meters of several flats may share a name: the group tells them apart, once", () => {
    expect(meter({ name: "Electricity", group: "Flat 2" })).toMatch(/^Electricity, Flat 2: 212 kWh/);
    expect(meter({ group: "flat 2" })).toMatch(/^Flat 2: 212 kWh/);
  });
  test("without a year before, nothing is compared", () => {
    expect(meter({ yearBefore: figure(null) })).toBe("Flat 2: 212 kWh in November so far, 84 % measured");
  });
  test("below zero is no thrift", () => {
    expect(meter({ thisMonth: figure(-3, { measured: -3, flags: ["belowZero"] }) })).toContain("Below zero cannot be");
  });
  test("nothing known is not nothing used", () => {
    expect(meter({ thisMonth: figure(null) })).toBe("Flat 2: nobody knows what it used in November");
    expect(meter({ standing: "waiting" })).toBe("Flat 2 has no reading yet");
    expect(meter({ standing: "broken", because: "A is made of itself." })).toBe("Flat 2 cannot be worked out: a is made of itself.");
    expect(meter({ standing: "ended", removedOn: "2024-11-26" })).toMatch(/^Flat 2 ended on .*2024$/);
  });
});
