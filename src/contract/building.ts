import { z } from "zod";
import {
  airflowSchema,
  comfortSchema,
  equipmentId,
  equipmentSchema,
  findingSchema,
  healthSchema,
  occupancySchema,
  pairingSchema,
  plainSpan,
  pointNowSchema,
  roleColumnSchema,
  ZONE_STANDINGS,
} from "./building-parts.ts";
import { figure, instantMs, spanSchema } from "./plant-parts.ts";

/** GET /buildings */
export const buildingsSchema = z.object({
  nowMs: instantMs,
  buildings: z.array(
    z.object({
      site: z.string(),
      name: z.string(),
      zone: z.string(),
      currency: z.string(),
      occupancy: occupancySchema,
      band: z.number(),
      bandUnit: z.string(),
      zones: z.number(),
      airHandlers: z.number(),
      equipment: z.number(),
      points: z.number().describe("histories that were found"),
      mapped: z.number().describe("histories with equipment and role"),
      collisions: z.number(),
      demo: z.boolean(),
    }),
  ),
});
export type BuildingsAnswer = z.infer<typeof buildingsSchema>;

export const buildingParamsSchema = z.object({ site: z.string().max(200).describe("id of the site") });
export const buildingEquipmentParamsSchema = buildingParamsSchema.extend({ id: equipmentId });
export const buildingQuerySchema = z.object({
  from: z.string().max(40).optional().describe("left out: the local day so far"),
  to: z.string().max(40).optional(),
});

const zoneRowSchema = z.object({
  zone: equipmentSchema,
  airHandlerName: z.string().nullable(),
  standing: z.enum(ZONE_STANDINGS),
  outsideBy: figure.describe("how far outside its band, signed; 0 inside"),
  sinceMs: instantMs.nullable(),
  now: z.array(pointNowSchema),
  low: figure,
  high: figure,
  unit: z.string(),
  comfort: comfortSchema,
  lastComfortPct: figure.describe("percent of the last occupied hours, while the building is closed; null in them"),
  airflow: airflowSchema,
  health: healthSchema,
  findings: z.array(findingSchema).describe("the gravest first"),
  spark: z.object({
    fromMs: instantMs,
    stepMs: z.number(),
    value: z.array(figure),
    bands: z
      .array(z.object({ fromMs: instantMs, low: figure, high: figure }))
      .describe("what it was compared with, each until the next; null while unknown"),
  }),
});
export type ZoneRowAnswer = z.infer<typeof zoneRowSchema>;

const airHandlerSchema = z.object({
  equipment: equipmentSchema,
  zones: z.array(equipmentId),
  running: z.boolean().nullable(),
  now: z.array(pointNowSchema),
  comfortPct: figure,
  findings: z.array(findingSchema),
  starts: z.number(),
  runMs: figure,
});
export type AirHandlerAnswer = z.infer<typeof airHandlerSchema>;

/** GET /buildings/:site */
export const buildingSchema = z.object({
  nowMs: instantMs,
  site: z.string(),
  name: z.string(),
  zone: z.string().describe("IANA zone"),
  range: spanSchema,
  occupancy: occupancySchema,
  occupiedNow: z.boolean(),
  sentence: z.string(),
  newestMs: instantMs.nullable(),
  zones: z.array(zoneRowSchema).describe("worst first"),
  airHandlers: z.array(airHandlerSchema),
  comfortPct: figure,
  lastOpen: z
    .object({ fromMs: instantMs, toMs: instantMs, comfortPct: figure })
    .nullable()
    .describe("the last occupied hours of a building that is closed now, a day at most; null while it is in use"),
  counts: z.record(z.enum(ZONE_STANDINGS), z.number()),
  overrides: z.number(),
  stopped: z.number(),
  unmapped: z.number(),
  demo: z.boolean(),
});
export type BuildingAnswer = z.infer<typeof buildingSchema>;

/** GET /buildings/:site/zones/:id */
export const zoneDetailSchema = zoneRowSchema.extend({
  nowMs: instantMs,
  site: z.string(),
  timeZone: z.string(),
  range: spanSchema,
  columns: z.array(roleColumnSchema),
  occupied: z.array(plainSpan),
  warmUp: z.array(plainSpan),
  airHandlerRan: z.array(plainSpan).nullable().describe("null where nobody knows"),
  pairings: z.array(pairingSchema),
  occupancy: occupancySchema,
  method: z.array(z.string()).describe("how it was judged, a sentence each"),
});
export type ZoneDetailAnswer = z.infer<typeof zoneDetailSchema>;

/** GET /buildings/:site/equipment and /buildings/:site/equipment/:id */
export const equipmentListSchema = z.object({
  nowMs: instantMs,
  site: z.string(),
  equipment: z.array(
    z.object({
      equipment: equipmentSchema,
      zones: z.array(equipmentId).describe("that it serves"),
      now: z.array(pointNowSchema),
      findings: z.array(findingSchema),
    }),
  ),
});
export type EquipmentListAnswer = z.infer<typeof equipmentListSchema>;

/** GET /buildings/:site/findings */
export const findingsSchema = z.object({ nowMs: instantMs, range: spanSchema, findings: z.array(findingSchema) });
export type FindingsAnswer = z.infer<typeof findingsSchema>;
