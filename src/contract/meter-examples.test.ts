import { expect, test } from "vitest";
import { anomaliesSchema } from "./anomalies.ts";
import { correctionMadeSchema, correctionsSchema } from "./corrections.ts";
import { meterFactSchema } from "./meter-edits.ts";
import { METER_DETAIL_EXAMPLE, METER_FACT_EXAMPLE, METERS_EXAMPLE } from "./meter-examples.ts";
import {
  expectationSchema,
  meterConsumptionSchema,
  meterCostsSchema,
  meterLineageSchema,
  meterProfileSchema,
  meterReadingsSchema,
  readingSaidSchema,
} from "./meter-history.ts";
import {
  ANOMALIES_EXAMPLE,
  CORRECTION_MADE_EXAMPLE,
  CORRECTIONS_EXAMPLE,
  METER_CONSUMPTION_EXAMPLE,
  METER_COSTS_EXAMPLE,
  METER_EXPECTATION_EXAMPLE,
  METER_LINEAGE_EXAMPLE,
  METER_PROFILE_EXAMPLE,
  METER_READINGS_EXAMPLE,
  READING_SAID_EXAMPLE,
  ROUND_EXAMPLE,
} from "./meter-history-examples.ts";
import { meterDetailSchema, metersSchema } from "./meters.ts";
import { roundSchema } from "./round.ts";

test.each([
  ["meters", metersSchema, METERS_EXAMPLE],
  ["a meter", meterDetailSchema, METER_DETAIL_EXAMPLE],
  ["a fact", meterFactSchema, METER_FACT_EXAMPLE],
  ["consumption", meterConsumptionSchema, METER_CONSUMPTION_EXAMPLE],
  ["readings", meterReadingsSchema, METER_READINGS_EXAMPLE],
  ["lineage", meterLineageSchema, METER_LINEAGE_EXAMPLE],
  ["profile", meterProfileSchema, METER_PROFILE_EXAMPLE],
  ["expectation", expectationSchema, METER_EXPECTATION_EXAMPLE],
  ["a reading that was said", readingSaidSchema, READING_SAID_EXAMPLE],
  ["costs", meterCostsSchema, METER_COSTS_EXAMPLE],
  ["anomalies", anomaliesSchema, ANOMALIES_EXAMPLE],
  ["corrections", correctionsSchema, CORRECTIONS_EXAMPLE],
  ["a correction that was made", correctionMadeSchema, CORRECTION_MADE_EXAMPLE],
  ["the round", roundSchema, ROUND_EXAMPLE],
] as const)("the example of %s has the shape that is promised, and nothing beside it", (_name, schema, example) => {
  expect(schema.parse(example)).toEqual(example);
});

test("the figures of the example add up", () => {
  const [february] = METERS_EXAMPLE.meters[0]?.months ?? [];
  expect(Number(february?.cost)).toBeCloseTo((february?.amount ?? 0) * 4.1, 9);
});
