import { anomaliesAnswer } from "#api/meters/anomalies.ts";
import { meterNow, metersNow, type SiteDesk, sitesOf } from "#api/meters/desk.ts";
import { sayDismissal } from "#api/meters/facts.ts";
import { meterRange } from "#api/meters/range.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps } from "#api/route-kit.ts";
import { anomaliesQuerySchema, anomaliesSchema, dismissSchema } from "#contract/anomalies.ts";
import { meterFactSchema } from "#contract/meter-edits.ts";
import { METER_FACT_EXAMPLE } from "#contract/meter-examples.ts";
import { ANOMALIES_EXAMPLE } from "#contract/meter-history-examples.ts";
import type { Range } from "#store/store.ts";

const TAGS = ["anomalies"];
const LOOK_BACK_DAYS = 731;

const REACH_MS = 60 * 366 * 86_400_000;

/** No meter was read sixty years ago, and none will be: what lies beyond is not worked out day by day. */
function withinReach(nowMs: number, { fromMs, toMs }: Range): Range {
  const from = Math.max(fromMs, nowMs - REACH_MS);
  return { fromMs: from, toMs: Math.max(from, Math.min(toMs, nowMs + REACH_MS)) };
}

/** What meters used that their past does not explain. */
export function anomalyRoutes(app: Api, deps: RouteDeps): void {
  const all = () => metersNow(deps);

  app.get("/anomalies", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Anomalies",
      description:
        "Stretches worth a look, newest first, each with what was to be expected and why it is told; dismissed ones too, with who did so. " +
        "Without a range, the last two years.",
      tags: TAGS,
      querystring: anomaliesQuerySchema,
      response: answers(anomaliesSchema, ANOMALIES_EXAMPLE),
    },
    handler: async (request) => {
      const { site, meter, from, to, simple } = request.query;
      const nowMs = deps.nowMs();
      const range = ({ zone }: SiteDesk) =>
        withinReach(
          nowMs,
          meterRange({ from: from ?? String(zone.addDays(nowMs, -LOOK_BACK_DAYS)), to: to ?? String(Math.max(nowMs, 1)) }, zone),
        );
      const desks = meter === undefined ? sitesOf(await all(), site) : [await meterNow(deps, meter)];
      return anomaliesAnswer(desks, { range, meter, simple }, nowMs);
    },
  });

  app.post("/anomalies/dismiss", {
    config: { policy: "operator" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Dismiss an anomaly",
      description: "Somebody looked, and says why it is none. Taken back by DELETE /meters/{id}/facts/{fact}.",
      tags: TAGS,
      body: dismissSchema,
      response: answers(meterFactSchema, {
        ...METER_FACT_EXAMPLE,
        name: "anomaly-dismissed",
        value: '{"id":"unusual:1773158400000","why":"the pool was filled"}',
      }),
    },
    handler: async (request) => sayDismissal(await meterNow(deps, request.body.meter), request.body, { deps, request }),
  });
}
