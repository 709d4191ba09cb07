import type { Config } from "#config/config.ts";
import type { Logger } from "#intake/source.ts";
import type { Job, JobOutcome, JobRunning } from "#jobs/job.ts";
import type { Registry, Series } from "#sites/registry.ts";
import type { ImportRecord } from "#store/records.ts";
import type { ExpireCounts, Range, Store } from "#store/store.ts";
import { quantityOf } from "#units/quantity.ts";

/** What a person lets go: histories of a site, or of one source, that are older than this. */
export interface RetentionChoice {
  readonly site?: string;
  readonly source?: string;
  readonly retentionMs: number;
}

export interface RetentionParts {
  readonly config: Pick<Config, "buildings" | "sites">;
  readonly store: Pick<Store, "registry" | "imports" | "expireSamples">;
  readonly nowMs: () => number;
  readonly logger: Logger;
}

export const RETENTION_JOB = "building-retention";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** With a retention this long a day more or less is nothing, and blocks are written anew once a day. */
const COARSE_MS = 7 * DAY_MS;
const PAGE = 1_000;

/** The job that lets old histories go, where a person chose that; none, and so nothing goes, where nobody did. Says so once. */
export function retentionJobs(parts: RetentionParts): Job[] {
  const { config, logger } = parts;
  const choices = choicesOf(config);
  if (choices.length === 0) return [];
  for (const { site, retentionMs } of choices)
    logger.info(
      { site },
      `Histories of ${site} are kept for ${lasting(retentionMs)}, as the configuration says; older ones go. 0 keeps all.`,
    );
  const zone = config.sites[0]?.zone ?? "UTC";
  const run = (running: JobRunning): Promise<JobOutcome> => expireHistories(choices, parts, running.signal);
  return [{ name: RETENTION_JOB, title: "Let old building histories go", schedule: "35 * * * *", zone, catchUp: false, run }];
}

/** What the configuration chooses; 0 hours mean for good. */
export function choicesOf({ buildings }: Pick<Config, "buildings">): RetentionChoice[] {
  return buildings.flatMap(({ site, retentionHours = 0 }) => (retentionHours > 0 ? [{ site, retentionMs: retentionHours * HOUR_MS }] : []));
}

/** Lets go what is older than was chosen. What an import brought stays as long from the import's end on. Errors: those of the store. */
export async function expireHistories(
  choices: readonly RetentionChoice[],
  { store, nowMs }: Pick<RetentionParts, "store" | "nowMs">,
  signal: AbortSignal,
): Promise<JobOutcome> {
  const total = { series: 0, samples: 0 };
  for (const [source, retentionMs, seriesIds] of chosen(choices, await store.registry())) {
    if (signal.aborted) break;
    const spare = sparedBy(await importsOf(store, source), nowMs() - retentionMs);
    const gone = await store.expireSamples(seriesIds, edgeOf(nowMs(), retentionMs), { spare });
    total.series += gone.series;
    total.samples += gone.samples;
  }
  return { sentence: sentenceOf(total), counts: total };
}

/** Series by source and retention; the longer one where several choices fit. */
function chosen(choices: readonly RetentionChoice[], { series }: Registry): [source: string, retentionMs: number, seriesIds: number[]][] {
  const groups = new Map<string, [string, number, number[]]>();
  for (const one of series.filter(isExpirable)) {
    const fits = choices.filter(({ site, source }) => (site ?? one.site) === one.site && (source ?? one.source) === one.source);
    if (fits.length === 0) continue;
    const retentionMs = Math.max(...fits.map((choice) => choice.retentionMs));
    const key = `${one.source}\n${retentionMs}`;
    const group = groups.get(key) ?? [one.source, retentionMs, []];
    group[2].push(one.id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/**
 * Whether samples of a series may ever go by age: measured values and states of rooms and equipment. Never what a bill, a register or a
 * balance is made of: counters, pulses, intervals, prices, and powers of whatever kind.
 */
export function isExpirable({ kind, quantity }: Pick<Series, "kind" | "quantity">): boolean {
  if (kind !== "gauge" && kind !== "state") return false;
  return quantity === "value" || quantityOf(quantity).medium === "climate";
}

/** Whole days, or hours where little is kept, so that a block is not written anew for every sample. */
function edgeOf(nowMs: number, retentionMs: number): number {
  const stepMs = retentionMs >= COARSE_MS ? DAY_MS : HOUR_MS;
  return Math.floor((nowMs - retentionMs) / stepMs) * stepMs;
}

/** The time that imports brought lately; all of it where one has not said what it brings. */
export function sparedBy(imports: readonly ImportRecord[], sinceMs: number): Range[] {
  return imports
    .filter(({ endedMs, startedMs }) => (endedMs ?? startedMs) > sinceMs)
    .map(({ fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY }) => ({ fromMs, toMs: toMs + 1 }));
}

async function importsOf(store: Pick<Store, "imports">, source: string): Promise<ImportRecord[]> {
  const all: ImportRecord[] = [];
  for (;;) {
    const beforeId = all.at(-1)?.id;
    const page = await store.imports({ source, limit: PAGE, withoutReports: true, ...(beforeId === undefined ? {} : { beforeId }) });
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}

function sentenceOf({ series, samples }: ExpireCounts): string {
  if (samples === 0) return "Nothing is older than what is kept.";
  return `${samples.toLocaleString("en")} samples of ${series.toLocaleString("en")} series were older than what is kept, and are gone.`;
}

function lasting(ms: number): string {
  const hours = ms / HOUR_MS;
  return hours % 24 === 0 ? `${hours / 24} days` : `${hours} hours`;
}
