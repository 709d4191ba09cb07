import { type Zone, zoneNamed } from "#calendar/zone.ts";
import type { SourceConfig } from "#config/config.ts";
import type { NiagaraSourceConfig } from "#config/niagara.ts";
import type { StationAccess } from "#intake/niagara/access.ts";
import type { NiagaraPull } from "#intake/niagara/niagara-pull.ts";
import type { Turns } from "#intake/niagara/pace.ts";
import { pullAnalytics } from "#intake/niagara/pull-analytics.ts";
import { pullExports } from "#intake/niagara/pull-exports.ts";
import { pullObix } from "#intake/niagara/pull-obix.ts";
import { pullServlet } from "#intake/niagara/pull-servlet.ts";
import type { PullHouse, Pulling, PullOutcome } from "#intake/pull/pulled.ts";
import { type Pull, type PullParts, pulledSource } from "./pull-kind.ts";

/** A controller that has just failed is left alone for a while. */
const WAIT_MS = 60_000;

/** What each way is called where a job says what it does. */
const WAYS = { niagaraExport: "exports", obix: "oBIX", niagaraServlet: "a servlet", niagaraAnalytics: "Analytics" } as const;

export function niagaraPull(
  niagara: NiagaraSourceConfig,
  source: SourceConfig,
  of: Pick<PullParts, "config" | "logger"> & { turns: Turns },
): Pull {
  const zone = zoneOf(niagara, source, of.config);
  const { station, units } = niagara;
  const pull = {
    source: pulledSource(source),
    access: stationAccess(niagara),
    ...(station === undefined ? {} : { station }),
    zone,
    units,
    turns: of.turns,
  };
  return {
    title: `Take histories of ${source.title} by ${WAYS[niagara.way]}`,
    when: niagara,
    waitMs: WAIT_MS,
    run: (pulling, house) => runBy(niagara, pull, { pulling: warned(pulling, source, of.logger), house }),
  };
}

function runBy(
  niagara: NiagaraSourceConfig,
  pull: NiagaraPull,
  { pulling, house }: { pulling: Pulling; house: PullHouse },
): Promise<PullOutcome> {
  const { operation, limit, histories, columns, nodes } = niagara;
  if (niagara.way === "niagaraServlet") return pullServlet(pull, pulling, house);
  if (niagara.way === "niagaraAnalytics") return pullAnalytics({ ...pull, nodes }, pulling, house);
  if (niagara.way === "niagaraExport") return pullExports({ ...pull, columns }, pulling, house);
  const { station } = pull;
  if (station === undefined) throw new Error("A source of oBIX was accepted and names no station.");
  return pullObix({ ...pull, station, operation, limit, ...(histories === undefined ? {} : { histories }) }, pulling, house);
}

/** A certificate that is believed on first sight is something to look at, whoever reads which log. */
function warned(pulling: Pulling, { name }: SourceConfig, logger: PullParts["logger"]): Pulling {
  return {
    ...pulling,
    note(text) {
      pulling.note(text);
      if (text.startsWith("The certificate of ")) logger?.warn({ source: name }, text);
    },
  };
}

/** What the configuration says of a station, as it is asked. */
export function stationAccess({ url, username, password, trust, timeoutMs }: NiagaraSourceConfig): StationAccess {
  return {
    url,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password: password.reveal() }),
    trust,
    timeoutMs,
  };
}

/** The clock of the station: as the source says, else of its site. */
function zoneOf({ zone }: NiagaraSourceConfig, source: SourceConfig, { sites }: PullParts["config"]): Zone | undefined {
  const site = sites.find(({ id }) => id === source.site) ?? (sites.length === 1 ? sites[0] : undefined);
  const named = zone ?? site?.zone;
  return named === undefined ? undefined : zoneNamed(named);
}
