import { z } from "zod";
import { equipmentId } from "./building-parts.ts";
import { figure, instantMs, spanSchema } from "./plant-parts.ts";

/** GET /buildings/:site/peak */
export const peakQuerySchema = z.object({
  of: z.string().max(400).optional().describe("site/point with power or energy; left out: the site's own, else the plant's"),
  from: z.string().max(40).optional().describe("left out with `to`: the highest quarter-hour of the last 30 days"),
  to: z.string().max(40).optional(),
});

const moverSchema = z.object({
  series: z.string(),
  point: z.string(),
  name: z.string(),
  equipment: equipmentId.nullable(),
  equipmentName: z.string().nullable(),
  role: z.string().nullable(),
  unit: z.string(),
  value: figure,
  usual: figure.describe("median of the similar days at the same time"),
  low: figure,
  high: figure,
  score: figure.describe("robust deviations, signed"),
  sharePct: figure.describe("of what was above usual at the whole; null where it is no power"),
  sentence: z.string(),
});
export type PeakMoverInfo = z.infer<typeof moverSchema>;

export const peakAnswerSchema = z.object({
  nowMs: instantMs,
  site: z.string(),
  timeZone: z.string(),
  range: spanSchema,
  of: z.object({ point: z.string(), name: z.string(), valueKw: figure, usualKw: figure }),
  choices: z.array(z.object({ point: z.string(), name: z.string() })).describe("points whose peaks can be asked about"),
  peaks: z.array(z.object({ fromMs: instantMs, toMs: instantMs, kw: z.number() })).describe("the highest of the last 30 days, one a day"),
  sentence: z.string(),
  outdoor: z.object({ value: z.number(), unit: z.string() }).nullable(),
  similarDays: z.array(z.object({ date: z.string(), outdoor: figure, kw: figure })),
  method: z.string(),
  movers: z.array(moverSchema).describe("the most unusual first"),
  comfort: z.object({
    withinPct: figure,
    usualWithinPct: figure,
    zonesOutside: z.array(equipmentId),
    zoneNames: z.array(z.string()).describe("of `zonesOutside`, in their order"),
  }),
  curve: z
    .array(z.object({ tMs: instantMs, kw: figure, usual: figure, low: figure, high: figure }))
    .describe("the local day by quarter-hours, beside median and quartiles of the days alike at the same time"),
});
export type PeakAnswerInfo = z.infer<typeof peakAnswerSchema>;
