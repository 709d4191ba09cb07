import { expect, test } from "vitest";
import {
  homeBalanceSchema,
  homeChartSchema,
  homeDaysSchema,
  homeEventsSchema,
  homeFactSchema,
  homeImportSchema,
  homeSelectionSchema,
  homeSummarySchema,
  homesSchema,
} from "./home.ts";
import {
  HOME_BALANCE_EXAMPLE,
  HOME_CHART_EXAMPLE,
  HOME_DAYS_EXAMPLE,
  HOME_EVENTS_EXAMPLE,
  HOME_FACT_EXAMPLE,
  HOME_IMPORT_EXAMPLE,
  HOME_SELECTION_EXAMPLE,
  HOME_SUMMARY_EXAMPLE,
  HOMES_EXAMPLE,
} from "./home-examples.ts";

test.each([
  ["homes", homesSchema, HOMES_EXAMPLE],
  ["summary", homeSummarySchema, HOME_SUMMARY_EXAMPLE],
  ["chart", homeChartSchema, HOME_CHART_EXAMPLE],
  ["selection", homeSelectionSchema, HOME_SELECTION_EXAMPLE],
  ["days", homeDaysSchema, HOME_DAYS_EXAMPLE],
  ["balance", homeBalanceSchema, HOME_BALANCE_EXAMPLE],
  ["events", homeEventsSchema, HOME_EVENTS_EXAMPLE],
  ["import", homeImportSchema, HOME_IMPORT_EXAMPLE],
  ["fact", homeFactSchema, HOME_FACT_EXAMPLE],
] as const)("the example of %s has the shape that is promised, and nothing beside it", (_name, schema, example) => {
  expect(schema.parse(example)).toEqual(example);
});

test("the figures of the example add up", () => {
  const { today, instalments } = HOME_SUMMARY_EXAMPLE;
  // 6.9 kWh at 0.3102, and a day of 31 of a base fee of 10.
  expect(Number(today.cost)).toBeCloseTo(6.9 * 0.3102 + 10 / 31, 3);
  expect(Number(instalments?.balanceSoFar)).toBeCloseTo(Number(instalments?.paid) - Number(instalments?.costSoFar), 9);
  const { balance } = HOME_BALANCE_EXAMPLE;
  const { gridInKwh = 0, gridOutKwh = 0, solarKwh = 0, batteryInKwh = 0, batteryOutKwh = 0, houseKwh = 0 } = balance as never;
  expect(gridInKwh + solarKwh + batteryOutKwh - gridOutKwh - batteryInKwh).toBeCloseTo(houseKwh, 9);
});
