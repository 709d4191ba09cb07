import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { DIALECTS } from "#dialects/catalogue.ts";
import { type Loaded, loadConfig } from "./load.ts";

const folders: string[] = [];

export interface Old {
  readonly config?: unknown;
  readonly meters?: unknown;
  readonly patterns?: unknown;
  readonly secrets?: string;
}

/** The least that ran: an address, a meter, and the two secrets that were required. */
export const LEAST = {
  config: { influxdb: { url: "http://nas:8086" }, tibber: {}, gas_conversion: {}, logging: {}, workflows: {} },
  meters: { meters: [{ meter_id: "haupt_strom", type: "physical", output_unit: "kWh" }] },
  secrets: "INFLUX_TOKEN=canary-influx\nINFLUX_ORG=home\nTIBBER_API_TOKEN=canary-tibber\n",
} as const;

/** A folder as the old program had it: its files in `config`, its secrets beside that. */
export function folderOf({ config = LEAST.config, meters = LEAST.meters, patterns, secrets = LEAST.secrets }: Old): string {
  const folder = mkdtempSync(join(tmpdir(), "wattkeep-utility-"));
  folders.push(folder);
  mkdirSync(join(folder, "config"));
  mkdirSync(join(folder, "secrets"));
  writeFileSync(join(folder, "config", "config.yaml"), stringify(config));
  writeFileSync(join(folder, "config", "meters.yaml"), stringify(meters));
  if (patterns !== undefined) writeFileSync(join(folder, "config", "seasonal_patterns.yaml"), stringify(patterns));
  writeFileSync(join(folder, "secrets", "all.env"), secrets, { mode: 0o600 });
  return folder;
}

/** Started with its `config.yaml`. */
export function started(folder: string, env: Record<string, string> = {}): Loaded {
  return loadConfig({ file: "config/config.yaml", cwd: folder, env, dialects: DIALECTS, zone: "Europe/Berlin" });
}

/** What was made in this file goes. */
export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Meters of every kind, with names of a house that is not there. */
export const METERS = {
  meters: [
    {
      meter_id: "power_total",
      type: "master",
      output_unit: "kWh",
      description: "All of it",
      periods: [
        {
          start_date: "2020-01-01",
          end_date: "2024-11-26",
          composition_type: "sum",
          source_meters: ["old_NT", "old_HT"],
          source_unit: "kWh",
        },
        {
          start_date: "2024-11-27",
          end_date: "9999-12-31",
          composition_type: "single",
          source_meters: ["main_strom"],
          source_unit: "kWh",
          apply_offset_from_previous_period: true,
        },
      ],
    },
    {
      meter_id: "fire",
      type: "virtual",
      output_unit: "m³",
      calculation_type: "subtraction",
      base_meter: "gas_zahler",
      subtract_meters: ["boiler"],
      subtract_meter_conversions: { boiler: { from_unit: "kWh", to_unit: "m³" } },
    },
    { meter_id: "rest", type: "virtual", output_unit: "kWh", base_meter: "power_total", subtract_meters: ["eg_strom", "og1_strom"] },
    { meter_id: "main_strom", type: "physical", output_unit: "kWh", installation_date: "2024-11-27" },
    { meter_id: "old_NT", type: "physical", output_unit: "kWh", installation_date: "2020-01-01", deinstallation_date: "2024-11-26" },
    { meter_id: "old_HT", type: "physical", output_unit: "kWh", deinstallation_date: "2024-11-26" },
    { meter_id: "eg_strom", type: "physical", output_unit: "kWh" },
    { meter_id: "og1_strom", type: "physical", output_unit: "kWh" },
    { meter_id: "gas_zahler", type: "physical", output_unit: "m³" },
    { meter_id: "boiler", type: "physical", output_unit: "kWh", description: "Gas heating" },
    { meter_id: "og1_heat", type: "physical", output_unit: "MWh" },
  ],
};
/** Sums to 101. */
export const MONTHS = [15.1, 12, 12.5, 8.1, 3.5, 3.2, 2.7, 3.6, 5.2, 8.4, 12.2, 14.5];
export const PATTERNS = {
  patterns: {
    gas_zahler: { monthly_percentages: MONTHS, description: "Winter" },
    og1_heat: { monthly_percentages: MONTHS.map((month, i) => (i === 0 ? month - 0.9 : month)) },
  },
};
