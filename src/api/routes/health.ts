import { healthOf } from "#api/health.ts";
import { openMetrics } from "#api/metrics.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps, textAnswers } from "#api/route-kit.ts";
import { aliveSchema, healthSchema } from "#contract/health.ts";

/** `GET /healthz` and `GET /metrics`, for machines that watch the server. */
export function watchRoutes(app: Api, deps: RouteDeps): void {
  const metrics = openMetrics(deps);

  app.get("/healthz", {
    config: { policy: "open", rateLimit: false },
    schema: {
      summary: "Alive",
      security: [],
      description: "Answers at once, as soon as the server serves. It says nothing about brokers or data; /api/v1/health does.",
      tags: ["health"],
      response: answers(aliveSchema, { status: "ok" }),
    },
    handler: async () => ({ status: "ok" as const }),
  });

  app.get("/metrics", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Metrics",
      description: "Figures for Prometheus: messages and items by outcome, ledger balances, commits, bytes, live readers, memory.",
      tags: ["health"],
      response: textAnswers("text/plain", 'wattkeep_items_total{source="kyz",outcome="stored"} 190\n'),
    },
    handler: async (_request, reply) => {
      const text = await metrics.text();
      return reply.type(metrics.contentType).send(text);
    },
  });
}

/** `GET /api/v1/health`, for people and pages. */
export function healthRoutes(app: Api, deps: RouteDeps): void {
  app.get("/health", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Health",
      description: "How the server is: problems in words, the ledger, rejects that wait, the store, memory.",
      tags: ["health"],
      response: answers(healthSchema, HEALTH),
    },
    handler: async () => healthOf(deps),
  });
}

const HEALTH = {
  status: "ok" as const,
  version: "0.1.0",
  startedMs: 1_763_500_000_000,
  nowMs: 1_763_600_000_000,
  demo: false,
  problems: [],
  messagesPerSecond: 12.5,
  ledgerBalanced: true,
  rejectsOpen: 0,
  store: { fileBytes: 10_485_760, samples: 1_859_493, series: 12, tailSamples: 4_096, lateRows: 0, commitMsP99: 8 },
  memoryMb: 140.2,
};
