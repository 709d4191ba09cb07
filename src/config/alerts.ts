import { z } from "zod";
import { CALIBRATION_DAYS } from "#alerts/built-in.ts";
import { METER_WATCHES, type Rule, SEVERITIES } from "#alerts/rule.ts";
import type { Declared } from "#sites/registry.ts";
import { type ChannelConfig, channelOf, channelSchema } from "./channels.ts";
import type { Place } from "./place.ts";
import { duration } from "./values.ts";

/** A rule of the file. */
export interface RuleConfig {
  readonly rule: Rule;
  readonly declared?: Declared;
}

/** What is watched, and who is told. */
export interface AlertsConfig {
  readonly channels: readonly ChannelConfig[];
  readonly rules: readonly RuleConfig[];
  /** How often the rules look. */
  readonly checkSeconds: number;
  /** A home that sends fewer in an hour is thinning: the built-in rule. 0 turns it off. */
  readonly readingsPerHour: number;
  readonly declared?: Declared;
}

const DEFAULTS = { checkSeconds: 15, readingsPerHour: 300, severity: "warning" } as const;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const RULE_DEFAULTS = { overMs: 60 * MINUTE_MS, fewerThan: 300, notBeforeMs: 3 * MINUTE_MS, leadMs: 2 * MINUTE_MS } as const;

/** Longer makes no alert, and the answers of the API hold no more. */
const lasting = duration.refine((ms) => ms <= 365 * DAY_MS, "is longer than a year; write at most 365d");
/** Shorter than a minute would be a message at every look. */
const spaced = lasting.refine((ms) => ms >= MINUTE_MS, "is shorter than a minute; write 1m or more");

const common = {
  id: z
    .string()
    .max(80)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "expected small letters and digits with hyphens between, like meter-silent"),
  name: z.string().min(1).max(120).optional(),
  severity: z.enum(SEVERITIES).optional(),
  channels: z.array(z.string().max(80)).max(20).optional(),
  repeat: spaced.optional(),
  enabled: z.boolean().optional(),
};
const key = z.string().min(1).max(400);
const limit = { above: z.number().optional(), below: z.number().optional(), hysteresis: z.number().min(0).optional() };
const limited = {
  check: (body: { readonly above?: number | undefined; readonly below?: number | undefined }) =>
    body.above !== undefined || body.below !== undefined,
  message: "says no limit; add above or below",
};

const between = {
  check: ({ above, below }: { readonly above?: number | undefined; readonly below?: number | undefined }) =>
    above === undefined || below === undefined || below < above,
  message: "is beyond its limits whatever the value; below has to be less than above",
};

const stale = z.strictObject({ ...common, kind: z.literal("stale"), source: key, after: lasting.optional() });
const thinning = z.strictObject({
  ...common,
  kind: z.literal("thinning"),
  of: key,
  over: spaced.optional(),
  fewerThan: z.int().min(1).optional(),
});
const threshold = z
  .strictObject({ ...common, kind: z.literal("threshold"), series: key, ...limit, for: lasting.optional() })
  .refine(limited.check, limited.message)
  .refine(between.check, between.message);
const demand = z.strictObject({
  ...common,
  kind: z.literal("demand"),
  plant: key,
  targetKw: z.number().positive().optional(),
  notBefore: lasting.optional(),
  lead: lasting.optional(),
  hysteresisKw: z.number().min(0).optional(),
});
const price = z
  .strictObject({ ...common, kind: z.literal("price"), series: key, ...limit })
  .refine(limited.check, limited.message)
  .refine(between.check, between.message);
const job = z.strictObject({ ...common, kind: z.literal("job"), job: key });
const meter = z.strictObject({
  ...common,
  kind: z.literal("meter"),
  meter: key,
  watch: z.enum(METER_WATCHES),
  withinDays: z.int().min(1).max(3_660).optional(),
});

const ruleSchema = z.discriminatedUnion("kind", [stale, thinning, threshold, demand, price, job, meter]);
type RuleBody = z.infer<typeof ruleSchema>;

export const alertsSchema = z.strictObject({
  channels: z.record(z.string(), channelSchema).optional(),
  rules: z.array(ruleSchema).max(500).optional(),
  checkSeconds: z.int().min(1).max(3_600).optional(),
  readingsPerHour: z.int().min(0).max(100_000).optional(),
});

/** Alerts with their defaults filled in. */
export function alertsOf(content: z.infer<typeof alertsSchema> | undefined, place: Place): AlertsConfig {
  const channels = Object.entries(content?.channels ?? {}).map(([name, body]) => channelOf(name, body, place));
  const every = channels.map(({ name }) => name);
  return {
    channels,
    rules: (content?.rules ?? []).map((body, i) => ({
      rule: ruleOf({ ...body, channels: body.channels ?? every }, place),
      declared: place.of(["alerts", "rules", i]),
    })),
    checkSeconds: content?.checkSeconds ?? DEFAULTS.checkSeconds,
    readingsPerHour: content?.readingsPerHour ?? DEFAULTS.readingsPerHour,
    ...(content === undefined ? {} : { declared: place.of(["alerts"]) }),
  };
}

function ruleOf(body: RuleBody, place: Place): Rule {
  const any = {
    id: body.id,
    name: body.name ?? place.titled(body.id),
    severity: body.severity ?? DEFAULTS.severity,
    channels: body.channels ?? [],
    ...(body.repeat === undefined ? {} : { repeatMs: body.repeat }),
    enabled: body.enabled ?? true,
  };
  switch (body.kind) {
    case "stale":
      return { ...any, kind: body.kind, source: body.source, ...(body.after === undefined ? {} : { afterMs: body.after }) };
    case "thinning": {
      const { overMs, fewerThan } = RULE_DEFAULTS;
      return { ...any, kind: body.kind, of: body.of, overMs: body.over ?? overMs, fewerThan: body.fewerThan ?? fewerThan };
    }
    case "threshold":
      return { ...any, kind: body.kind, series: body.series, ...limitOf(body), forMs: body.for ?? 0 };
    case "demand":
      return {
        ...any,
        kind: body.kind,
        plant: body.plant,
        ...(body.targetKw === undefined ? {} : { targetKw: body.targetKw }),
        notBeforeMs: body.notBefore ?? RULE_DEFAULTS.notBeforeMs,
        leadMs: body.lead ?? RULE_DEFAULTS.leadMs,
        hysteresisKw: body.hysteresisKw ?? 0,
      };
    case "price":
      return { ...any, kind: body.kind, series: body.series, ...limitOf(body) };
    case "job":
      return { ...any, kind: body.kind, job: body.job };
    case "meter":
      return { ...any, kind: body.kind, meter: body.meter, watch: body.watch, withinDays: body.withinDays ?? CALIBRATION_DAYS };
  }
}

function limitOf(body: Extract<RuleBody, { kind: "threshold" | "price" }>): { above?: number; below?: number; hysteresis: number } {
  return {
    ...(body.above === undefined ? {} : { above: body.above }),
    ...(body.below === undefined ? {} : { below: body.below }),
    hysteresis: body.hysteresis ?? 0,
  };
}
