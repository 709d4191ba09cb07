import { z } from "zod";
import { LOG_FORMATS } from "./logging.ts";
import { meterPattern } from "./meters.ts";
import { schedule } from "./schedule.ts";
import { date, line, openUrl } from "./values.ts";

const hours = z.int().min(1).max(744);

/** What `config.yaml` of Utility Meter Analytics may say. */
export const utilityConfigSchema = z.strictObject({
  influxdb: z
    .strictObject({
      url: openUrl,
      bucket_raw: line.optional(),
      bucket_processed: line.optional(),
      timeout: z.number().min(1).max(3_600).optional(),
      retry_attempts: z.int().min(1).max(20).optional(),
    })
    .optional(),
  tibber: z
    .strictObject({
      polling_interval: z.int().min(60).max(86_400).optional(),
      lookback_hours: hours.optional(),
      max_lookback_hours: hours.optional(),
      meter_id: line.optional(),
    })
    .optional(),
  gas_conversion: z
    .strictObject({ energy_content: z.number().positive().optional(), z_factor: z.number().positive().optional() })
    .optional(),
  workflows: z
    .strictObject({
      analytics: z.strictObject({ schedule: schedule.optional(), start_year: z.int().optional() }).optional(),
      tibber_sync: z.strictObject({ schedule: schedule.optional() }).optional(),
    })
    .optional(),
  logging: z
    .strictObject({
      level: z.enum(["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]).optional(),
      format: z.enum(LOG_FORMATS).optional(),
      file: line.optional(),
      max_bytes: z.int().optional(),
      backup_count: z.int().optional(),
    })
    .optional(),
  meters_config: line.optional(),
  seasonal_patterns_config: line.optional(),
});
export type UtilityConfig = z.infer<typeof utilityConfigSchema>;

const any = {
  meter_id: line,
  output_unit: line,
  description: z.string().max(500).nullish(),
  installation_date: date.nullish(),
  deinstallation_date: date.nullish(),
};
const period = z.strictObject({
  start_date: date,
  end_date: date,
  composition_type: z.enum(["single", "sum"]).optional(),
  source_meters: z.array(line).min(1),
  source_unit: line.optional(),
  apply_offset_from_previous_period: z.boolean().optional(),
});
const conversion = z.strictObject({ from_unit: line, to_unit: line });
const meter = z.discriminatedUnion("type", [
  z.strictObject({ ...any, type: z.literal("physical") }),
  z.strictObject({ ...any, type: z.literal("master"), periods: z.array(period).min(1) }),
  z.strictObject({
    ...any,
    type: z.literal("virtual"),
    calculation_type: z.literal("subtraction").optional(),
    base_meter: line,
    subtract_meters: z.array(line).min(1),
    subtract_meter_conversions: z.record(z.string(), conversion).optional(),
  }),
]);

/** What `meters.yaml` of Utility Meter Analytics may say. */
export const utilityMetersSchema = z.strictObject({ meters: z.array(meter).nullable() });
export type UtilityMeters = z.infer<typeof utilityMetersSchema>;
export type UtilityMeter = z.infer<typeof meter>;

/** What `seasonal_patterns.yaml` of Utility Meter Analytics may say. */
export const utilityPatternsSchema = z.strictObject({
  patterns: z
    .record(z.string(), z.strictObject({ monthly_percentages: meterPattern, description: z.string().max(500).nullish() }))
    .nullable(),
});
export type UtilityPatterns = z.infer<typeof utilityPatternsSchema>;
