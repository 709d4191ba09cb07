import type { Config } from "#config/config.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import type { Source } from "#intake/source.ts";

/** The configured sources that speak by themselves, as intake needs them. */
export function intakeSources(config: Config, demo: boolean): Source[] {
  const speaking = config.sources.filter(
    ({ influx, tibber, niagara }) => influx === undefined && tibber === undefined && niagara === undefined,
  );
  return speaking.map(({ name, site, broker, topics, dialect, options, points, keepRawMs }) => ({
    name,
    ...(site === undefined ? {} : { site }),
    ...(broker === undefined ? {} : { broker }),
    topics,
    dialect,
    options,
    points,
    keepRawMs,
    ...(demo ? { demo } : {}),
  }));
}

/** Largest body of what a source says: what its dialect declares, else the house's own limit. */
export function maxBytesOf(sources: readonly Source[]): ReadonlyMap<string, number> {
  const byDialect = new Map(
    DIALECTS.flatMap((dialect) => (dialect.maxBytes === undefined ? [] : [[dialect.name, dialect.maxBytes] as const])),
  );
  return new Map(
    sources.flatMap((source) => {
      const most = byDialect.get(source.dialect);
      return most === undefined ? [] : [[source.name, most] as const];
    }),
  );
}
