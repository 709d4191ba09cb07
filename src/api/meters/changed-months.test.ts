import { expect, test } from "vitest";
import type { MeterSettings } from "#reports/meter-settings.ts";
import { metersOf } from "./changed-months.ts";

const meter = (name: string, what: MeterSettings["what"]): MeterSettings => ({
  ...{ id: `house.${name}`, site: "house", meter: name, name, description: "", medium: "electricity", group: "", unit: "kWh" },
  ...{ what, prices: [], demo: false },
});
const physical = (name: string): MeterSettings => {
  const parts = { site: "house", point: name, quantity: "energy-import", source: "manual" };
  const series = {
    id: 1,
    key: `house/${name}/energy-import@manual`,
    ...parts,
    kind: "counter",
    unit: "kWh",
    equalInstant: "last",
  } as const;
  return meter(name, { kind: "physical", point: name, series: [series], replacements: [] });
};
const master = (name: string, ...sources: string[]) => meter(name, { kind: "master", periods: [{ fromDate: "2020-01-01", sources }] });
const virtual = (name: string, formula: string) => meter(name, { kind: "virtual", formula });

test("a reading has a say in its meter, in sums of it and in formulas of those, round and round", () => {
  const meters = [
    virtual("rest", "total - flat"),
    master("total", "nt", "ht"),
    ...["nt", "ht", "flat", "shed"].map(physical),
    virtual("half", "0.5 * rest"),
    virtual("broken", "nt +"),
    virtual("chicken", "egg + nt"),
    virtual("egg", "chicken"),
  ];
  const names = (key: string) => metersOf({ meters }, key).map(({ meter: name }) => name);
  expect(names("house/nt/energy-import@manual").toSorted()).toEqual(["chicken", "egg", "half", "nt", "rest", "total"]);
  expect(names("house/nt/energy-import@manual")[0]).toBe("nt");
  expect(names("house/flat/energy-import@manual").toSorted()).toEqual(["flat", "half", "rest"]);
  expect(names("house/shed/energy-import@manual")).toEqual(["shed"]);
  expect(names("house/attic/energy-import@manual")).toEqual([]);
});
