import { z } from "zod";
import { buildingParamsSchema } from "./building.ts";
import { equipmentId, evidenceSchema } from "./building-parts.ts";
import { editSchema } from "./edits.ts";
import { figure, instantMs } from "./plant-parts.ts";

const pointGuessSchema = z.object({
  point: z.string().describe("id of the point within the site"),
  name: z.string(),
  station: z.string(),
  path: z.string().describe("the name as its station writes it; empty where nobody said"),
  tags: z.array(z.string()),
  series: z.array(z.object({ key: z.string(), unit: z.string(), quantity: z.string(), source: z.string() })),
  equipment: equipmentId.nullable(),
  equipmentName: z.string().nullable(),
  equipmentEvidence: evidenceSchema.nullable(),
  role: z.string().nullable(),
  roleEvidence: evidenceSchema.nullable(),
  others: z.array(z.object({ role: z.string(), evidence: evidenceSchema })),
  shadowedBy: z.string().nullable().describe("why another point has its role, in words"),
  collidesWith: z.array(z.string()).describe("points whose names differ and give the same key"),
  decision: z
    .object({
      role: z.string().nullable(),
      equipment: z.string().nullable(),
      from: z.enum(["file", "page"]),
      who: z.string().nullable(),
      factId: z.number().nullable().describe("for taking it back"),
    })
    .nullable(),
  lastMs: instantMs.nullable(),
});
export type PointGuessAnswer = z.infer<typeof pointGuessSchema>;

/** GET /buildings/:site/points */
export const buildingPointsSchema = z.object({
  nowMs: instantMs,
  site: z.string(),
  roles: z.array(z.object({ id: z.string(), label: z.string() })).describe("that a point can have"),
  equipment: z.array(z.object({ id: equipmentId, name: z.string(), type: z.string() })),
  points: z.array(pointGuessSchema),
});
export type BuildingPointsAnswer = z.infer<typeof buildingPointsSchema>;

/** PUT /buildings/:site/points/:point: what a person decided; taken back by DELETE /buildings/:site/facts/:fact */
export const pointDecisionSchema = z.strictObject({
  role: z.string().max(60).nullable().optional().describe("`none` where it has none; left out or null: as guessed"),
  equipment: z.string().trim().max(200).nullable().optional().describe("id or a new name; left out or null: as guessed"),
});
export type PointDecision = z.infer<typeof pointDecisionSchema>;

/** PUT /buildings/:site/equipment/:id */
export const equipmentDecisionSchema = z.strictObject({
  servedBy: equipmentId.nullable().optional(),
  name: z.string().trim().min(1).max(120).nullable().optional(),
  floor: z.string().trim().max(60).nullable().optional(),
});

export const buildingPointParamsSchema = buildingParamsSchema.extend({ point: z.string().max(400).describe("id of the point") });

/** DELETE /buildings/:site/facts/:fact: what a page said of a point or of equipment, taken back. */
export const buildingFactParamsSchema = buildingParamsSchema.extend({ fact: z.coerce.number().int().min(0) });
/** What a page said, as every dated edit is told. */
export const buildingFactSchema = editSchema;
export type BuildingFact = z.infer<typeof buildingFactSchema>;

/** GET /buildings/:site/overrides */
export const overridesSchema = z.object({
  nowMs: instantMs,
  site: z.string(),
  sentence: z.string(),
  overrides: z
    .array(
      z.object({
        equipment: equipmentId.nullable(),
        equipmentName: z.string().nullable(),
        point: z.string(),
        name: z.string(),
        sinceMs: instantMs,
        sinceOrBefore: z.boolean().describe("the first sample known was overridden already"),
        untilMs: instantMs.nullable().describe("null while it lasts"),
        value: figure,
        text: z.string(),
        unit: z.string(),
        status: z.string(),
      }),
    )
    .describe("those that last first, the longest first"),
});
export type OverridesAnswer = z.infer<typeof overridesSchema>;

/** GET /buildings/:site/stopped */
export const stoppedSchema = z.object({
  nowMs: instantMs,
  site: z.string(),
  sentence: z.string(),
  found: z.number(),
  mapped: z.number(),
  stopped: z.array(
    z.object({
      equipment: equipmentId.nullable(),
      equipmentName: z.string().nullable(),
      role: z.string().nullable(),
      point: z.string(),
      name: z.string(),
      series: z.string(),
      lastMs: instantMs.nullable(),
      usualMs: figure.describe("usual distance of its samples"),
      why: z.enum(["silent", "station-silent", "flat", "sentinel", "bad-status", "never-spoke"]),
      sentence: z.string(),
    }),
  ),
});
export type StoppedAnswer = z.infer<typeof stoppedSchema>;
