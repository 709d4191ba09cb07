import { type Api, answers, QUESTION_MS, type RouteDeps } from "#api/route-kit.ts";
import { ledgerAnswer, rejectInfo, sourceInfos } from "#api/source-info.ts";
import { ledgerSchema, redriveBodySchema, redriveSchema, rejectsQuerySchema, rejectsSchema, sourcesSchema } from "#contract/sources.ts";
import type { RejectFilter } from "#store/records.ts";

/** Where readings come from, what became of them, and what could not be read. */
export function sourceRoutes(app: Api, deps: RouteDeps): void {
  app.get("/sources", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Sources",
      description: "Brokers with their state, sources with rates and devices, and topics nobody claims with a guess at what they are.",
      tags: ["sources"],
      response: answers(sourcesSchema, { nowMs: 1_763_600_000_000, brokers: [BROKER], sources: [SOURCE], unclaimed: [] }),
    },
    handler: async () => {
      const catalog = await deps.catalog();
      const sources = await sourceInfos(deps, catalog);
      return { nowMs: deps.nowMs(), brokers: deps.actions.brokers(), sources, unclaimed: deps.actions.unclaimed() };
    },
  });

  app.get("/ledger", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Ledger",
      description: "What came of every message and every item, per source. Both balances are always zero.",
      tags: ["sources"],
      response: answers(ledgerSchema, { sources: [LEDGER], balanced: true }),
    },
    handler: async () => ledgerAnswer(await deps.store.ledger()),
  });

  app.get("/rejects", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Rejects",
      description: "What could not become a reading, with the reason and the original bytes. Newest first; `before` turns the page.",
      tags: ["sources"],
      querystring: rejectsQuerySchema,
      response: answers(rejectsSchema, { rejects: [REJECT], more: false }),
    },
    handler: async (request) => {
      const { source, code, open, before, limit } = request.query;
      const filter: RejectFilter = {
        limit: limit + 1,
        ...(source === undefined ? {} : { source }),
        ...(code === undefined ? {} : { code }),
        ...(open === undefined ? {} : { open }),
        ...(before === undefined ? {} : { beforeId: before }),
      };
      const rows = await deps.store.rejects(filter);
      return { rejects: rows.slice(0, limit).map(rejectInfo), more: rows.length > limit };
    },
  });

  app.post("/rejects/redrive", {
    config: { policy: "operator" },
    schema: {
      summary: "Read rejects again",
      description: "Decodes kept originals again, after a fix: those of the ids, of a source, of a code, or all that are open.",
      tags: ["sources"],
      body: redriveBodySchema,
      response: answers(redriveSchema, { tried: 12, mended: 11, stillRejected: 1, skipped: 0 }),
    },
    handler: async (request) => {
      const { ids, source, code } = request.body;
      return deps.actions.redrive({
        ...(ids === undefined ? {} : { ids }),
        ...(source === undefined ? {} : { source }),
        ...(code === undefined ? {} : { code }),
      });
    },
  });
}

const BROKER = {
  name: "main",
  kind: "mqtt" as const,
  address: "mqtt://127.0.0.1:1883",
  state: "connected" as const,
  sinceMs: 1_763_500_000_000,
  protocol: "MQTT 5",
  received: 18_234,
  qos0: 0,
  acknowledged: 18_234,
  inFlight: 0,
  reconnects: 0,
};
const SOURCE = {
  name: "kyz",
  site: "plant",
  dialect: "kyz-pulse",
  dialectTitle: "KYZ pulse counter",
  topics: ["pri/energy/kyz/interval"],
  broker: "main",
  perMinute: 4,
  lastMs: 1_763_600_000_000,
  qos0Share: 0,
  devices: [{ id: "kyz", points: ["plant/main"], firstSeenMs: 1_735_707_600_000, lastMs: 1_763_600_000_000 }],
  demo: false,
};
const LEDGER = {
  source: "kyz",
  messages: 100,
  withItems: 98,
  without: { retained: 2 },
  items: 196,
  stored: 190,
  replaced: 1,
  duplicate: 3,
  refused: 0,
  rejected: 2,
  spooled: 0,
  messagesBalance: 0,
  itemsBalance: 0,
};
const REJECT = {
  id: 12,
  source: "kyz",
  topic: "pri/energy/kyz/interval",
  code: "not-a-number",
  sentence: "The field d holds the text abc where a number belongs.",
  body: "ZD1hYmM=",
  text: "d=abc",
  bodyBytes: 5,
  receivedMs: 1_763_600_000_000,
  lastMs: 1_763_600_000_000,
  count: 1,
  decoder: "kyz-pulse 1",
};
