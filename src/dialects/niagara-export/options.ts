import { z } from "zod";
import { isZone, type Zone, zoneNamed } from "#calendar/zone.ts";
import { canonicalName } from "#series/history-name.ts";

const column = z.string().min(1);

export const optionsSchema = z
  .strictObject({
    zone: z
      .string()
      .refine(isZone, "is no time zone; write it like America/Phoenix")
      .optional()
      .describe("Zone of the times; left out, the site's"),
    units: z
      .record(z.string(), z.string().min(1))
      .default({})
      .describe("Units the station uses without saying so: { temperature: °F, airflow: cfm }"),
    station: z.string().min(1).optional().describe("The one station; its name is left out of point ids"),
    columns: z
      .strictObject({
        timestamp: column.default("timestamp"),
        equip: column.default("equip"),
        temp: column.default("zn_t"),
        setpoint: column.default("zn_sp"),
      })
      .default({ timestamp: "timestamp", equip: "equip", temp: "zn_t", setpoint: "zn_sp" })
      .describe("Names of the columns of a plain table"),
  })
  .transform(
    (given): ExportOptions => ({
      zone: given.zone === undefined ? undefined : zoneNamed(given.zone),
      units: given.units,
      station: given.station,
      plainStation: given.station === undefined ? undefined : canonicalName(given.station),
      columns: given.columns,
    }),
  );

/** How exports are read. */
export interface ExportOptions {
  readonly zone: Zone | undefined;
  readonly units: Readonly<Record<string, string>>;
  /** What files that name no station come from. */
  readonly station: string | undefined;
  /** Canonical name of the station that is left out of point ids. */
  readonly plainStation: string | undefined;
  readonly columns: TableColumns;
}

/** Names of the columns of a plain table. */
export interface TableColumns {
  readonly timestamp: string;
  readonly equip: string;
  readonly temp: string;
  readonly setpoint: string;
}
