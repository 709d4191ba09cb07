import type { OldComfortMetrics, OldFlowTracking, OldRtuHealth, OldSample, OldZone, OldZoneHealth } from "./old-niagara.ts";

export const OLD_SAMPLE: OldSample = {
  stationName: "Ams Shop",
  historyId: "Vav 1-01 Space Temp",
  timestamp: "2025-11-27T14:05:00+00:00",
  status: "{ok}",
  value: 72.4,
};

export const OLD_COMFORT: OldComfortMetrics = { samples: 132, within_band_pct: 87.9, mean_error_degF: 0.6 };

export const OLD_ZONE: OldZone = {
  station_key: "ams_shop",
  station_name: "Ams Shop",
  station: "Ams Shop",
  zone_root: "vav-1-01",
  equipment: "VAV 1-01",
  floor: null,
  space_temp: "Vav 1-01 Space Temp",
  space_temp_sp: "Vav 1-01 Effective Setpoint",
  flow: "Vav 1-01 Box Flow",
  flow_sp: "Vav 1-01 Box Flow Setpoint",
  damper: "Vav 1-01 Damper Position",
  reheat: null,
  fan_cmd: null,
  fan_status: null,
  cooling_valve: null,
  heating_valve: null,
  compressor_cmd: null,
  compressor_status: null,
};

export const OLD_FLOW: OldFlowTracking = {
  station: "Ams Shop",
  zone: "vav-1-01",
  flow_history_id: "Vav 1-01 Box Flow",
  flow_sp_history_id: "Vav 1-01 Box Flow Setpoint",
  history_flow_id: "Vav 1-01 Box Flow",
  history_flow_sp_id: "Vav 1-01 Box Flow Setpoint",
  start: "2025-11-27T00:00:00+00:00",
  end: null,
  metrics: { samples: 96, within_band_pct: 62.5, mean_error_cfm: -31.2, mean_error_pct: 9.4 },
};

export const OLD_ZONE_HEALTH: OldZoneHealth = {
  station: "Ams Shop",
  zone_root: "vav-1-01",
  space_temp: "Vav 1-01 Space Temp",
  space_temp_sp: "Vav 1-01 Effective Setpoint",
  flow: "Vav 1-01 Box Flow",
  flow_sp: "Vav 1-01 Box Flow Setpoint",
  damper: "Vav 1-01 Damper Position",
  reheat: null,
  fan_cmd: null,
  fan_status: null,
  comfort_samples: 132,
  comfort_within_band_pct: 87.9,
  comfort_mean_error_degF: 0.6,
  flow_samples: 96,
  flow_within_band_pct: 62.5,
  mean_flow_error_cfm: -31.2,
  mean_flow_error_pct: 9.4,
  damper_high_open_low_flow_pct: 0,
  damper_closed_high_flow_pct: 0,
  reheat_waste_pct: null,
  fan_disagree_pct: null,
  fan_off_when_should_be_on_pct: null,
  fan_short_cycle_count: null,
  overall_score: 84.1,
  status: "warning",
  reasons: ["poor_flow_tracking"],
};

export const OLD_RTU_HEALTH: OldRtuHealth = {
  station: "Ams Shop",
  zone_root: "rtu-1",
  equipment: "RTU 1",
  hours: 24,
  fan_metrics: { samples: 96, on_pct: 54.2, short_cycle_count: 0 },
  cooling_metrics: { samples: 96, short_cycle_count: 4 },
  discharge_metrics: { samples: 96, within_band_pct: 81.3, mean_error_degF: 0.4 },
  status: "warning",
  reasons: ["possible_cooling_short_cycling"],
};
