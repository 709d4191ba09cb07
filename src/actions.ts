import type { Actions, Committed } from "#api/actions.ts";
import type { Config, SourceConfig } from "#config/config.ts";
import type { LiveValue } from "#contract/series.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import type { CommittedBatch, CommittedSample } from "#intake/committed.ts";
import type { Door } from "#intake/door.ts";
import type { IntakeLine } from "#intake/line.ts";
import type { Unclaimed } from "#intake/unclaimed.ts";
import { pullsOf } from "./pulls.ts";

/** Passes on what was committed to whoever listens: the live room. */
export class Announcer {
  readonly #listeners = new Set<(committed: Committed) => void>();
  readonly #newSeries = new Set<() => void>();

  listen(listener: (committed: Committed) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Called when there are series that were not there before, or a past was filled in. */
  onNewSeries(listener: () => void): void {
    this.#newSeries.add(listener);
  }

  announce(batch: CommittedBatch): void {
    if (batch.newSeries.length > 0 || batch.count === 0) for (const listener of this.#newSeries) listener();
    if (this.#listeners.size === 0) return;
    const committed: Committed = {
      values: batch.samples().map(liveValue),
      newSeries: batch.newSeries.map((series) => series.key),
      changed: batch.changed.map(({ series, fromMs, toMs }) => ({ key: series.key, fromMs, toMs })),
    };
    for (const listener of this.#listeners) listener(committed);
  }
}

function liveValue({ series, tMs, value, quality, text, status }: CommittedSample): LiveValue {
  return {
    key: series.key,
    tMs,
    value: Number.isNaN(value) ? null : value,
    quality,
    ...(text === undefined ? {} : { text }),
    ...(status === undefined ? {} : { status }),
  };
}

export interface ActionParts {
  readonly config: Config;
  readonly demo: boolean;
  readonly line: IntakeLine;
  readonly doors: readonly Door[];
  readonly unclaimed: Unclaimed;
  readonly announcer: Announcer;
  readonly redrive: Actions["redrive"];
  readonly importReadings?: Actions["importReadings"];
  readonly importCsv?: Actions["importCsv"];
  readonly keepReading?: Actions["keepReading"];
  readonly outletProblems?: () => readonly string[];
}

/** What the API can do and ask besides reading the store. */
export function actionsOf(parts: ActionParts): Actions {
  const { config, line, doors, unclaimed, announcer, demo } = parts;
  const fetched = pullsOf(config);
  const sources = config.sources.map((source) => {
    const from = fetched.get(source.name);
    return { ...sourceInfo(source, demo), ...(from === undefined ? {} : { fetched: from }) };
  });
  return {
    brokers: () => doors.map((door) => door.status()),
    sourceRates: () => line.rates.bySource(),
    sources: () => sources,
    unclaimed: () => unclaimed.list(),
    redrive: parts.redrive,
    ...(parts.importReadings === undefined ? {} : { importReadings: parts.importReadings }),
    ...(parts.importCsv === undefined ? {} : { importCsv: parts.importCsv }),
    ...(parts.keepReading === undefined ? {} : { keepReading: parts.keepReading }),
    ...(parts.outletProblems === undefined ? {} : { outletProblems: parts.outletProblems }),
    onCommitted: (listener) => announcer.listen(listener),
    messagesPerSecond: () => line.rates.messagesPerSecond(),
  };
}

/** What sources that are fetched are called. */
const FETCHED: Readonly<Record<string, string>> = {
  influx: "InfluxDB",
  tibber: "Tibber",
  niagaraExport: "Niagara history exports",
  obix: "Niagara histories over oBIX",
  niagaraServlet: "Niagara servlet",
  niagaraAnalytics: "Niagara Analytics",
};

function sourceInfo(source: SourceConfig, demo: boolean): ReturnType<Actions["sources"]>[number] {
  return {
    name: source.name,
    site: source.site ?? "",
    dialect: source.dialect,
    dialectTitle: DIALECTS.find((dialect) => dialect.name === source.dialect)?.title ?? FETCHED[source.dialect] ?? source.dialect,
    topics: [...source.topics],
    ...(source.broker === undefined ? {} : { broker: source.broker }),
    demo,
    ...(source.declared === undefined ? {} : { declared: source.declared }),
  };
}
