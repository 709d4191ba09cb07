import { AlertProblem } from "#alerts/desk.ts";
import type { Rule } from "#alerts/rule.ts";
import { allows, whoOf } from "#api/access.ts";
import { alertInfo, channelInfo, ruleInfo } from "#api/alert-info.ts";
import { ApiError } from "#api/errors.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps } from "#api/route-kit.ts";
import { ALERT, ALERT_CHANNEL, ALERT_RULE } from "#contract/alert-examples.ts";
import {
  type AlertInfo,
  type AlertRule,
  alertParamsSchema,
  alertRulesSchema,
  alertSchema,
  alertsQuerySchema,
  alertsSchema,
  channelParamsSchema,
  channelTestSchema,
  muteSchema,
  removedRuleSchema,
  ruleInfoSchema,
  ruleParamsSchema,
  ruleSchema,
} from "#contract/alerts.ts";
import type { AlertRecord } from "#store/records.ts";

/** More would last at once only where nobody looks. */
const MOST_ACTIVE = 1_000;
/** A message may take twenty seconds to be taken. */
const TEST_MS = 30_000;
const NOW = { nowMs: 1_773_168_090_000 };

/** What people are told of, by which rules, and by which channels. */
export function alertRoutes(app: Api, deps: RouteDeps): void {
  historyRoutes(app, deps);
  ruleRoutes(app, deps);
}

function historyRoutes(app: Api, { store, nowMs }: RouteDeps): void {
  app.get("/alerts", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Alerts",
      description:
        "Those that last, and a page of those that are over, newest first; `before` turns the page. Why a message did not arrive is told to operators.",
      tags: ["alerts"],
      querystring: alertsQuerySchema,
      response: answers(alertsSchema, { ...NOW, active: [ALERT], history: [], beforeId: null }),
    },
    handler: async (request) => {
      const { before, limit } = request.query;
      const page = { active: false, limit: limit + 1, ...(before === undefined ? {} : { beforeId: before }) };
      const [active, over] = await Promise.all([store.alerts({ active: true, limit: MOST_ACTIVE }), store.alerts(page)]);
      const history = over.slice(0, limit);
      const isOperator = allows("operator", request.identity?.role);
      const told = (alert: AlertRecord): AlertInfo => alertInfo(alert, isOperator);
      return {
        nowMs: nowMs(),
        active: active.map(told),
        history: history.map(told),
        beforeId: over.length > limit ? (history.at(-1)?.id ?? null) : null,
      };
    },
  });

  const acknowledge = async (id: number, who: string | undefined): Promise<AlertInfo> => {
    await store.changeAlerts({ atMs: nowMs(), acknowledged: { alertId: id, ...(who === undefined ? {} : { who }) } });
    const [alert] = await store.alerts({ ids: [id] });
    if (alert === undefined) throw new ApiError("unknown-alert", { id });
    return alertInfo(alert, true);
  };
  const acknowledged = { ...ALERT, acknowledged: { who: "Ada (cookie)", atMs: NOW.nowMs } };

  app.post("/alerts/:id/acknowledge", {
    config: { policy: "operator" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Acknowledge an alert",
      description: "Says that somebody knows of it: while it lasts it is not told again, and when it is over that is told.",
      tags: ["alerts"],
      params: alertParamsSchema,
      response: answers(alertSchema, acknowledged),
    },
    handler: (request) => acknowledge(request.params.id, whoOf(request.identity)),
  });

  app.delete("/alerts/:id/acknowledge", {
    config: { policy: "operator" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Take an acknowledgement back",
      description: "The alert is again as if nobody had seen it.",
      tags: ["alerts"],
      params: alertParamsSchema,
      response: answers(alertSchema, ALERT),
    },
    handler: (request) => acknowledge(request.params.id, undefined),
  });
}

function ruleRoutes(app: Api, { alerts, nowMs }: RouteDeps): void {
  app.get("/alerts/rules", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Rules and channels",
      description: "Every rule with what it sees now, and every channel with whether it works. Where a channel leads is told to operators.",
      tags: ["alerts"],
      response: answers(alertRulesSchema, { ...NOW, rules: [ALERT_RULE], channels: [ALERT_CHANNEL] }),
    },
    handler: async (request) => {
      const isOperator = allows("operator", request.identity?.role);
      const [rules, channels] = await Promise.all([alerts?.rules() ?? [], alerts?.channels() ?? []]);
      return { nowMs: nowMs(), rules: rules.map(ruleInfo), channels: channels.map((channel) => channelInfo(channel, isOperator)) };
    },
  });

  app.put("/alerts/rules/:rule", {
    config: { policy: "operator" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Make or change a rule",
      description: "A rule of the pages. Those of the configuration are changed there; built-in ones can be muted.",
      tags: ["alerts"],
      params: ruleParamsSchema,
      body: ruleSchema,
      response: answers(ruleInfoSchema, ALERT_RULE),
    },
    handler: async (request) => {
      const { rule: id } = request.params;
      if (request.body.id !== id) throw new ApiError("bad-request", {}, ["body/id: is not the rule that the address names"]);
      const rule = ruleOf(request.body);
      if (alerts === undefined) throw new ApiError("unknown-rule", { rule: id });
      return ruleInfo(await alerts.saveRule(rule, whoOf(request.identity)).catch(asked));
    },
  });

  app.delete("/alerts/rules/:rule", {
    config: { policy: "operator" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Take a rule away",
      description: "Answers the rule, so that it can be put back. What it told of is over.",
      tags: ["alerts"],
      params: ruleParamsSchema,
      response: answers(removedRuleSchema, { rule: ALERT_RULE.rule }),
    },
    handler: async (request) => {
      const { rule: id } = request.params;
      if (alerts === undefined) throw new ApiError("unknown-rule", { rule: id });
      const { rule } = ruleInfo({ rule: await alerts.removeRule(id).catch(asked), from: "page", sentence: "", standing: [] });
      return { rule };
    },
  });

  app.post("/alerts/rules/:rule/mute", {
    config: { policy: "operator" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Mute a rule",
      description: "Until then alerts of the rule are shown and not sent. `null` ends it.",
      tags: ["alerts"],
      params: ruleParamsSchema,
      body: muteSchema,
      response: answers(ruleInfoSchema, { ...ALERT_RULE, mutedUntilMs: NOW.nowMs + 3_600_000 }),
    },
    handler: async (request) => {
      const { rule: id } = request.params;
      if (alerts === undefined) throw new ApiError("unknown-rule", { rule: id });
      return ruleInfo(await alerts.mute(id, request.body.untilMs ?? undefined).catch(asked));
    },
  });

  app.post("/alerts/channels/:channel/test", {
    config: { policy: "operator" },
    handlerTimeout: TEST_MS,
    schema: {
      summary: "Send a test message",
      description: "A real message to the channel; the answer says in words what became of it.",
      tags: ["alerts"],
      params: channelParamsSchema,
      response: answers(channelTestSchema, { sent: true, sentence: "chat 1234 took the message. Look whether it arrived." }),
    },
    handler: async (request) => {
      const { channel } = request.params;
      if (alerts === undefined) throw new ApiError("unknown-channel", { channel });
      return alerts.test(channel).catch(asked);
    },
  });
}

/** Errors: bad-request for a limit that is none. */
function ruleOf(body: AlertRule): Rule {
  if ((body.kind === "threshold" || body.kind === "price") && body.above === undefined && body.below === undefined)
    throw new ApiError("bad-request", {}, ["body/above: say above, below or both"]);
  if ("above" in body && body.above !== undefined && body.below !== undefined && body.below >= body.above)
    throw new ApiError("bad-request", {}, ["body/below: has to be less than above"]);
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as unknown as Rule;
}

/** What a person asked wrongly of the alerts, as an error of the API. */
function asked(error: unknown): never {
  if (!(error instanceof AlertProblem)) throw error;
  const about = error.about.slice(0, 100);
  if (error.code === "unknown-channel") throw new ApiError("unknown-channel", { channel: about });
  if (error.code === "unknown-rule") throw new ApiError("unknown-rule", { rule: about });
  if (error.declared === undefined) throw new ApiError("built-in-rule", { rule: about });
  throw new ApiError("declared-in-file", { what: `The rule ${about}`, file: error.declared.file, line: error.declared.line });
}
