import { homeOf } from "#api/homes/desk.ts";
import { sayDecision, sayInstalment, sayPrice, takeBack } from "#api/homes/facts.ts";
import { eventsAnswer } from "#api/homes/past.ts";
import { homeRange } from "#api/homes/range.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps } from "#api/route-kit.ts";
import {
  homeDecisionSchema,
  homeEventsQuerySchema,
  homeEventsSchema,
  homeFactParamsSchema,
  homeFactSchema,
  homeNewInstalmentSchema,
  homeNewPriceSchema,
  homeParamsSchema,
} from "#contract/home.ts";
import { HOME_EVENTS_EXAMPLE, HOME_FACT_EXAMPLE } from "#contract/home-examples.ts";

const TAGS = ["homes"];
const base = { handlerTimeout: QUESTION_MS } as const;

/** What people say about a home, and what its registers did that somebody has to decide. All of it is dated and can be taken back. */
export function homeFactRoutes(app: Api, deps: RouteDeps): void {
  eventRoutes(app, deps);
  moneyRoutes(app, deps);
}

function eventRoutes(app: Api, deps: RouteDeps): void {
  const desk = (id: string) => homeOf(deps.homes?.() ?? [], id);

  app.get("/homes/:id/events", {
    ...base,
    config: { policy: "viewer" },
    schema: {
      summary: "Events of the registers",
      description:
        "What a register did that is no consumption, or not certainly: a momentary zero, a last digit that went back, a reset, a rollover, a " +
        "swap. None of them counts as energy unless somebody says so. What a register caught up after it stood still (`caught-up`) counts " +
        "unless somebody says otherwise. Without a range, the newest year.",
      tags: TAGS,
      params: homeParamsSchema,
      querystring: homeEventsQuerySchema,
      response: answers(homeEventsSchema, HOME_EVENTS_EXAMPLE),
    },
    handler: async (request) => {
      const at = desk(request.params.id);
      const nowMs = deps.nowMs();
      const { from = String(at.zone.addDays(nowMs, -365)), to = String(nowMs) } = request.query;
      return eventsAnswer(at, homeRange({ from, to }, at.zone));
    },
  });

  app.post("/homes/:id/events", {
    ...base,
    config: { policy: "operator" },
    schema: {
      summary: "Decide what an event was",
      description: "A swap, a reset, a rollover, a blip, or real consumption. The numbers follow at once, and it can be taken back.",
      tags: TAGS,
      params: homeParamsSchema,
      body: homeDecisionSchema,
      response: answers(homeFactSchema, {
        ...HOME_FACT_EXAMPLE,
        name: "counter-decision",
        value: "energy-import@tasmota:1773158400000 swap",
      }),
    },
    handler: async (request) => sayDecision(desk(request.params.id), request.body, { deps, request }),
  });

  app.delete("/homes/:id/facts/:fact", {
    ...base,
    config: { policy: "operator" },
    schema: {
      summary: "Take back what was said",
      description:
        "A price, an instalment or a decision of a page. It stays listed among the edits. Prices and instalments need the role billing.",
      tags: TAGS,
      params: homeFactParamsSchema,
      response: answers(homeFactSchema, { ...HOME_FACT_EXAMPLE, undoneMs: HOME_FACT_EXAMPLE.madeMs + 60_000 }),
    },
    handler: async (request) => takeBack(desk(request.params.id), request.params.fact, { deps, request }),
  });
}

function moneyRoutes(app: Api, deps: RouteDeps): void {
  const desk = (id: string) => homeOf(deps.homes?.() ?? [], id);

  app.post("/homes/:id/prices", {
    ...base,
    config: { policy: "billing" },
    schema: {
      summary: "Say a price",
      description:
        "What a kWh costs from a local date on, the base fee per month, and what a sold kWh earns. The newest word on a date counts.",
      tags: TAGS,
      params: homeParamsSchema,
      body: homeNewPriceSchema,
      response: answers(homeFactSchema, HOME_FACT_EXAMPLE),
    },
    handler: async (request) => sayPrice(desk(request.params.id), request.body, { deps, request }),
  });

  app.post("/homes/:id/instalments", {
    ...base,
    config: { policy: "billing" },
    schema: {
      summary: "Say an instalment",
      description: "What is paid in advance each month from a local date on; 0 ends it.",
      tags: TAGS,
      params: homeParamsSchema,
      body: homeNewInstalmentSchema,
      response: answers(homeFactSchema, { ...HOME_FACT_EXAMPLE, name: "home-instalment", value: "95" }),
    },
    handler: async (request) => sayInstalment(desk(request.params.id), request.body, { deps, request }),
  });
}
