import type { FastifyReply, FastifyRequest } from "fastify";
import { type Identity, whoOf } from "#api/access.ts";
import { ApiError } from "#api/errors.ts";
import { beginPairing, openPairing, pairingPath } from "#api/pairing.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps } from "#api/route-kit.ts";
import { SESSION_COOKIE } from "#api/session.ts";
import { makeToken } from "#api/tokens.ts";
import {
  newPairingSchema,
  newTokenBodySchema,
  newTokenSchema,
  pairingSchema,
  sessionSchema,
  signInBodySchema,
  tokenParamsSchema,
  tokenSchema,
  tokensSchema,
} from "#contract/access.ts";
import type { StoredToken } from "#store/records.ts";

const TOKEN = { id: "6f1d2c3b4a59", name: "wall display", role: "viewer" as const, createdMs: 1_763_600_000_000 };
const MINUTE_MS = 60_000;
const DEFAULT_SIGN_INS = 10;

/** Who asks, and the tokens by which others may. */
export function accessRoutes(app: Api, deps: RouteDeps): void {
  sessionRoutes(app, deps);
  tokenRoutes(app, deps);
  pairingRoutes(app, deps);
}

function sessionRoutes(app: Api, deps: RouteDeps): void {
  const signIns = { max: deps.config.signInsPerMinute ?? DEFAULT_SIGN_INS, timeWindow: MINUTE_MS };
  const pairing = openPairing(deps);
  const path = deps.config.basePath === "" ? "/" : deps.config.basePath;
  const cookie = (request: FastifyRequest) => ({ path, httpOnly: true, sameSite: "strict" as const, secure: request.protocol === "https" });

  app.get("/session", {
    config: { policy: "open" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Who am I",
      security: [],
      description:
        "The role of whoever asks, and how it was given: by a token, a sign-in, this machine, or a network range that needs none.",
      tags: ["access"],
      response: answers(sessionSchema, { role: "viewer", name: "wall display", via: "cookie" }),
    },
    handler: async (request) => sessionAnswer(await deps.access.identify(request)),
  });

  app.post("/session", {
    config: { policy: "open", rateLimit: signIns },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Sign in",
      security: [],
      description:
        "Trades a token, or the code of a pairing link, for a cookie that scripts cannot read. It ends with the token, with signing out, or " +
        "after 90 days. A code makes a token of its own for the browser, so that it can be revoked alone.",
      tags: ["access"],
      body: signInBodySchema,
      response: answers(sessionSchema, { role: "viewer", name: "wall display", via: "cookie" }),
    },
    handler: async (request, reply) => {
      const { body } = request;
      const token = "token" in body ? await deps.access.tokenOf(body.token) : await pairing.take(body.pairingCode, body.device);
      if (!token) throw new ApiError("token" in body ? "token-unknown" : "pairing-unknown");
      const { value, expiresMs } = deps.sessions.begin(token.id);
      reply.setCookie(SESSION_COOKIE, value, { ...cookie(request), expires: new Date(Math.min(expiresMs, token.expiresMs ?? expiresMs)) });
      return { role: token.role, name: token.name, via: "cookie" as const };
    },
  });

  app.delete("/session", {
    config: { policy: "open" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Sign out",
      security: [],
      description: "Ends the session of this browser everywhere at once.",
      tags: ["access"],
      response: answers(sessionSchema, { role: null, name: null, via: null }),
    },
    handler: async (request, reply: FastifyReply) => {
      const session = (await deps.access.identify(request))?.session;
      if (session) {
        await deps.sessions.end(session);
        await deps.live.recheck();
      }
      reply.clearCookie(SESSION_COOKIE, cookie(request));
      return sessionAnswer(undefined);
    },
  });
}

function tokenRoutes(app: Api, deps: RouteDeps): void {
  app.get("/tokens", {
    config: { policy: "admin" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Tokens",
      description: "Every token ever made, without its secret, which is not stored.",
      tags: ["access"],
      response: answers(tokensSchema, { tokens: [TOKEN] }),
    },
    handler: async () => ({ tokens: (await deps.store.tokens()).map(tokenInfo) }),
  });

  app.post("/tokens", {
    config: { policy: "admin" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Make a token",
      description: "The answer holds the secret; it is shown this once. A device's token has the role `ingest`, which can read nothing.",
      tags: ["access"],
      body: newTokenBodySchema,
      response: answers(newTokenSchema, { ...TOKEN, secret: "wk_the-secret-is-shown-once" }),
    },
    handler: async (request) => {
      const { secret, token } = makeToken(request.body, deps.nowMs(), deps.random);
      await deps.store.saveToken(token);
      deps.logger.info({ token: token.id, role: token.role, who: whoOf(request.identity) }, "A token was made");
      return { ...tokenInfo(token), secret };
    },
  });

  app.delete("/tokens/:id", {
    config: { policy: "admin" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Revoke a token",
      description: "It counts no more, at once: sessions and live connections that came by it end.",
      tags: ["access"],
      params: tokenParamsSchema,
      response: answers(tokenSchema, { ...TOKEN, revokedMs: 1_763_600_060_000 }),
    },
    handler: async (request) => {
      const token = (await deps.store.tokens()).find((one) => one.id === request.params.id);
      if (!token) throw new ApiError("unknown-token");
      if (token.revokedMs !== undefined) return tokenInfo(token);
      const revoked = { ...token, revokedMs: deps.nowMs() };
      await deps.store.saveToken(revoked);
      await deps.live.recheck();
      deps.logger.info({ token: token.id, who: whoOf(request.identity) }, "A token was revoked");
      return tokenInfo(revoked);
    },
  });
}

function pairingRoutes(app: Api, deps: RouteDeps): void {
  app.post("/pairings", {
    config: { policy: "admin" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Invite a browser",
      description: "Makes a link that signs one browser in, once, within minutes. It carries its code in the fragment.",
      tags: ["access"],
      body: newPairingSchema,
      response: answers(pairingSchema, { code: "K7QF-2MZP-XW4D-H3RN", path: "#pair=K7QF-2MZP-XW4D-H3RN", expiresMs: 1_763_600_900_000 }),
    },
    handler: async (request) => {
      const { code, expiresMs } = await beginPairing(deps, request.body);
      deps.logger.info({ role: request.body.role, who: whoOf(request.identity) }, "A pairing link was made");
      return { code, path: pairingPath(code), expiresMs };
    },
  });
}

function sessionAnswer(identity: Identity | undefined) {
  return identity ? { role: identity.role, name: identity.name, via: identity.via } : { role: null, name: null, via: null };
}

function tokenInfo(token: StoredToken) {
  const { sha256: _, ...shown } = token;
  return shown;
}
