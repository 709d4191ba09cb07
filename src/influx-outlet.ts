import type { Config } from "#config/config.ts";
import type { Job } from "#jobs/job.ts";
import { type OutletParts, type PassReport, passOut } from "#outlets/influx/outlet.ts";
import { bucketOf, type InfluxOutletSettings, type InfluxServer } from "#outlets/influx/settings.ts";
import { InfluxTrouble } from "#outlets/influx/trouble.ts";
import { influxPlace } from "./influx-pulls.ts";

/** A try writes years of results where the server is new to them. */
const TIMEOUT_MS = 30 * 60_000;
const WAIT_MS = 60_000;

/** What is written, and where to. Missing: undefined where the configuration names no InfluxDB. */
export function influxOutletSettings({ outlets }: Config): InfluxOutletSettings | undefined {
  const { influx } = outlets;
  if (influx === undefined) return undefined;
  const server: InfluxServer = { ...influxPlace(influx.address), timeoutMs: influx.timeoutMs };
  const raw = influx.rawBucket === undefined ? {} : { raw: withBucket(server, influx.rawBucket) };
  return { server, shape: influx.shape, ...raw };
}

const withBucket = (server: InfluxServer, name: string): InfluxServer =>
  "bucket" in server ? { ...server, bucket: name } : { ...server, database: name };

/** The job that writes what meters used to InfluxDB; none where the configuration names no InfluxDB. */
export function influxOutletJobs(config: Config, parts: Omit<OutletParts, "settings" | "suppliers">): Job[] {
  const settings = influxOutletSettings(config);
  const { influx } = config.outlets;
  if (settings === undefined || influx === undefined) return [];
  const suppliers = config.sources.filter(({ tibber }) => tibber !== undefined).map(({ name }) => name);
  const meters = () => parts.meters().filter((reports) => influx.site === undefined || reports.settings.site === influx.site);
  const zone = influx.scheduleZone ?? config.sites.find(({ id }) => id === influx.site)?.zone ?? config.sites[0]?.zone ?? "UTC";
  return [
    {
      name: "influx-outlet",
      title: `Write what meters used into ${bucketOf(settings.server)}`,
      schedule: influx.schedule,
      zone,
      timeoutMs: TIMEOUT_MS,
      retry: { tries: influx.tries, waitMs: WAIT_MS },
      async run(running) {
        try {
          const report = await passOut({ ...parts, settings, meters, suppliers }, running);
          return { sentence: sentenceOf(report), counts: { ...report } };
        } catch (error) {
          if (!(error instanceof InfluxTrouble)) throw error;
          return { sentence: error.message, failed: true, ...(error.later ? {} : { retry: false }) };
        }
      },
    },
  ];
}

function sentenceOf({ meters, written, removed, same, anomalies }: PassReport): string {
  const said = [
    `${counted(meters, "meter")}: ${counted(written, "point")} written`,
    `${removed.toLocaleString("en")} taken out`,
    `${same.toLocaleString("en")} as they were`,
  ];
  return `${said.join(", ")}; ${counted(anomalies, "anomaly", "anomalies")}.`;
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
