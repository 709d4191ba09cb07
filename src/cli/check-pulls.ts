import type { Config, SourceConfig } from "#config/config.ts";
import type { InfluxSourceConfig } from "#config/influx.ts";
import type { NiagaraSourceConfig } from "#config/niagara.ts";
import type { TibberSourceConfig } from "#config/tibber.ts";
import { influxPlace, openInflux } from "#influx-pulls.ts";
import { placeName } from "#intake/influx/settings.ts";
import { passingSettings, type Settings } from "#intake/niagara/access.ts";
import { findAtStation } from "#intake/niagara/find.ts";
import { Turns } from "#intake/niagara/pace.ts";
import { tibberHomes } from "#intake/tibber/client.ts";
import { stationAccess } from "#niagara-pulls.ts";
import { tibberAccount } from "#tibber-pulls.ts";

interface Finding {
  readonly what: string;
  readonly problem?: string;
}

/** Asks every service that readings are fetched from whether it is there, lets us in and has what is wanted. */
export function checkPulls({ sources }: Pick<Config, "sources">): Promise<Finding[]> {
  const shared = { turns: new Turns(), settings: passingSettings() };
  const asked = sources.flatMap((source) => {
    const { influx, tibber, niagara } = source;
    if (influx !== undefined) return [checkInflux(source, influx)];
    if (niagara !== undefined) return [checkNiagara(source, niagara, shared)];
    return tibber === undefined ? [] : [checkTibber(source, tibber)];
  });
  return Promise.all(asked);
}

async function checkInflux({ name }: SourceConfig, { address, domain, timeoutMs }: InfluxSourceConfig): Promise<Finding> {
  const place = influxPlace(address);
  const reader = openInflux({ place, domain, timeoutMs });
  const what = `${name}: ${placeName(place)}`;
  try {
    const found = await reader.discover(new AbortController().signal);
    return { what: `${what}, ${found.length} series of ${domain}` };
  } catch (error) {
    return { what, problem: messageOf(error) };
  }
}

/** What is seen is not remembered; within one check a password is tried twice at most, whatever number of sources has it. */
async function checkNiagara(
  { name }: SourceConfig,
  niagara: NiagaraSourceConfig,
  shared: { turns: Turns; settings: Settings },
): Promise<Finding> {
  const what = `${name}: ${niagara.url}`;
  const notes: string[] = [];
  const parts = {
    ...{ ...shared, asked: false, nowMs: Date.now },
    ...{ signal: new AbortController().signal, note: (text: string) => void notes.push(text) },
  };
  try {
    const found = await findAtStation({ ...niagara, access: stationAccess(niagara) }, parts);
    return { what: [`${what}, ${found}`, ...notes].join(". ") };
  } catch (error) {
    return { what, problem: messageOf(error) };
  }
}

async function checkTibber({ name }: SourceConfig, tibber: TibberSourceConfig): Promise<Finding> {
  const what = `${name}: Tibber`;
  try {
    const homes = await tibberHomes(tibberAccount(tibber), new AbortController().signal);
    const missing = [...tibber.homes.keys()].find((id) => !homes.some((home) => home.id === id));
    if (missing !== undefined)
      return { what, problem: `the account has no home ${missing}; it has ${homes.map(({ id }) => id).join(", ") || "none"}` };
    return { what: `${what}, ${homes.map((home) => `home ${home.id} ${home.name}`.trim()).join(", ") || "no home"}` };
  } catch (error) {
    return { what, problem: messageOf(error) };
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
