import { z } from "zod";
import { figure, instantMs } from "./plant-parts.ts";

export const alertSeverity = z.enum(["info", "warning", "critical"]);

/** The newest message about it to one channel. */
const deliverySchema = z.object({
  channel: z.string(),
  /** `waiting` is tried again. */
  result: z.enum(["sent", "waiting", "failed", "muted"]),
  atMs: instantMs,
  problem: z.string().nullable(),
});

export const alertSchema = z.object({
  id: z.number(),
  rule: z.string(),
  ruleName: z.string(),
  subject: z.string(),
  subjectTitle: z.string(),
  severity: alertSeverity,
  title: z.string().describe("one line for a person"),
  text: z.string(),
  value: figure,
  unit: z.string(),
  firedMs: instantMs,
  clearedMs: instantMs.nullable().describe("null while it lasts"),
  acknowledged: z.object({ who: z.string(), atMs: instantMs }).nullable(),
  deliveries: z.array(deliverySchema),
  /** Page that shows what it is about. */
  link: z.string().nullable(),
});
export type AlertInfo = z.infer<typeof alertSchema>;

/** GET /alerts */
export const alertsSchema = z.object({
  nowMs: instantMs,
  /** Those that last, newest first. */
  active: z.array(alertSchema),
  /** Those that are over, newest first; a page of them. */
  history: z.array(alertSchema),
  beforeId: z.number().nullable().describe("for the next page; null at the end"),
});
export type AlertsAnswer = z.infer<typeof alertsSchema>;
/** Counting those that last is cheap: `limit=1`. */
export const alertsQuerySchema = z.object({
  before: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

const ms = z.number().int().min(0).max(31_536_000_000);
/** Shorter than a minute would be a message at every look. */
const spacedMs = ms.min(60_000);
const common = {
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(80),
  name: z.string().min(1).max(120),
  severity: alertSeverity.default("warning"),
  channels: z.array(z.string().max(80)).max(20).default([]),
  repeatMs: spacedMs.optional(),
  enabled: z.boolean().default(true),
};
const key = z.string().min(1).max(400);
const limit = { above: z.number().optional(), below: z.number().optional(), hysteresis: z.number().min(0).default(0) };

/** A rule as pages and files write it. */
export const ruleSchema = z.discriminatedUnion("kind", [
  z.strictObject({ ...common, kind: z.literal("stale"), source: key, afterMs: ms.optional() }),
  z.strictObject({
    ...common,
    kind: z.literal("thinning"),
    of: key,
    overMs: spacedMs.default(3_600_000),
    fewerThan: z.number().int().min(1).default(300),
  }),
  z.strictObject({ ...common, kind: z.literal("threshold"), series: key, ...limit, forMs: ms.default(0) }),
  z.strictObject({
    ...common,
    kind: z.literal("demand"),
    plant: key,
    targetKw: z.number().positive().optional(),
    notBeforeMs: ms.default(180_000),
    leadMs: ms.default(120_000),
    hysteresisKw: z.number().min(0).default(0),
  }),
  z.strictObject({ ...common, kind: z.literal("price"), series: key, ...limit }),
  z.strictObject({ ...common, kind: z.literal("job"), job: key }),
  z.strictObject({
    ...common,
    kind: z.literal("meter"),
    meter: key.describe("id of a meter, or * for each by itself"),
    watch: z.enum(["leak", "implausible", "due", "calibration"]),
    withinDays: z.number().int().min(1).max(3_660).default(365).describe("a calibration is told so many days before it ends"),
  }),
]);
export type AlertRule = z.infer<typeof ruleSchema>;

export const ruleInfoSchema = z.object({
  rule: ruleSchema,
  /** `file` and `built-in` rules are read-only; a built-in one can be muted. */
  from: z.enum(["file", "page", "built-in"]),
  declared: z.object({ file: z.string(), line: z.number() }).nullable(),
  /** In words: "when Electricity meter says nothing for 10 minutes". */
  sentence: z.string(),
  /** What it sees now, by subject. */
  standing: z.array(
    z.object({ subject: z.string(), title: z.string(), standing: z.enum(["clear", "pending", "firing"]), value: figure, unit: z.string() }),
  ),
  mutedUntilMs: instantMs.nullable(),
});
export type AlertRuleInfo = z.infer<typeof ruleInfoSchema>;

const channelSchema = z.object({
  name: z.string(),
  kind: z.enum(["telegram", "mail", "ntfy", "webhook", "mqtt"]),
  /** Where it goes, without any secret: "chat 1234", "ops@example.org". */
  target: z.string(),
  /** Whether it answered when asked at start; null while it was not asked. */
  works: z.boolean().nullable(),
  problem: z.string().nullable(),
  lastSentMs: instantMs.nullable(),
});
export type AlertChannel = z.infer<typeof channelSchema>;

/** GET /alerts/rules */
export const alertRulesSchema = z.object({ nowMs: instantMs, rules: z.array(ruleInfoSchema), channels: z.array(channelSchema) });
export type AlertRulesAnswer = z.infer<typeof alertRulesSchema>;

/** POST /alerts/:id/acknowledge, and DELETE to take it back; both answer the alert. */
export const alertParamsSchema = z.object({ id: z.coerce.number().int() });
/** PUT /alerts/rules/:rule makes or changes one of the page's rules and answers it; DELETE /alerts/rules/:rule takes it away and answers it, so that it can be put back. */
export const ruleParamsSchema = z.object({ rule: z.string().max(80) });
/** DELETE /alerts/rules/:rule */
export const removedRuleSchema = z.object({ rule: ruleSchema });
export const channelParamsSchema = z.object({ channel: z.string().max(80) });
/** POST /alerts/rules/:rule/mute; null ends it. Answers the rule. */
export const muteSchema = z.object({ untilMs: instantMs.nullable() });
/** POST /alerts/channels/:channel/test */
export const channelTestSchema = z.object({ sent: z.boolean(), sentence: z.string() });
export type ChannelTestAnswer = z.infer<typeof channelTestSchema>;
