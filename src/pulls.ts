import type { Config, SourceConfig } from "#config/config.ts";
import type { InfluxAddress, InfluxSourceConfig } from "#config/influx.ts";
import type { TibberSourceConfig } from "#config/tibber.ts";
import { openInfluxOne } from "#intake/influx/influx-one.ts";
import type { InfluxReader } from "#intake/influx/influx-reader.ts";
import { openInfluxTwo } from "#intake/influx/influx-two.ts";
import { pullInflux } from "#intake/influx/pull-influx.ts";
import { type InfluxPlace, placeName } from "#intake/influx/settings.ts";
import type { IntakeLine } from "#intake/line.ts";
import { PullProblem } from "#intake/pull/pull-problem.ts";
import type { PullHouse, Pulling, PullOutcome } from "#intake/pull/pulled.ts";
import type { Source } from "#intake/source.ts";
import type { TibberAccount } from "#intake/tibber/client.ts";
import { pullTibber } from "#intake/tibber/pull-tibber.ts";
import type { Job, JobOutcome, JobRunning } from "#jobs/job.ts";
import type { Store } from "#store/store.ts";

/** Before the second try; the third waits twice as long. */
const INFLUX_WAIT_MS = 10_000;
const TIBBER_WAIT_MS = 60_000;

interface PullParts {
  readonly config: Pick<Config, "sites" | "sources" | "meters">;
  readonly store: Store;
  readonly line: Pick<IntakeLine, "within" | "rates">;
  readonly nowMs: () => number;
}

/** Jobs that fetch readings from services: one for each source of the configuration that does not speak by itself. */
export function pullJobs(parts: PullParts): Job[] {
  const pulls = pullsOf(parts.config);
  return parts.config.sources.flatMap((source) => {
    const { influx, tibber } = source;
    const pull = influx !== undefined ? influxPull(influx, source, parts) : tibber !== undefined ? tibberPull(tibber, source) : undefined;
    const name = pulls.get(source.name)?.job;
    return pull === undefined || name === undefined ? [] : [{ ...jobOf(source, pull, parts), name }];
  });
}

/** Where the readings of each source that is fetched come from, and which job fetches them. */
export function pullsOf({ sources }: Pick<Config, "sources">): ReadonlyMap<string, { readonly from: string; readonly job: string }> {
  const pulls = new Map<string, { from: string; job: string }>();
  const taken = new Set<string>();
  for (const { name, influx, tibber } of sources) {
    const from = influx === undefined ? tibber?.url : placeName(influxPlace(influx.address));
    if (from === undefined) continue;
    const job = freeName(`${influx === undefined ? "tibber" : "influx"}-${jobName(name)}`, taken);
    taken.add(job);
    pulls.set(name, { from, job });
  }
  return pulls;
}

interface Pull {
  readonly title: string;
  readonly when: Pick<InfluxSourceConfig, "schedule" | "scheduleZone" | "tries">;
  readonly waitMs: number;
  run(pulling: Pulling, house: PullHouse): Promise<PullOutcome>;
}

function influxPull(influx: InfluxSourceConfig, source: SourceConfig, { config }: PullParts): Pull {
  const { address, domain, timeoutMs } = influx;
  const settings = { place: influxPlace(address), domain, timeoutMs };
  return {
    title: `Take readings of ${source.title} from InfluxDB`,
    when: influx,
    waitMs: INFLUX_WAIT_MS,
    run(pulling, house) {
      const reader = openInflux(settings);
      return pullInflux({ source: sourceOf(source), settings, reader, mediumOf: mediumOf(config, source) }, pulling, house);
    },
  };
}

function tibberPull(tibber: TibberSourceConfig, source: SourceConfig): Pull {
  const { point, lookbackHours, maxLookbackHours, homes } = tibber;
  const about = {
    source: { ...sourceOf(source), points: homes },
    account: tibberAccount(tibber),
    ...(point === undefined ? {} : { point }),
    lookbackHours,
    maxLookbackHours,
  };
  return {
    title: `Take hours and prices ${source.title === "Tibber" ? "" : `of ${source.title} `}from Tibber`,
    when: tibber,
    waitMs: TIBBER_WAIT_MS,
    run: (pulling, house) => pullTibber(about, pulling, house),
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

/** What the configuration says of an account, as it is asked. */
export function tibberAccount({ url, token, timeoutMs, prices }: TibberSourceConfig): TibberAccount {
  return { url, token: token.reveal(), timeoutMs, prices };
}

function sourceOf({ name, site, points }: SourceConfig): Source {
  return { name, ...(site === undefined ? {} : { site }), topics: [], dialect: "", options: undefined, points, keepRawMs: 0 };
}

/** What the file says flows through the meter at a point. */
function mediumOf({ sites, meters }: PullParts["config"], source: SourceConfig): (point: string) => string | undefined {
  const only = sites.length === 1 ? sites[0]?.id : undefined;
  const here = meters.filter(({ site }) => (site ?? only) === (source.site ?? only));
  return (point) => here.find(({ meter, what }) => what.kind === "physical" && (what.point ?? meter) === point)?.medium;
}

function jobOf(source: SourceConfig, pull: Pull, { config, store, line, nowMs }: PullParts): Omit<Job, "name"> {
  const { schedule, scheduleZone, tries } = pull.when;
  const zone = scheduleZone ?? (config.sites.find(({ id }) => id === source.site) ?? config.sites[0])?.zone ?? "UTC";
  return {
    title: pull.title,
    schedule,
    zone,
    retry: { tries, waitMs: pull.waitMs },
    async run(running) {
      try {
        const outcome = await pull.run(pullingOf(running), { store, line, nowMs });
        line.rates.count({ source: source.name, receivedMs: nowMs(), qos: 1 });
        // What could not be taken now could not be taken in a minute either.
        return { ...outcome, ...(outcome.failed === true ? { retry: false as const } : {}) };
      } catch (error) {
        return failureOf(error, running);
      }
    },
  };
}

function pullingOf({ why, signal, progress, note }: JobRunning): Pulling {
  // Who asks wants to see what changed, however long ago.
  return { signal, thorough: why === "asked", note, progress: (done, total, what) => void progress(done, total, what) };
}

/** Errors: what is no matter of the service is thrown on. */
function failureOf(error: unknown, { signal }: JobRunning): JobOutcome {
  if (signal.aborted) return { sentence: "Ended before all was taken; the next run goes on.", failed: true, retry: false };
  if (!(error instanceof PullProblem)) throw error;
  return {
    sentence: error.message,
    failed: true,
    ...(error.again ? { retryAfterMs: error.waitMs } : { retry: false as const }),
  };
}

function jobName(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "") || "source"
  );
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let n = 2; taken.has(free); n += 1) free = `${name}-${n}`;
  return free;
}
