import { z } from "zod";

/*
 * What the routes of the old Tasmota MT681 monitor answer: its names, its nulls, its times. `t` is epoch milliseconds; a written time is
 * the clock of the home without offset, `2026-03-10T18:04:06`.
 */

const figure = z.number().nullable();
const instantMs = z.number().int();

export const oldReadingsSchema = z.array(
  z.strictObject({ t: instantMs, p: figure.describe("W; null where the meter sent none"), e: figure.describe("register, kWh") }),
);

export const oldLatestReadingSchema = z.strictObject({
  timestamp: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{6})?$/),
  meter_id: z.string(),
  power_watts: figure,
  energy_in_kwh: figure,
  energy_out_kwh: figure,
  power_phase_1_watts: figure,
  power_phase_2_watts: figure,
  power_phase_3_watts: figure,
  raw_payload: z.string().nullable().describe("JSON text of the meter's group; null where messages are not kept"),
});
export type OldLatestReading = z.infer<typeof oldLatestReadingSchema>;

export const oldStatsSchema = z.strictObject({
  start: instantMs,
  end: instantMs,
  stats: z.strictObject({
    energy_used_kwh: figure,
    min_power_watts: figure,
    max_power_watts: figure,
    avg_power_watts: figure,
    count: z.number().int(),
  }),
});
export type OldStats = z.infer<typeof oldStatsSchema>;

export const oldStatusSchema = z.strictObject({
  status: z.literal("ok"),
  mqtt_connected: z.boolean(),
  topic: z.string().nullable(),
  tasmota_url: z.string().nullable(),
  flask_url: z.string(),
  mqtt_server: z.string().nullable(),
  last_reading: z.string().nullable(),
  num_readings_last_hour: z.number().int(),
  num_total_readings: z.number().int(),
  jobs: z.array(z.strictObject({ job: z.string(), next_run: z.string().nullable(), last_run: z.string().nullable() })),
});
export type OldStatus = z.infer<typeof oldStatusSchema>;

export const oldEnergySummarySchema = z.strictObject({
  avg_daily: figure,
  daily: z.array(z.strictObject({ t: instantMs, kwh: z.number(), is_partial: z.boolean() })),
  moving_avg_30d: z.array(z.strictObject({ t: instantMs, kwh: z.number() })),
});
export type OldEnergySummary = z.infer<typeof oldEnergySummarySchema>;

export const oldCacheSchema = z.strictObject({ status: z.literal("ok"), message: z.string() });

/** Every error of these routes. */
export const oldMonitorErrorSchema = z.object({ error: z.string() });
