/** A setting of Utility Meter Analytics and what it is here. */
export interface UtilitySetting {
  /** Its file, and in it its key; of a secret its variable. */
  readonly file: "config.yaml" | "meters.yaml" | "seasonal_patterns.yaml" | "secrets";
  readonly key: string;
  /** What counts where it is left out. */
  readonly usual?: string | number;
  /** What it is here, in words. */
  readonly becomes: string;
}

const config = (key: string, usual: string | number | undefined, becomes: string): UtilitySetting => ({
  file: "config.yaml",
  key,
  ...(usual === undefined ? {} : { usual }),
  becomes,
});
const meters = (key: string, becomes: string): UtilitySetting => ({ file: "meters.yaml", key: `meters[].${key}`, becomes });

/** Every setting of the old system, in the order of its files. */
export const OLD_UTILITY: readonly UtilitySetting[] = [
  config("influxdb.url", undefined, "sources.readings.influx.url, outlets.influx.url"),
  config("influxdb.bucket_raw", "lampfi", "sources.readings.influx.bucket, outlets.influx.rawBucket"),
  config("influxdb.bucket_processed", "lampfi_processed", "outlets.influx.bucket"),
  config("influxdb.timeout", 30, "timeoutSeconds of both"),
  config("influxdb.retry_attempts", 3, "tries of both"),
  config("tibber.polling_interval", 3600, "sources.hours.schedule, where workflows.tibber_sync.schedule does not say it"),
  config("tibber.lookback_hours", 48, "sources.hours.tibber.lookbackHours"),
  config("tibber.max_lookback_hours", 720, "sources.hours.tibber.maxLookbackHours"),
  config("tibber.meter_id", "haupt_strom", "sources.hours.tibber.point"),
  config("gas_conversion.energy_content", 11.504, "gas[].calorificKwhPerM3"),
  config("gas_conversion.z_factor", 0.8885, "gas[].zFactor"),
  config("workflows.analytics.schedule", "0 2 * * *", "outlets.influx.schedule, by UTC"),
  config("workflows.analytics.start_year", 2020, "utilities.startYear"),
  config("workflows.tibber_sync.schedule", "5 * * * *", "sources.hours.schedule, by UTC"),
  config("logging.level", "INFO", "log.level"),
  config("logging.format", "json", "log.format"),
  config("logging.file", undefined, "log.file, where its folder is there"),
  config("logging.max_bytes", 10_485_760, "log.maxBytes"),
  config("logging.backup_count", 5, "log.keep"),
  config("meters_config", "config/meters.yaml", "read from there"),
  config("seasonal_patterns_config", "config/seasonal_patterns.yaml", "read from there"),
  meters("meter_id", "the key in meters, and the point"),
  meters("type", "periods makes a master, formula a virtual meter"),
  meters("output_unit", "meters.NAME.unit"),
  meters("description", "meters.NAME.description"),
  meters("installation_date", "meters.NAME.installed"),
  meters("deinstallation_date", "meters.NAME.removed"),
  meters("periods[].start_date", "meters.NAME.periods[].from"),
  meters("periods[].end_date", "meters.NAME.periods[].to; 9999-12-31 is none"),
  meters("periods[].composition_type", "no setting: the sources of a period are added up; of single the first counts"),
  meters("periods[].source_meters", "meters.NAME.periods[].sources"),
  meters("periods[].source_unit", "no setting: each meter says its own unit"),
  meters("periods[].apply_offset_from_previous_period", "no setting: consumption is joined, so nothing has to be shifted"),
  meters("calculation_type", "formula, with minus signs"),
  meters("base_meter", "the first name of meters.NAME.formula"),
  meters("subtract_meters", "the names behind the minus signs of meters.NAME.formula"),
  meters("subtract_meter_conversions.NAME.from_unit", "no setting: each meter says its own unit"),
  meters("subtract_meter_conversions.NAME.to_unit", "no setting: the formula's unit is that of its meter"),
  { file: "seasonal_patterns.yaml", key: "patterns.NAME.monthly_percentages", becomes: "meters.NAME.pattern" },
  { file: "seasonal_patterns.yaml", key: "patterns.NAME.description", becomes: "nothing" },
  { file: "secrets", key: "INFLUX_TOKEN", becomes: "sources.readings.influx.token, outlets.influx.token" },
  { file: "secrets", key: "INFLUX_ORG", becomes: "sources.readings.influx.org, outlets.influx.org" },
  { file: "secrets", key: "TIBBER_API_TOKEN", becomes: "sources.hours.tibber.token; without it, Tibber is off" },
];

/** What counts where a setting of `config.yaml` is left out. Errors: throws for one that has no such value. */
export function usual<T extends string | number>(key: string): T {
  const setting = OLD_UTILITY.find((one) => one.file === "config.yaml" && one.key === key);
  if (setting?.usual === undefined) throw new Error(`There is no usual value of ${key}.`);
  return setting.usual as T;
}
