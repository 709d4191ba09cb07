import { z } from "zod";

/*
 * What the routes of Niagara Copilot Edge answer: its names, in both of its ways of writing them, its nulls. Times are UTC with their
 * offset, `2025-11-27T14:05:00+00:00`; a history is called by its decoded name without its station, `Vav 1-01 Space Temp`.
 */

const figure = z.number().nullable();
const text = z.string();
const textOrNull = z.string().nullable();
const count = z.number().int();

export const oldStationHealthSchema = z.strictObject({ status: z.literal("ok"), site_name: text });

export const oldSampleSchema = z.strictObject({
  stationName: text,
  historyId: text,
  timestamp: text,
  status: textOrNull.describe("the sender's text, as it was sent"),
  value: figure.describe("1 and 0 for words that say on and off; null for other words"),
  text: text.optional().describe("the word, where the history says words"),
});
export type OldSample = z.infer<typeof oldSampleSchema>;
export const oldSamplesSchema = z.array(oldSampleSchema);

export const oldHistoriesSchema = z.strictObject({
  stationName: textOrNull,
  historyId: textOrNull,
  limit: count,
  count,
  samples: oldSamplesSchema,
});

export const oldSeriesListSchema = z.strictObject({
  limit: count,
  count,
  items: z.array(z.strictObject({ station_key: text, history_key: text, stationName: text, historyId: text })),
});

export const oldSeriesMetaSchema = z.strictObject({
  count,
  rows: z.array(
    z.strictObject({
      station: text,
      history_id: text,
      equipment: text.optional(),
      floor: text.optional(),
      point_name: text.optional(),
      unit: text.optional(),
      tags: z.array(text).optional(),
    }),
  ),
});
export type OldSeriesMeta = z.infer<typeof oldSeriesMetaSchema>;

export const oldSeriesDataSchema = z.strictObject({
  station: textOrNull,
  history_id: textOrNull,
  start: textOrNull,
  end: textOrNull,
  limit: count,
  count,
  samples: oldSamplesSchema,
});

const comfortFigures = { samples: count, within_band_pct: figure, mean_error_degF: figure };
export const oldComfortMetricsSchema = z.strictObject(comfortFigures);
export type OldComfortMetrics = z.infer<typeof oldComfortMetricsSchema>;

export const oldZoneComfortSchema = z.strictObject({ site: text, equip: text, start: text, end: text, ...comfortFigures });

export const oldConstantComfortSchema = z.strictObject({
  stationName: text,
  historyId: text,
  limit: count,
  setpoint_used_degF: z.number(),
  analytics: oldComfortMetricsSchema,
});

export const oldPairComfortSchema = z.strictObject({
  station: textOrNull,
  tempHistoryId: text,
  spHistoryId: text,
  history_temp_id: text,
  history_sp_id: text,
  hours: count,
  merge_tolerance_seconds: count,
  start: text,
  end: text,
  analytics: oldComfortMetricsSchema,
  metrics: oldComfortMetricsSchema.describe("the same"),
});

export const oldZoneSchema = z.strictObject({
  station_key: text,
  station_name: text,
  station: text,
  zone_root: text,
  equipment: textOrNull,
  floor: textOrNull,
  space_temp: textOrNull,
  space_temp_sp: textOrNull,
  flow: textOrNull,
  flow_sp: textOrNull,
  damper: textOrNull,
  reheat: textOrNull,
  fan_cmd: textOrNull,
  fan_status: textOrNull,
  cooling_valve: textOrNull,
  heating_valve: textOrNull,
  compressor_cmd: textOrNull,
  compressor_status: textOrNull,
});
export type OldZone = z.infer<typeof oldZoneSchema>;
export const oldZonesSchema = z.array(oldZoneSchema);

export const oldFlowTrackingSchema = z.strictObject({
  station: text,
  zone: text,
  flow_history_id: textOrNull,
  flow_sp_history_id: textOrNull,
  history_flow_id: textOrNull,
  history_flow_sp_id: textOrNull,
  start: textOrNull,
  end: textOrNull,
  metrics: z.strictObject({ samples: count, within_band_pct: figure, mean_error_cfm: figure, mean_error_pct: figure }),
});
export type OldFlowTracking = z.infer<typeof oldFlowTrackingSchema>;

const status = z.enum(["critical", "warning", "ok", "no_data"]);

export const oldZoneHealthSchema = z.strictObject({
  station: text,
  zone_root: text,
  space_temp: textOrNull,
  space_temp_sp: textOrNull,
  flow: textOrNull,
  flow_sp: textOrNull,
  damper: textOrNull,
  reheat: textOrNull,
  fan_cmd: textOrNull,
  fan_status: textOrNull,
  comfort_samples: count,
  comfort_within_band_pct: figure,
  comfort_mean_error_degF: figure,
  flow_samples: count,
  flow_within_band_pct: figure,
  mean_flow_error_cfm: figure,
  mean_flow_error_pct: figure,
  damper_high_open_low_flow_pct: figure,
  damper_closed_high_flow_pct: figure,
  reheat_waste_pct: figure,
  fan_disagree_pct: figure,
  fan_off_when_should_be_on_pct: figure,
  fan_short_cycle_count: count.nullable(),
  overall_score: figure,
  status,
  reasons: z.array(text),
});
export type OldZoneHealth = z.infer<typeof oldZoneHealthSchema>;
export const oldBuildingHealthSchema = z.array(oldZoneHealthSchema);

export const oldZoneIndexSchema = z.array(
  z.strictObject({
    station: text,
    zone_root: text,
    equipment: textOrNull,
    floor: textOrNull,
    has_space_temp: z.boolean(),
    has_space_temp_sp: z.boolean(),
    has_flow: z.boolean(),
    has_flow_sp: z.boolean(),
    has_damper: z.boolean(),
    has_reheat: z.boolean(),
    has_fan_cmd: z.boolean(),
    has_fan_status: z.boolean(),
  }),
);

export const oldRtuHealthSchema = z.strictObject({
  station: text,
  zone_root: text,
  equipment: textOrNull,
  hours: count,
  fan_metrics: z.strictObject({ samples: count, on_pct: figure, short_cycle_count: count.nullable() }),
  cooling_metrics: z.strictObject({ samples: count, short_cycle_count: count.nullable() }),
  discharge_metrics: z.strictObject({ samples: count, within_band_pct: figure, mean_error_degF: figure }),
  status,
  reasons: z.array(text),
});
export type OldRtuHealth = z.infer<typeof oldRtuHealthSchema>;

/** Every error of these routes: a sentence, or a list of what is wrong with the question. */
export const oldStationErrorSchema = z.object({ detail: z.unknown() });
