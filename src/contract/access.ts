import { z } from "zod";

const roleSchema = z.enum(["viewer", "operator", "billing", "admin", "ingest"]);
export type RoleName = z.infer<typeof roleSchema>;

export const sessionSchema = z.object({
  role: roleSchema.nullable().describe("null when nobody is signed in and the page is not open to everyone"),
  name: z.string().nullable(),
  via: z.enum(["loopback", "anonymous", "cookie", "token"]).nullable(),
});
export type SessionAnswer = z.infer<typeof sessionSchema>;
export const signInBodySchema = z.strictObject({ token: z.string().min(8).max(200) });

export const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  publishPrefix: z.string().optional(),
  createdMs: z.number(),
  expiresMs: z.number().optional(),
  revokedMs: z.number().optional(),
});
export type TokenInfo = z.infer<typeof tokenSchema>;
export const tokensSchema = z.object({ tokens: z.array(tokenSchema) });
export const newTokenBodySchema = z.strictObject({
  name: z.string().min(1).max(100),
  role: roleSchema,
  publishPrefix: z.string().min(1).max(200).optional(),
  days: z.number().int().min(1).max(3650).optional(),
});
export const newTokenSchema = tokenSchema.extend({ secret: z.string().describe("shown once, stored as a hash") });
export type NewTokenAnswer = z.infer<typeof newTokenSchema>;

/** DELETE /tokens/:id */
export const tokenParamsSchema = z.object({ id: z.string().max(100) });
