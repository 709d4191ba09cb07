import { billAnswer } from "#api/plants/bill.ts";
import { billsAnswer } from "#api/plants/bills.ts";
import { capAnswer, checkAnswer } from "#api/plants/cap.ts";
import { deskOf } from "#api/plants/desk.ts";
import { sendUnchanged, unchanged } from "#api/plants/fresh.ts";
import type { PlantRouteDeps } from "#api/plants/route-deps.ts";
import { type Api, answers, QUESTION_MS } from "#api/route-kit.ts";
import { BILL_EXAMPLE, BILLS_EXAMPLE, CAP_EXAMPLE, CHECK_BILL_EXAMPLE } from "#contract/plant-bill-examples.ts";
import {
  billParamsSchema,
  billQuerySchema,
  billSchema,
  billsQuerySchema,
  billsSchema,
  capQuerySchema,
  capSchema,
  checkBillBodySchema,
  checkBillSchema,
} from "#contract/plant-bills.ts";
import { plantParamsSchema } from "#contract/plant-parts.ts";

/** What was billed and why, what it could have been, and whether a real bill agrees. */
export function plantBillRoutes(app: Api, { desks, config }: PlantRouteDeps): void {
  const { startedMs } = config;

  app.get("/plants/:id/bills", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Bills",
      description:
        "The newest billing periods, the oldest first, the running one last: energy, metered and billed demand, ratchet and money. The look-back of " +
        "the ratchet is over all history, so the first period shown is as right as the last.",
      tags: ["plants"],
      params: plantParamsSchema,
      querystring: billsQuerySchema,
      response: answers(billsSchema, BILLS_EXAMPLE),
    },
    handler: async (request, reply) => {
      const desk = deskOf(desks, request.params.id);
      if (await unchanged(request, reply, { desk, startedMs })) return sendUnchanged(reply);
      return billsAnswer(desk, request.query.count, request.query.basis);
    },
  });

  app.get("/plants/:id/bills/:period", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "One bill, explained",
      description:
        "The bill of the period that begins on this local date: its lines with the intervals that set them, which rule set billing demand, when that " +
        "expires and what it costs, and whether register, intervals, days and bill tell of one energy.",
      tags: ["plants"],
      params: billParamsSchema,
      querystring: billQuerySchema,
      response: answers(billSchema, BILL_EXAMPLE),
    },
    handler: async (request, reply) => {
      const desk = deskOf(desks, request.params.id);
      if (await unchanged(request, reply, { desk, startedMs })) return sendUnchanged(reply);
      return billAnswer(desk, request.params.period, request.query.basis);
    },
  });

  app.get("/plants/:id/cap", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Cap at a demand",
      description:
        "Which intervals of a period lie above a demand, how much energy to move, and what it would have saved now and by the ratchet.",
      tags: ["plants"],
      params: plantParamsSchema,
      querystring: capQuerySchema,
      response: answers(capSchema, CAP_EXAMPLE),
    },
    handler: async (request) => capAnswer(deskOf(desks, request.params.id), request.query.kw, request.query.period),
  });

  app.post("/plants/:id/check-bill", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Check this bill",
      description:
        "Type the dates, kWh, kW and total of a real bill and see which line differs, and what may be the reason. Nothing is stored.",
      tags: ["plants"],
      params: plantParamsSchema,
      body: checkBillBodySchema,
      response: answers(checkBillSchema, CHECK_BILL_EXAMPLE),
    },
    handler: async (request) => checkAnswer(deskOf(desks, request.params.id), request.body),
  });
}
