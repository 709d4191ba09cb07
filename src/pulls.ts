import type { Config, SourceConfig } from "#config/config.ts";
import { placeName } from "#intake/influx/settings.ts";
import { Turns } from "#intake/niagara/pace.ts";
import { PullProblem } from "#intake/pull/pull-problem.ts";
import type { Pulling } from "#intake/pull/pulled.ts";
import type { Job, JobOutcome, JobRunning } from "#jobs/job.ts";
import { influxPlace, influxPull } from "./influx-pulls.ts";
import { niagaraPull } from "./niagara-pulls.ts";
import type { Pull, PullParts } from "./pull-kind.ts";
import { tibberPull } from "./tibber-pulls.ts";

/** Jobs that fetch readings from services: one for each source of the configuration that does not speak by itself. */
export function pullJobs(parts: PullParts): Job[] {
  const pulls = pullsOf(parts.config);
  // Shared by all sources, so that no station is asked twice at a time.
  const turns = new Turns();
  return parts.config.sources.flatMap((source) => {
    const pull = pullOf(source, { ...parts, turns });
    const name = pulls.get(source.name)?.job;
    return pull === undefined || name === undefined ? [] : [{ ...jobOf(source, pull, parts), name }];
  });
}

/** Missing: undefined for a source that speaks by itself. */
function pullOf(source: SourceConfig, parts: PullParts & { readonly turns: Turns }): Pull | undefined {
  const { influx, tibber, niagara } = source;
  if (influx !== undefined) return influxPull(influx, source, parts);
  if (tibber !== undefined) return tibberPull(tibber, source);
  return niagara && niagaraPull(niagara, source, parts);
}

/** Where the readings of each source that is fetched come from, and which job fetches them. */
export function pullsOf({ sources }: Pick<Config, "sources">): ReadonlyMap<string, { readonly from: string; readonly job: string }> {
  const pulls = new Map<string, { from: string; job: string }>();
  const taken = new Set<string>();
  for (const source of sources) {
    const place = fromOf(source);
    if (place === undefined) continue;
    const job = freeName(`${place.kind}-${jobName(source.name)}`, taken);
    taken.add(job);
    pulls.set(source.name, { from: place.from, job });
  }
  return pulls;
}

function fromOf({ influx, tibber, niagara }: SourceConfig): { readonly kind: string; readonly from: string } | undefined {
  if (influx !== undefined) return { kind: "influx", from: placeName(influxPlace(influx.address)) };
  if (tibber !== undefined) return { kind: "tibber", from: tibber.url };
  return niagara && { kind: "niagara", from: niagara.url };
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
