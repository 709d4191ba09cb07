import { z } from "zod";
import { isZone, zoneNamed } from "#calendar/zone.ts";
import { canonicalName } from "#series/history-name.ts";

/** Settings that every way of reading a Niagara station has; each dialect says what its times mean without a zone. */
export const niagaraSettings = (zone: string) => ({
  zone: z.string().refine(isZone, "is no time zone; write it like America/Phoenix").optional().describe(zone),
  units: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe("Units the station uses without saying so: { temperature: °F, airflow: cfm }"),
  station: z.string().min(1).optional().describe("The one station; its name is left out of point ids"),
});

interface Given {
  readonly zone?: string | undefined;
  readonly units: Readonly<Record<string, string>>;
  readonly station?: string | undefined;
}

/** The same as decoders take them. `plainStation` is the canonical name of the station that is left out of point ids. */
export function niagaraOptions({ zone, units, station }: Given) {
  return {
    zone: zone === undefined ? undefined : zoneNamed(zone),
    units,
    plainStation: station === undefined ? undefined : canonicalName(station),
  };
}

export const niagaraOptionsSchema = (zone: string) => z.strictObject(niagaraSettings(zone)).transform(niagaraOptions);
