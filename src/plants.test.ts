import { expect, it } from "vitest";
import type { Plan } from "#tariffs/plan.ts";
import { planOf } from "./plants.ts";

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
