import type { Config } from "#config/config.ts";
import { influxOutletSettings } from "#influx-outlet.ts";
import { openTarget } from "#outlets/influx/open-target.ts";
import type { InfluxServer } from "#outlets/influx/settings.ts";
import { InfluxTrouble } from "#outlets/influx/trouble.ts";

interface Finding {
  readonly what: string;
  readonly problem?: string;
}

/** Whether the InfluxDB that results are written to answers; a bucket of results that is not there yet is made by the first run. */
export async function checkInfluxOutlet(config: Config): Promise<Finding[]> {
  const settings = influxOutletSettings(config);
  if (settings === undefined) return [];
  const results = await look(settings.server, { lacking: undefined });
  if (settings.raw === undefined) return [results];
  return [results, await look(settings.raw, { lacking: "it is not there, and a bucket of raw readings is not made by us" })];
}

async function look(server: InfluxServer, { lacking }: { readonly lacking: string | undefined }): Promise<Finding> {
  const target = openTarget(server, AbortSignal.timeout(server.timeoutMs));
  try {
    if (await target.exists()) return { what: target.name };
    return lacking === undefined ? { what: `${target.name}, which the first run makes` } : { what: target.name, problem: lacking };
  } catch (error) {
    if (!(error instanceof InfluxTrouble)) throw error;
    return { what: target.name, problem: error.message };
  }
}
