import { describe, expect, test } from "vitest";
import type { MeterSettings } from "./meter-settings.ts";
import { metersWithin } from "./meters-within.ts";

const physical = (meter: string) =>
  ({ id: `haus.${meter}`, meter, what: { kind: "physical", point: meter, series: [], replacements: [] } }) as const;
const sum = (meter: string, ...sources: string[]) =>
  ({ id: `haus.${meter}`, meter, what: { kind: "master", periods: [{ fromDate: "2020-01-01", sources }] } }) as const;
const formula = (meter: string, text: string) => ({ id: `haus.${meter}`, meter, what: { kind: "virtual", formula: text } }) as const;

const within = (...meters: Pick<MeterSettings, "id" | "meter" | "what">[]) => Object.fromEntries(metersWithin(meters));

describe("which meters count again what another one counts", () => {
  test("a sum holds its parts", () => {
    expect(within(physical("nt"), physical("ht"), sum("total", "nt", "ht"))).toEqual({
      "haus.nt": ["haus.total"],
      "haus.ht": ["haus.total"],
    });
  });

  test("a difference, and what it takes away, lie within what they are taken from", () => {
    expect(within(physical("total"), physical("eg"), formula("common", "total - eg"))).toEqual({
      "haus.common": ["haus.total"],
      "haus.eg": ["haus.total"],
    });
  });

  test("a formula that only adds is a sum", () => {
    expect(within(physical("a"), physical("b"), formula("both", "a + 0.5 * b"))).toEqual({
      "haus.a": ["haus.both"],
      "haus.b": ["haus.both"],
    });
  });

  test("what cannot be read, or names no meter, holds nothing", () => {
    expect(within(physical("a"), formula("broken", "a +"), sum("lone", "nobody"))).toEqual({});
  });
});
