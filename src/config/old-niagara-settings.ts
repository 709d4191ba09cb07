import { z } from "zod";
import { configSchema } from "./schema.ts";
import { line } from "./values.ts";
import { isMap } from "./written.ts";

/** A setting of Niagara Copilot Edge and what it is here. */
export interface NiagaraSetting {
  /** Key in its `config.yaml`, or the variable. */
  readonly key: string;
  /** What counts where it is left out. */
  readonly usual?: string | number | boolean;
  /** What it is here, in words. */
  readonly becomes: string;
}

const setting = (key: string, usual: NiagaraSetting["usual"], becomes: string): NiagaraSetting => ({
  key,
  ...(usual === undefined ? {} : { usual }),
  becomes,
});

const COLUMNS = "sources.exports.niagaraExport.columns";

/** Every setting of the old system, in the order of its file. */
export const OLD_NIAGARA: readonly NiagaraSetting[] = [
  setting("site_name", undefined, "sites.building.name"),
  setting("data_source.type", undefined, "which of the sources below there is"),
  setting("data_source.niagara_csv_export.host", undefined, "sources.exports.niagaraExport.url"),
  setting("data_source.niagara_csv_export.ord_path", undefined, "sources.exports.niagaraExport.url, with the station's name"),
  setting("data_source.niagara_csv_export.username", undefined, "sources.exports.niagaraExport.username"),
  setting("data_source.niagara_csv_export.password_env", "NIAGARA_PASSWORD", "sources.exports.niagaraExport.password, from that variable"),
  setting("data_source.niagara_csv_export.insecure_tls", false, "sources.exports.niagaraExport.tls.pinFirst"),
  setting("data_source.mqtt_json_stream.host", undefined, "brokers.stream.url"),
  setting("data_source.mqtt_json_stream.port", 8883, "brokers.stream.url"),
  setting("data_source.mqtt_json_stream.topic", "niagara/histories", "sources.stream.topics"),
  setting("data_source.mqtt_json_stream.username", undefined, "brokers.stream.username"),
  setting("data_source.mqtt_json_stream.password_env", undefined, "brokers.stream.password, from that variable"),
  setting("data_source.mqtt_json_stream.tls", true, "mqtts in brokers.stream.url"),
  setting("data_source.mqtt_json_stream.client_id", undefined, "brokers.stream.clientId"),
  setting("data_source.mqtt_json_stream.keepalive", 60, "brokers.stream.keepaliveSeconds"),
  setting("data_source.mqtt_json_stream.retention_hours", 24, "no setting: what was remembered for so long is kept with everything else"),
  setting("comfort.occupied_start", undefined, "buildings.building.occupied.from"),
  setting("comfort.occupied_end", undefined, "buildings.building.occupied.to"),
  setting("comfort.setpoint_column", undefined, COLUMNS),
  setting("comfort.temp_column", undefined, COLUMNS),
  setting("comfort.timestamp_column", undefined, COLUMNS),
  setting("comfort.equip_column", undefined, COLUMNS),
  setting("comfort.comfort_band_degF", undefined, "buildings.building.comfortBand"),
  setting("mqtt.host", undefined, "brokers.station.url"),
  setting("mqtt.port", 1883, "brokers.station.url"),
  setting("mqtt.history_topic", "niagara/histories", "sources.histories.topics"),
  setting("mqtt.equipment_topic", undefined, "no setting: nothing was done with it; equipment is told by the frames and by names"),
  setting(
    "db_path",
    "data/history.sqlite",
    "no setting: its rows are taken over once, with wattkeep import old niagara FILE; ours are in data",
  ),
  setting("db_retention_hours", 720, "buildings.building.retentionHours"),
  setting("MQTT_HOST", undefined, "brokers.station.url; it wins over the file, MQTT_BROKER_HOST too"),
  setting("MQTT_PORT", undefined, "brokers.station.url; it wins over the file, MQTT_BROKER_PORT too"),
  setting("MQTT_TOPIC", undefined, "sources.histories.topics; it wins over the file"),
];

/** What counts where a setting is left out. Errors: throws for one that has no such value. */
export function usualOfNiagara<T extends string | number | boolean>(key: string): T {
  const usual = OLD_NIAGARA.find((one) => one.key === key)?.usual;
  if (usual === undefined) throw new Error(`There is no usual value of ${key}.`);
  return usual as T;
}

const host = line.regex(/^(?:[\w.-]+|\[[\da-f:]+\])(?::\d{1,5})?$/i, "expected a name or an address, without https:// in front");
const port = z.int().min(1).max(65_535);
/** The old program took `7:00` and `07:00`, with seconds or without. */
const clock = z.string().regex(/^(?:[01]?\d|2[0-3]):[0-5]\d(?::00)?$/, 'expected a time of day like "07:00"');
const variable = z.string().regex(/^[A-Za-z_]\w{0,99}$/, "expected the name of a variable, such as NIAGARA_PASSWORD");

/** What `config.yaml` of Niagara Copilot Edge may say. */
export const oldNiagaraSchema = z.strictObject({
  site_name: line,
  data_source: z
    .strictObject({
      type: z.enum(["niagara_csv_export", "mqtt_json_stream", "haystack"]),
      niagara_csv_export: z
        .strictObject({
          host,
          ord_path: line,
          username: line,
          password_env: variable.optional(),
          insecure_tls: z.boolean().optional(),
        })
        .nullish(),
      mqtt_json_stream: z
        .strictObject({
          host,
          port: port.optional(),
          topic: line.optional(),
          username: line.nullish(),
          password_env: variable.nullish(),
          tls: z.boolean().optional(),
          client_id: line.nullish(),
          keepalive: z.int().min(1).max(65_535).optional(),
          retention_hours: z.number().optional(),
        })
        .nullish(),
      haystack: z.record(z.string(), z.unknown()).nullish(),
    })
    .optional(),
  comfort: z
    .strictObject({
      occupied_start: clock,
      occupied_end: clock,
      setpoint_column: line,
      temp_column: line,
      timestamp_column: line,
      equip_column: line,
      comfort_band_degF: z.number().positive().max(20),
    })
    .optional(),
  mqtt: z.strictObject({ host, port: port.optional(), history_topic: line.optional(), equipment_topic: line.optional() }).optional(),
  db_path: line.optional(),
  db_retention_hours: z.number().optional(),
});
export type OldNiagara = z.infer<typeof oldNiagaraSchema>;

/** Whether a configuration is one of Niagara Copilot Edge: keys of its own, and none of ours. */
export function isNiagaraConfig(content: unknown): boolean {
  if (!isMap(content) || content["site_name"] === undefined) return false;
  // `mqtt` is a key of both: a map there, a word here.
  const ours = Object.keys(content).filter((key) => key in configSchema.shape && !(key === "mqtt" && isMap(content[key])));
  return ours.length === 0 && ["data_source", "comfort", "mqtt"].some((key) => content[key] !== undefined);
}
