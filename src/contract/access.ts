import { z } from "zod";

const roleSchema = z.enum(["viewer", "operator", "billing", "admin", "ingest"]);
export type RoleName = z.infer<typeof roleSchema>;

export const sessionSchema = z.object({
  role: roleSchema.nullable().describe("null when nobody is signed in and the page is not open to everyone"),
  name: z.string().nullable(),
  via: z.enum(["loopback", "anonymous", "cookie", "token"]).nullable(),
});
export type SessionAnswer = z.infer<typeof sessionSchema>;
export const signInBodySchema = z.union([
  z.strictObject({ token: z.string().min(8).max(200) }),
  z.strictObject({
    pairingCode: z.string().min(8).max(40).describe("of a pairing link; it counts once"),
    device: z.string().trim().min(1).max(60).describe("what this browser is called in the list of tokens"),
  }),
]);

/** POST /pairings */
export const newPairingSchema = z.strictObject({
  role: z.enum(["viewer", "operator", "billing", "admin"]).default("viewer"),
  minutes: z.number().int().min(1).max(1_440).default(15),
});
export const pairingSchema = z.object({
  code: z.string().describe("shown once, stored as a hash"),
  path: z.string().describe("to put behind the server's address; the code is in the fragment, which no server or log sees"),
  expiresMs: z.number(),
});
export type PairingAnswer = z.infer<typeof pairingSchema>;

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
