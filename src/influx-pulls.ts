import type { SourceConfig } from "#config/config.ts";
import type { InfluxAddress, InfluxSourceConfig } from "#config/influx.ts";
import { openInfluxOne } from "#intake/influx/influx-one.ts";
import type { InfluxReader } from "#intake/influx/influx-reader.ts";
import { openInfluxTwo } from "#intake/influx/influx-two.ts";
import { pullInflux } from "#intake/influx/pull-influx.ts";
import type { InfluxPlace } from "#intake/influx/settings.ts";
import { type Pull, type PullParts, pulledSource } from "./pull-kind.ts";

const WAIT_MS = 10_000;

export function influxPull(influx: InfluxSourceConfig, source: SourceConfig, { config }: Pick<PullParts, "config">): Pull {
  const { address, domain, timeoutMs } = influx;
  const settings = { place: influxPlace(address), domain, timeoutMs };
  return {
    title: `Take readings of ${source.title} from InfluxDB`,
    when: influx,
    waitMs: WAIT_MS,
    run(pulling, house) {
      const reader = openInflux(settings);
      return pullInflux({ source: pulledSource(source), settings, reader, mediumOf: mediumOf(config, source) }, pulling, house);
    },
  };
}

/** What the configuration says of a place in InfluxDB, as it is asked. */
export function influxPlace(address: InfluxAddress): InfluxPlace {
  if (address.version === 2) return { ...address, token: address.token.reveal() };
  const { password, ...place } = address;
  return { ...place, ...(password === undefined ? {} : { password: password.reveal() }) };
}

/** The reader of a place, by its version. */
export function openInflux(settings: { place: InfluxPlace; domain: string; timeoutMs: number }): InfluxReader {
  const { place } = settings;
  return place.version === 2 ? openInfluxTwo({ ...settings, place }) : openInfluxOne({ ...settings, place });
}

/** What the file says flows through the meter at a point. */
function mediumOf({ sites, meters }: PullParts["config"], source: SourceConfig): (point: string) => string | undefined {
  const only = sites.length === 1 ? sites[0]?.id : undefined;
  const here = meters.filter(({ site }) => (site ?? only) === (source.site ?? only));
  return (point) => here.find(({ meter, what }) => what.kind === "physical" && (what.point ?? meter) === point)?.medium;
}
