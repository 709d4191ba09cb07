import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { registersOf } from "./registers.ts";

const UNITS = ["kWh", "MWh", "m³", "l", "units", "Einheiten", "°C", "energy", "W", ""] as const;
const mediumOf = (): undefined => undefined;
const none = new Map<string, string>();

describe("registers in a bucket", () => {
  test("are each taken, refused or left out, and no two go to one place", () => {
    const series = fc.record({
      unit: fc.constantFrom(...UNITS),
      entity: fc.constantFrom("a", "a/b", "a b", "a.b", "a@b", "", "gas", "b-b"),
    });
    const points = fc.dictionary(fc.constantFrom("a", "gas", "b-b"), fc.constantFrom("main", "house/main", "other/main"));
    fc.assert(
      fc.property(fc.uniqueArray(series, { selector: ({ unit, entity }) => `${unit} ${entity}` }), points, (found, mapped) => {
        const { registers, refused, others } = registersOf(found, { points: new Map(Object.entries(mapped)), site: "house", mediumOf });
        const taken = registers.flatMap(({ units }) => units);
        expect(taken.length + refused.length + others.length).toBe(found.length);
        const places = registers.map(({ at, quantity }) => `${at.includes("/") ? at : `house/${at}`} ${quantity}`);
        expect(new Set(places).size).toBe(places.length);
        for (const { at } of registers) expect(at.replace(/^\w+\//, "")).toMatch(/^[^/@\s]+$/);
      }),
    );
  });

  test("keep the place they have when others come", () => {
    const entity = fc.constantFrom("a", "a/b", "a b", "a.b", "a@b", "b-b", "a-b");
    fc.assert(
      fc.property(fc.uniqueArray(entity), entity, (before, more) => {
        const placesOf = (entities: readonly string[], former?: ReadonlyMap<string, string>) => {
          const found = entities.map((one) => ({ unit: "kWh", entity: one }));
          const { registers } = registersOf(found, {
            points: none,
            site: "house",
            mediumOf,
            ...(former === undefined ? {} : { before: former }),
          });
          return new Map(registers.map((one) => [one.entity, one.at]));
        };
        const some = placesOf(before);
        const all = placesOf([...new Set([...before, more])], some);
        for (const [one, at] of some) expect(all.get(one)).toBe(at);
        expect(new Set(all.values()).size).toBe(all.size);
      }),
    );
  });

  test("count what their unit and name say, and what a person said before both", () => {
    const quantityOf = (unit: string, entity: string, medium?: string) =>
      registersOf([{ unit, entity }], { points: none, mediumOf: () => medium }).registers[0]?.quantity;
    expect(quantityOf("kWh", "haupt_strom")).toBe("energy");
    expect(quantityOf("MWh", "buro_heat")).toBe("heat-energy");
    expect(quantityOf("kWh", "kessel", "heat")).toBe("heat-energy");
    expect(quantityOf("m³", "gas_zahler")).toBe("gas-volume");
    expect(quantityOf("m³", "og1_wasser_kalt")).toBe("water-volume");
    expect(quantityOf("m³", "keller", "gas")).toBe("gas-volume");
    expect(quantityOf("Einheiten", "hkv_bad")).toBe("units");
    expect(quantityOf("°C", "see")).toBeUndefined();
  });
});
