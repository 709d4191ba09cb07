import { expect, test } from "vitest";
import { plantsSchema, runningSchema, summarySchema } from "./plant.ts";
import { BILL_EXAMPLE, BILLS_EXAMPLE, CAP_EXAMPLE, CHECK_BILL_EXAMPLE } from "./plant-bill-examples.ts";
import { billSchema, billsSchema, capSchema, checkBillSchema } from "./plant-bills.ts";
import { PLANTS_EXAMPLE, RUNNING_EXAMPLE, SUMMARY_EXAMPLE } from "./plant-examples.ts";
import {
  DAYS_EXAMPLE,
  HEAT_EXAMPLE,
  IMPORTS_EXAMPLE,
  INTERVAL_EXAMPLE,
  INTERVALS_EXAMPLE,
  QUALITY_EXAMPLE,
} from "./plant-interval-examples.ts";
import { daysSchema, heatSchema, intervalDetailSchema, intervalsSchema } from "./plant-intervals.ts";
import { importsSchema, plantQualitySchema } from "./plant-quality.ts";

test.each([
  ["plants", plantsSchema, PLANTS_EXAMPLE],
  ["running", runningSchema, RUNNING_EXAMPLE],
  ["summary", summarySchema, SUMMARY_EXAMPLE],
  ["intervals", intervalsSchema, INTERVALS_EXAMPLE],
  ["interval", intervalDetailSchema, INTERVAL_EXAMPLE],
  ["days", daysSchema, DAYS_EXAMPLE],
  ["heat", heatSchema, HEAT_EXAMPLE],
  ["bills", billsSchema, BILLS_EXAMPLE],
  ["bill", billSchema, BILL_EXAMPLE],
  ["cap", capSchema, CAP_EXAMPLE],
  ["check", checkBillSchema, CHECK_BILL_EXAMPLE],
  ["quality", plantQualitySchema, QUALITY_EXAMPLE],
  ["imports", importsSchema, IMPORTS_EXAMPLE],
] as const)("the example of %s has the shape that is promised, and nothing beside it", (_name, schema, example) => {
  expect(schema.parse(example)).toEqual(example);
});

test("the example bill adds up", () => {
  const cents = (amount: string): number => Math.round(Number(amount) * 100);
  expect(BILL_EXAMPLE.lines.reduce((sum, line) => sum + cents(line.amount), 0)).toBe(cents(BILL_EXAMPLE.total));
});

test("the two levels of the example cost what the rate says", () => {
  const costs = RUNNING_EXAMPLE.levels.map(({ over }) => [over?.now, over?.laterHigh]);
  expect(costs).toEqual([
    ["56.08", "33.65"],
    ["168.23", "100.94"],
  ]);
  // 24.74 × 6.8 ÷ 3, and the whole of 6.8 kW for the highest: three peaks rise by 6.8 where the third falls out.
  expect(((24.74 * 6.8) / 3).toFixed(2)).toBe("56.08");
});
