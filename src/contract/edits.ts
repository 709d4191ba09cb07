import { z } from "zod";

/** PATCH /sites/:site and PATCH /points/:site/:point. */
export const editBodySchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^\P{Cc}*$/u, "no control characters")
    .describe("what people call it"),
});

/** One change a person made on a page; the newest that is not undone counts. */
export const editSchema = z.object({
  id: z.number(),
  site: z.string(),
  point: z.string().describe("empty for an edit of the site itself"),
  name: z.string().describe("what was changed"),
  value: z.union([z.string(), z.number()]),
  fromMs: z.number(),
  who: z.string(),
  madeMs: z.number(),
  undoneMs: z.number().optional(),
});
/** GET /edits, newest first. */
export const editsSchema = z.object({ edits: z.array(editSchema) });

export const editsQuerySchema = z.object({ site: z.string().optional(), point: z.string().optional() });
export const siteParamsSchema = z.object({ site: z.string().max(200) });
export const pointParamsSchema = siteParamsSchema.extend({ point: z.string().max(200) });

/** POST /edits/:id/undo */
export const editParamsSchema = z.object({ id: z.coerce.number().int().min(0) });
