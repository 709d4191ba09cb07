import type { FastifyRequest } from "fastify";
import type { StoredToken } from "#store/records.ts";
import { counts, hashToken, sameHash } from "./tokens.ts";

/** The id under which the one token of the old dashboard is known, whatever its secret looks like. */
export const OLD_TOKEN_ID = "old-dashboard";

declare module "fastify" {
  interface FastifyContextConfig {
    /** A route of the old dashboard: a token may come as `X-Auth-Token`, and under `url` also as `?token=`. */
    oldToken?: "header" | "url";
  }
}

/** The secret a request sends as the old dashboard's readers do. Missing: undefined where its route knows no such thing. */
export function oldSecretOf(request: FastifyRequest): string | undefined {
  const oldToken = request.routeOptions.config?.oldToken;
  if (oldToken === undefined) return undefined;
  const header = request.headers["x-auth-token"];
  if (typeof header === "string" && header !== "") return header;
  const asked = (request.query as Record<string, unknown> | undefined)?.["token"];
  return oldToken === "url" && typeof asked === "string" && asked !== "" ? asked : undefined;
}

/** Missing: undefined for a secret that is not the old one, or no longer counts. */
export function findOldToken(tokens: readonly StoredToken[], secret: string, nowMs: number): StoredToken | undefined {
  const token = tokens.find((one) => one.id === OLD_TOKEN_ID);
  return token !== undefined && counts(token, nowMs) && isSecretOf(token, secret) ? token : undefined;
}

/** What is stored of the old dashboard's token: it may look, and nothing else. */
export function oldToken(secret: string, createdMs: number): StoredToken {
  return { id: OLD_TOKEN_ID, name: "token of the old dashboard", role: "viewer", sha256: hashToken(secret), createdMs };
}

/** Whether a token was made of this secret. */
export function isSecretOf(token: StoredToken, secret: string): boolean {
  return sameHash(token.sha256, hashToken(secret));
}
