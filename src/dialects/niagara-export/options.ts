import { z } from "zod";
import type { Zone } from "#calendar/zone.ts";
import { niagaraOptions, niagaraSettings } from "#dialects/niagara-options.ts";

const column = z.string().min(1);

export const optionsSchema = z
  .strictObject({
    ...niagaraSettings("Zone of the times; left out, the site's"),
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
      ...niagaraOptions(given),
      station: given.station,
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
