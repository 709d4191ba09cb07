import { expect, it } from "vitest";
import type { Plan } from "#tariffs/plan.ts";
import { connectionOf, planOf } from "./plants.ts";

const plan = (name: string, ...dates: string[]): Plan => ({
  schema: 1,
  name,
  currency: "USD",
  versions: dates.map((validFrom) => ({ validFrom, components: [{ kind: "energy", name: `${name} of ${validFrom}`, rate: "0.04" }] })),
});

/** When each charge begins to count. */
const told = (whole: Plan | undefined): string[] =>
  (whole?.versions ?? []).map(({ validFrom, components }) => `${validFrom} ${components[0]?.name}`);

it("one plan counts as it stands; without any there is none", () => {
  expect(planOf([])).toBeUndefined();
  const only = plan("A", "2020-01-01", "2024-01-01");
  expect(planOf([{ plan: only }])).toBe(only);
});

it("plans of a point follow one another, each from the day it is valid from, whatever order they are listed in", () => {
  const [a, b] = [plan("A", "2020-01-01", "2024-01-01", "2026-06-01"), plan("B", "2019-01-01", "2025-03-01", "2026-03-01")];
  const rows = [{ plan: a }, { plan: b, validFrom: "2026-01-17" }];
  const expected = ["2020-01-01 A of 2020-01-01", "2024-01-01 A of 2024-01-01", "2026-01-17 B of 2025-03-01", "2026-03-01 B of 2026-03-01"];
  expect(told(planOf(rows))).toEqual(expected);
  expect(told(planOf(rows.toReversed()))).toEqual(expected);
  expect(planOf(rows)?.name).toBe("B");
});

it("a connection delivers what the file says, else as much as a house's, or a shop's where demand is billed", () => {
  const at = { site: "home", point: "meter" };
  const tariff = (whole: Plan) => ({ ...at, plan: whole });
  const energy = plan("A", "2020-01-01");
  const demand: Plan = { ...energy, versions: [{ validFrom: "2020-01-01", components: [{ kind: "demand", name: "Demand", rate: "9" }] }] };
  const home = { name: "villa", title: "Villa", grid: "meter", solar: [], battery: [], prices: [], instalments: [], settlement: "01-01" };
  expect(connectionOf({ homes: [], tariffs: [] }, at)).toBe(100);
  expect(connectionOf({ homes: [home], tariffs: [tariff(energy)] }, at)).toBe(100);
  expect(connectionOf({ homes: [home], tariffs: [tariff(demand)] }, at)).toBe(250);
  expect(connectionOf({ homes: [], tariffs: [tariff(demand)] }, { ...at, point: "plug" })).toBe(100);
  expect(connectionOf({ homes: [{ ...home, connectionKw: 24 }], tariffs: [tariff(demand)] }, at)).toBe(24);
});
