import type { UseQueryResult } from "@tanstack/react-query";
import type { PlantsAnswer } from "#contract/plant.ts";
import { ApiError } from "#web/client/fetch.ts";

/** What the wall says while it has no plant to show; it goes on by itself. */
export function KioskWait({ query, everyMs }: { query: UseQueryResult<PlantsAnswer>; everyMs: number }) {
  const [sentence, next] = waitWords(query);
  return (
    <div className="k-wait" role="status">
      <h1>{sentence}</h1>
      <p>
        {next} Looking again every {Math.round(everyMs / 1000)} s.
      </p>
    </div>
  );
}

function waitWords({ data, error }: UseQueryResult<PlantsAnswer>): readonly [string, string] {
  if (data !== undefined) return ["No metered plant yet.", "It appears with the first message of a pulse counter."];
  if (error instanceof ApiError && (error.status === 401 || error.status === 403)) {
    return [
      "This wall may not read the plant.",
      "Open the kiosk once with ?token= and a viewer's token, or let its network in without one.",
    ];
  }
  if (error !== null) return [error instanceof ApiError ? error.message : "The server does not answer.", ""];
  return ["Asking the server", ""];
}
