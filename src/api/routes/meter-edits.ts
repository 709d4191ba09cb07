import { meterNow, metersNow, type SiteDesk, sitesOf } from "#api/meters/desk.ts";
import { sayMeter } from "#api/meters/draft.ts";
import { sayDecision, sayGas, sayPrice, sayRemoved, sayReplacement, takeBack } from "#api/meters/facts.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps } from "#api/route-kit.ts";
import {
  meterDecisionSchema,
  meterDraftSchema,
  meterFactParamsSchema,
  meterFactSchema,
  newGasConversionSchema,
  newMeterPriceSchema,
  newReplacementSchema,
} from "#contract/meter-edits.ts";
import { METER_FACT_EXAMPLE } from "#contract/meter-examples.ts";
import { meterParamsSchema } from "#contract/meters.ts";

const TAGS = ["meters"];
const asked = { handlerTimeout: QUESTION_MS } as const;
const operator = { ...asked, config: { policy: "operator" } } as const;
const billing = { ...asked, config: { policy: "billing" } } as const;

/** What people say about meters: dated, by whom, and taken back by saying so. What the file declares is changed there. */
export function meterEditRoutes(app: Api, deps: RouteDeps): void {
  definitionRoutes(app, deps);
  eventRoutes(app, deps);
  moneyRoutes(app, deps);
}

const fact = (name: string, value: string) => answers(meterFactSchema, { ...METER_FACT_EXAMPLE, name, value });

function definitionRoutes(app: Api, deps: RouteDeps): void {
  const all = () => metersNow(deps);

  app.put("/meters/:id", {
    ...operator,
    schema: {
      summary: "Define a meter",
      description:
        "Makes one, or says another thing of one that no file declares; the newest word counts. A formula nobody can read, parts that are not " +
        "there, circles and units that do not convert are refused before anything is kept, with every reason.",
      tags: TAGS,
      params: meterParamsSchema,
      body: meterDraftSchema,
      response: fact("meter", '{"name":"Garden","unit":"m³","kind":"physical"}'),
    },
    handler: async (request) => sayMeter(await all(), request.params.id, { draft: request.body, wish: { deps, request } }),
  });

  app.delete("/meters/:id", {
    ...operator,
    schema: {
      summary: "Take a meter off the lists",
      description:
        "Of one that no file declares. Its readings stay, and so does what was said of it; taking the fact back brings it again.",
      tags: TAGS,
      params: meterParamsSchema,
      response: fact("meter-removed", "{}"),
    },
    handler: async (request) => sayRemoved(await meterNow(deps, request.params.id), { deps, request }),
  });

  app.delete("/meters/:id/facts/:fact", {
    ...operator,
    schema: {
      summary: "Take back what was said of a meter",
      description:
        "A definition, replacement, decision, price, dismissal or note of a page. It stays listed among the edits. Prices need the role billing.",
      tags: TAGS,
      params: meterFactParamsSchema,
      response: answers(meterFactSchema, { ...METER_FACT_EXAMPLE, undoneMs: METER_FACT_EXAMPLE.madeMs + 60_000 }),
    },
    handler: async (request) => takeBack(await all(), { id: request.params.id, fact: request.params.fact }, { deps, request }),
  });

  app.post("/meters/gas", {
    ...operator,
    schema: {
      summary: "Say what a cubic metre of gas holds",
      description:
        "Calorific value and z-factor from a local date on, as the supplier's bill states them; without a date, from the beginning. Taken back " +
        "by POST /edits/{id}/undo.",
      tags: TAGS,
      body: newGasConversionSchema,
      response: fact("gas-conversion", '{"calorificKwhPerM3":11.504,"zFactor":0.8885,"basis":"gross"}'),
    },
    handler: async (request) => sayGas(sitesOf(await all(), request.body.site)[0] as SiteDesk, request.body, { deps, request }),
  });
}

function eventRoutes(app: Api, deps: RouteDeps): void {
  app.post("/meters/:id/events", {
    ...operator,
    schema: {
      summary: "Decide what an event was",
      description: "Real, a typo, a replacement, a reset or a rollover. Every number follows at once, and it can be taken back.",
      tags: TAGS,
      params: meterParamsSchema,
      body: meterDecisionSchema,
      response: fact("meter-decision", "typo:1773158400000 typo"),
    },
    handler: async (request) => sayDecision(await meterNow(deps, request.params.id), request.body, { deps, request }),
  });

  app.post("/meters/:id/replacements", {
    ...operator,
    schema: {
      summary: "Say that a device was replaced",
      description:
        "When, what the old one showed last and the new one first, as far as anybody wrote it down. The month of the swap stays whole.",
      tags: TAGS,
      params: meterParamsSchema,
      body: newReplacementSchema,
      response: fact("meter-replacement", '{"lastReading":12345.6,"firstReading":0,"serial":"7 GAS 0042","why":"due for calibration"}'),
    },
    handler: async (request) => sayReplacement(await meterNow(deps, request.params.id), request.body, { deps, request }),
  });
}

function moneyRoutes(app: Api, deps: RouteDeps): void {
  app.post("/meters/:id/prices", {
    ...billing,
    schema: {
      summary: "Say what a unit costs",
      description: "From a local date on, with a base fee per month. The newest word on a date counts; what the file says of one stays.",
      tags: TAGS,
      params: meterParamsSchema,
      body: newMeterPriceSchema,
      response: fact("meter-price", '{"perUnit":"0.32","baseFeePerMonth":"12.50"}'),
    },
    handler: async (request) => sayPrice(await meterNow(deps, request.params.id), request.body, { deps, request }),
  });
}
