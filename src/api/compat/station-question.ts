import type { NiagaraCompat } from "#api/deps.ts";
import type { RouteDeps } from "#api/route-kit.ts";
import { type Zone, zoneNamed } from "#calendar/zone.ts";
import { OldProblem } from "./old-problem.ts";
import { type StationDesk, stationDesk } from "./station-desk.ts";
import { StationQuery } from "./station-query.ts";

/** What somebody asks of the building: parameters are looked at before anything else, as ever. */
export interface Question {
  readonly query: StationQuery;
  /** Of times without an offset. */
  readonly clock: Zone;
  /** Errors: 422 with every problem of the parameters, else 503 while no source can answer. */
  answering(): StationDesk;
}

export async function question(
  { deps, settings }: { readonly deps: Pick<RouteDeps, "buildings">; readonly settings: NiagaraCompat },
  given: Readonly<Record<string, string | undefined>>,
): Promise<Question> {
  const query = new StationQuery(given);
  const found = await stationDesk(deps, settings).catch((error: unknown) => {
    if (error instanceof OldProblem) return error;
    throw error;
  });
  return {
    query,
    clock: found instanceof OldProblem ? zoneNamed("UTC") : found.zone,
    answering: () => {
      query.check();
      if (found instanceof OldProblem) throw found;
      return found;
    },
  };
}
