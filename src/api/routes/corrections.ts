import { correctionsAnswer, makeCorrection, undoCorrection } from "#api/meters/corrections.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps } from "#api/route-kit.ts";
import {
  correctionMadeSchema,
  correctionParamsSchema,
  correctionsQuerySchema,
  correctionsSchema,
  newCorrectionSchema,
} from "#contract/corrections.ts";
import { CORRECTION_MADE_EXAMPLE, CORRECTIONS_EXAMPLE } from "#contract/meter-history-examples.ts";

const TAGS = ["corrections"];

/** What people changed of the past: laid over what was stored, which stays. */
export function correctionRoutes(app: Api, deps: RouteDeps): void {
  app.get("/corrections", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Corrections",
      description: "Who changed which reading, when and why, newest first, of every series or of one meter or series; undone ones too.",
      tags: TAGS,
      querystring: correctionsQuerySchema,
      response: answers(correctionsSchema, CORRECTIONS_EXAMPLE),
    },
    handler: async (request) => correctionsAnswer(request.query, deps),
  });

  app.post("/corrections", {
    config: { policy: "operator" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Correct readings",
      description:
        "Sets, deletes, adds or moves readings of any series, with a reason; what was stored stays, and everything derived follows. Answered " +
        "with every month of every meter that is other than before, sums and formulas included. `dryRun` tells that and keeps nothing.",
      tags: TAGS,
      body: newCorrectionSchema,
      response: answers(correctionMadeSchema, CORRECTION_MADE_EXAMPLE),
    },
    handler: async (request) => makeCorrection(request.body, { deps, request }),
  });

  app.delete("/corrections/:id", {
    config: { policy: "operator" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Take a correction back",
      description: "What was stored counts again. It stays listed; taking it back twice changes nothing.",
      tags: TAGS,
      params: correctionParamsSchema,
      response: answers(correctionMadeSchema, CORRECTION_MADE_EXAMPLE),
    },
    handler: async (request) => undoCorrection(request.params.id, { deps, request }),
  });
}
