import { z } from "zod";
import { figure, instantMs } from "./plant-parts.ts";

export const ZONE_STANDINGS = ["inside", "above", "below", "no-setpoint", "flat", "bad", "silent"] as const;
export const FINDING_SEVERITIES = ["critical", "warning", "note"] as const;

/** Names of `buildings/role.ts`; a page shows those it does not know as they are. */
const roleName = z.string();
export const equipmentId = z.string().max(200).describe("id of the equipment: type and numbers, `vav-1-01`");

export const evidenceSchema = z.object({
  rule: z.string().describe("name of the rule; `page` or `file` where a person said so"),
  sentence: z.string(),
  confidence: z.number().describe("0..1"),
});
export type EvidenceAnswer = z.infer<typeof evidenceSchema>;

export const equipmentSchema = z.object({
  id: equipmentId,
  name: z.string(),
  type: z.string(),
  root: z.string().describe("spelling of the older system"),
  station: z.string(),
  floor: z.string(),
  servedBy: z.string().nullable().describe("id of the air handler; null where nobody knows"),
  servedEvidence: evidenceSchema.nullable(),
  demo: z.boolean(),
});
export type EquipmentInfo = z.infer<typeof equipmentSchema>;

export const pointNowSchema = z.object({
  role: roleName,
  point: z.string(),
  series: z.string(),
  value: figure,
  text: z.string().describe("text of a state; empty for numbers"),
  unit: z.string(),
  tMs: instantMs.nullable(),
  status: z.string().describe("the sender's text, as it was sent"),
  bad: z.boolean(),
  overridden: z.boolean(),
});
export type PointNowAnswer = z.infer<typeof pointNowSchema>;

export const comfortSchema = z.object({
  samples: z.number(),
  withinPct: figure.describe("percent of samples"),
  withinTimePct: figure.describe("percent of time"),
  meanError: figure.describe("signed distance from the setpoint, or from the middle of the two"),
  judgedMs: z.number(),
  tooWarmMs: z.number(),
  tooColdMs: z.number(),
  discomfortDegreeHours: figure,
  unit: z.string(),
  by: z.enum(["two-setpoints", "one-setpoint", "none"]),
  notJudged: z.array(z.object({ why: z.enum(["warm-up", "air-handler-off", "no-value", "no-setpoint"]), ms: z.number() })),
});
export type ComfortInfo = z.infer<typeof comfortSchema>;

export const airflowSchema = z.object({
  samples: z.number(),
  withinPct: figure,
  meanError: figure.describe("mean of airflow less setpoint, signed, in `unit`"),
  meanErrorPct: figure.describe("mean distance from the setpoint in percent of it, unsigned; samples whose setpoint is 0 are left out"),
  unit: z.string(),
  tolerance: z.object({ percent: z.number(), absolute: figure }),
});
export type AirflowInfo = z.infer<typeof airflowSchema>;

export const findingSchema = z.object({
  rule: z.string(),
  severity: z.enum(FINDING_SEVERITIES),
  equipment: equipmentId,
  equipmentName: z.string(),
  point: z.string().nullable(),
  sinceMs: instantMs.nullable(),
  sinceOrBefore: z.boolean().describe("it was so in all that was judged: it may have begun before"),
  sharePct: figure,
  sentence: z.string(),
  source: z.string().describe("where the rule comes from"),
});
export type FindingInfo = z.infer<typeof findingSchema>;

export const healthSchema = z.object({
  variant: z.enum(["seed", "later"]),
  score: figure.describe("0 to 100"),
  status: z.enum(["critical", "warning", "ok", "no-data"]),
  reasons: z.array(z.string()),
  parts: z.array(z.object({ name: z.string(), value: figure, weight: z.number() })),
});
export type HealthInfo = z.infer<typeof healthSchema>;

export const pairingSchema = z.object({
  role: roleName,
  series: z.string(),
  how: z.enum(["nearest", "carried", "interval"]),
  because: z.string(),
  unpaired: z.number(),
  excluded: z.array(z.object({ reason: z.string(), samples: z.number(), sentence: z.string() })),
});
export type PairingInfo = z.infer<typeof pairingSchema>;

export const occupancySchema = z.object({
  fromMinute: z.number(),
  toMinute: z.number(),
  weekdays: z.array(z.number()).describe("1 Monday to 7 Sunday"),
  warmUpMinutes: z.number(),
});

/** Columns of one role as they are drawn: what is not known is null. */
export const roleColumnSchema = z.object({
  role: roleName,
  series: z.string(),
  unit: z.string(),
  changeOfValue: z.boolean().describe("a value holds until the next: drawn as steps"),
  bucketMs: z.number().nullable().describe("each value is the mean (of steps: the last) of so long; null where every sample is told"),
  tMs: z.array(z.number()),
  value: z.array(figure),
});
export type RoleColumn = z.infer<typeof roleColumnSchema>;

export const plainSpan = z.object({ fromMs: instantMs, toMs: instantMs });
