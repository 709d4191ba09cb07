import { describe, expect, it } from "vitest";
import { BILLS_EXAMPLE } from "#contract/plant-bill-examples.ts";
import { PLANTS_EXAMPLE } from "#contract/plant-examples.ts";
import { basisWords, billSentence } from "./words.ts";

const [plant] = PLANTS_EXAMPLE.plants;
const [row] = BILLS_EXAMPLE.bills;
if (plant === undefined || row === undefined) throw new Error("the examples are empty");
const said = (more: Partial<typeof row>) => billSentence({ ...row, ...more }, BILLS_EXAMPLE, { plant }).replaceAll("\u00a0", " ");

describe("the first line of a bill", () => {
  it("says demand, rule and money to date", () => {
    expect(said({})).toBe("This period is billed at 408.0 kW, as metered; $13,449.45 so far.");
  });

  it("says which period the ratchet remembers, and what that costs", () => {
    const text = said({ rule: "ratchet", billedKw: 393.1, ratchetCost: "1041.55", period: { ...row.period, open: false } });
    expect(text).toMatch(
      /^The period from .* was billed at 393.1 kW, held up by the period from .*2025, which costs \$1,041.55; \$13,449.45\.$/,
    );
  });

  it("names no money where there is no tariff", () => {
    expect(said({ billedKw: null, total: null })).toBe("This period metered 408.0 kW.");
    expect(said({ billedKw: null, meteredKw: null, total: null })).toBe("This period has no demand yet.");
  });

  it("says when calendar months stand in for billing periods", () => {
    expect(basisWords({ ...BILLS_EXAMPLE, periods: "calendar" }, plant)).toContain("No anchor is set");
    expect(basisWords({ ...BILLS_EXAMPLE, basis: "calendar" }, plant)).toContain("estimate");
  });
});
