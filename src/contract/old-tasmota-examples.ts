import type { OldEnergySummary, OldLatestReading, OldStats, OldStatus } from "./old-tasmota.ts";

export const OLD_LATEST_READING: OldLatestReading = {
  timestamp: "2026-03-10T18:04:06",
  meter_id: "0a01454d480000a1b2c3",
  power_watts: 412,
  energy_in_kwh: 7_480.2,
  energy_out_kwh: 0,
  power_phase_1_watts: 120,
  power_phase_2_watts: 92,
  power_phase_3_watts: 200,
  raw_payload: null,
};

export const OLD_STATS: OldStats = {
  start: 1_773_133_200_000,
  end: 1_773_136_800_000,
  stats: { energy_used_kwh: 0.5, min_power_watts: 400, max_power_watts: 800, avg_power_watts: 600, count: 3 },
};

export const OLD_STATUS: OldStatus = {
  status: "ok",
  mqtt_connected: true,
  topic: "tele/+/SENSOR",
  tasmota_url: "http://192.0.2.20/",
  flask_url: "http://127.0.0.1:8080",
  mqtt_server: "mqtt://127.0.0.1:1883",
  last_reading: "2026-03-10T18:04:06",
  num_readings_last_hour: 360,
  num_total_readings: 6_912_408,
  jobs: [{ job: "Back up", next_run: "2026-03-10T19:00:00", last_run: "2026-03-10T18:00:00" }],
};

export const OLD_ENERGY_SUMMARY: OldEnergySummary = {
  avg_daily: 9.4,
  daily: [{ t: 1_773_054_000_000, kwh: 9.2, is_partial: false }],
  moving_avg_30d: [{ t: 1_773_054_000_000, kwh: 9.7 }],
};
