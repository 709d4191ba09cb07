import type { NiagaraCompat } from "#api/deps.ts";
import type { RouteDeps } from "#api/route-kit.ts";
import type { Zone } from "#calendar/zone.ts";
import { type StationDesk, stationDesk } from "./station-desk.ts";
import { StationQuery } from "./station-query.ts";

/** What somebody asks of the building: parameters are looked at before anything else, as ever. */
export interface Question {
  readonly query: StationQuery;
  /** Of times without an offset. */
  readonly clock: Zone;
  /** Errors: 422 with every problem of the parameters. */
  answering(): StationDesk;
}

export async function question(
  { deps, settings }: { readonly deps: Pick<RouteDeps, "buildings" | "catalog">; readonly settings: NiagaraCompat },
  given: Readonly<Record<string, string | undefined>>,
): Promise<Question> {
  const query = new StationQuery(given);
  const desk = await stationDesk(deps, settings);
  return {
    query,
    clock: desk.zone,
    answering: () => {
      query.check();
      return desk;
    },
  };
}
