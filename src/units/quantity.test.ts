import { describe, expect, it } from "vitest";
import { QUANTITIES, quantityOf } from "./quantity.ts";

describe("a quantity", () => {
  it("of a phase without a row of its own is that of the whole, ranked behind it", () => {
    expect(quantityOf("energy-export-l2")).toEqual({ label: "Energy sold, phase 2", medium: "export", rank: 70, fromZero: true });
    expect(quantityOf("power-l1")).toBe(QUANTITIES["power-l1"]);
  });

  it("that nobody described is shown under its own name", () => {
    expect(quantityOf("curtailment-wind")).toEqual({ label: "Curtailment wind", medium: "other", rank: 80 });
    expect(quantityOf("__proto__").medium).toBe("other");
    expect(quantityOf("flux-l1").label).toBe("Flux l1");
  });
});
