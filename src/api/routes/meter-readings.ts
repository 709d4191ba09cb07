import { meterNow } from "#api/meters/desk.ts";
import { sayReading } from "#api/meters/hand-reading.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps } from "#api/route-kit.ts";
import { newReadingSchema, readingSaidSchema } from "#contract/meter-history.ts";
import { READING_SAID_EXAMPLE } from "#contract/meter-history-examples.ts";
import { meterParamsSchema } from "#contract/meters.ts";

/** What a person reads off a dial. */
export function meterReadingRoute(app: Api, deps: RouteDeps): void {
  app.post("/meters/:id/readings", {
    config: { policy: "operator" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Say what a dial shows",
      description:
        "Kept whatever it is, and on disk before the answer, which says what it looks like: plausible, unusual, implausible, less than before, " +
        "or known already. A date without a time stands at its end. `key` makes a repeat harmless, also after a restart; another value at the " +
        "same instant takes the place of the first, which stays as a revision. `dryRun` only looks.",
      tags: ["meters"],
      params: meterParamsSchema,
      body: newReadingSchema,
      response: answers(readingSaidSchema, READING_SAID_EXAMPLE),
    },
    handler: async (request) => sayReading(await meterNow(deps, request.params.id), request.body, { deps, request }),
  });
}
