import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meterOrder } from "./meter-order.ts";

const order = (definitions: Record<string, string[]>) => meterOrder(new Map(Object.entries(definitions)));

describe("the order of meters", () => {
  it("puts what a meter is made of before it, also where that is defined later", () => {
    const { order: found, cycles, missing } = order({ rest: ["total", "flat"], total: ["old", "new"], old: [], new: [], flat: [] });
    expect(found).toEqual(["old", "new", "total", "flat", "rest"]);
    expect([cycles.size, missing.size]).toEqual([0, 0]);
  });

  it("tells the way round a circle, for every meter in it and every meter made of them", () => {
    const { cycles } = order({ a: ["b"], b: ["c"], c: ["a"], d: ["x", "b"], x: [], self: ["self"] });
    expect(Object.fromEntries(cycles)).toEqual({
      a: ["a", "b", "c", "a"],
      b: ["b", "c", "a", "b"],
      c: ["c", "a", "b", "c"],
      d: ["d", "b", "c", "a", "b"],
      self: ["self", "self"],
    });
  });

  it("tells the way to a name that is no meter", () => {
    const { missing } = order({ a: ["b"], b: ["nobody"], c: [] });
    expect(Object.fromEntries(missing)).toEqual({ a: ["a", "b", "nobody"], b: ["b", "nobody"] });
  });

  it("has every meter once, and only circles out of order", () => {
    const graph = fc.array(fc.array(fc.nat(7), { maxLength: 3 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(graph, (parts) => {
        const definitions = new Map(parts.map((of, i) => [`m${i}`, of.filter((part) => part < parts.length).map((part) => `m${part}`)]));
        const { order: found, cycles } = meterOrder(definitions);
        expect([...found].sort()).toEqual([...definitions.keys()].sort());
        for (const [i, meter] of found.entries()) {
          const early = (definitions.get(meter) ?? []).every((part) => found.indexOf(part) < i);
          if (!cycles.has(meter)) expect(early).toBe(true);
          const path = cycles.get(meter) ?? [];
          for (let k = 1; k < path.length; k += 1) expect(definitions.get(path[k - 1] as string)).toContain(path[k]);
          if (path.length > 0) expect(path.slice(0, -1)).toContain(path.at(-1));
        }
      }),
    );
  });
});
