import "@fastify/cookie";
import type { FastifyInstance, FastifyRequest, RouteOptions } from "fastify";
import type { SessionAnswer } from "#contract/access.ts";
import type { Role, StoredToken } from "#store/records.ts";
import type { Store } from "#store/store.ts";
import { inRange, isLoopback } from "./addresses.ts";
import type { ApiConfig } from "./deps.ts";
import { ApiError } from "./errors.ts";
import { findOldToken, oldSecretOf } from "./old-token.ts";
import { changes, saysLoopback } from "./origin.ts";
import { SESSION_COOKIE, type Session, type Sessions } from "./session.ts";
import { counts, findToken } from "./tokens.ts";

/** What a route asks for: `open` asks for nobody, the others for a role at least that high. */
export type Policy = "open" | "viewer" | "operator" | "billing" | "admin";

/** Who asks. */
export interface Identity {
  readonly role: Role;
  readonly name: string;
  readonly via: NonNullable<SessionAnswer["via"]>;
  readonly tokenId?: string;
  readonly session?: Session;
}

declare module "fastify" {
  interface FastifyContextConfig {
    policy?: Policy;
  }
  interface FastifyRequest {
    identity: Identity | undefined;
  }
}

/** Higher may do what lower may. A device's `ingest` token may read nothing. */
const HEIGHT: Readonly<Record<Role, number>> = { ingest: 0, viewer: 1, operator: 2, billing: 3, admin: 4 };

/** Whether a role satisfies a policy. */
export function allows(policy: Policy, role: Role | undefined): boolean {
  if (policy === "open") return true;
  return role !== undefined && HEIGHT[role] >= HEIGHT[policy];
}

export interface Access {
  /** Who asks. Errors: token-unknown where a token was sent and does not count. */
  identify(request: FastifyRequest): Promise<Identity | undefined>;
  /** Whether someone who was let in before still may; asked again for long connections. */
  stillCounts(identity: Identity): Promise<boolean>;
  tokenOf(secret: string): Promise<StoredToken | undefined>;
}

interface AccessDeps {
  readonly store: Pick<Store, "tokens">;
  readonly config: Pick<ApiConfig, "anonymous" | "loopbackOpen" | "trustProxy" | "kyz">;
  readonly sessions: Sessions;
  readonly nowMs: () => number;
}

/** Finds out who asks: a token, a signed-in browser, this machine, or a network range that needs none, in this order. */
export function openAccess(deps: AccessDeps): Access {
  const rules = deps.config.anonymous
    .map((rule) => ({ role: rule.role, covers: inRange(rule.from) }))
    .toSorted((a, b) => HEIGHT[b.role] - HEIGHT[a.role]);
  const byId = async (id: string): Promise<StoredToken | undefined> => {
    const token = (await deps.store.tokens()).find((one) => one.id === id);
    return token && counts(token, deps.nowMs()) ? token : undefined;
  };
  const tokenOf = async (secret: string): Promise<StoredToken | undefined> => findToken(await deps.store.tokens(), secret, deps.nowMs());

  const bySession = async (request: FastifyRequest): Promise<Identity | undefined> => {
    const cookie = request.cookies[SESSION_COOKIE];
    const session = cookie === undefined ? undefined : deps.sessions.read(cookie);
    const token = session && (await byId(session.tokenId));
    // A browser names the page's origin whenever it changes something; a cookie without one is not a browser's own doing.
    if (!session || !token || (changes(request) && request.headers.origin === undefined)) return undefined;
    return { role: token.role, name: token.name, via: "cookie", tokenId: token.id, session };
  };

  const byAddress = (request: FastifyRequest): Identity | undefined => {
    if (!addressIsTheirs(request, deps.config.trustProxy !== false)) return undefined;
    if (deps.config.loopbackOpen && isThisMachine(request, deps.config.trustProxy !== false)) {
      return { role: "admin", name: "this machine", via: "loopback" };
    }
    const rule = rules.find((one) => one.covers(request.ip));
    return rule && { role: rule.role, name: "anonymous", via: "anonymous" };
  };

  /** The old dashboard's own token, or one of ours where its readers send it. */
  const byOldToken = async (secret: string): Promise<Identity> => {
    const token = (await tokenOf(secret)) ?? findOldToken(await deps.store.tokens(), secret, deps.nowMs());
    if (!token) throw new ApiError("token-unknown");
    return { role: token.role, name: token.name, via: "token", tokenId: token.id };
  };

  /** Where the old dashboard had a token, its routes let nobody in for their address. */
  const tokenAlone = (request: FastifyRequest): boolean =>
    deps.config.kyz?.tokenNeeded === true && request.routeOptions.config?.oldToken !== undefined;

  return {
    tokenOf,
    async identify(request) {
      const old = oldSecretOf(request);
      if (old !== undefined) return byOldToken(old);
      const secret = bearer(request.headers.authorization);
      if (secret === undefined) return (await bySession(request)) ?? (tokenAlone(request) ? undefined : byAddress(request));
      const token = await tokenOf(secret);
      if (!token) throw new ApiError("token-unknown");
      return { role: token.role, name: token.name, via: "token", tokenId: token.id };
    },
    async stillCounts(identity) {
      if (identity.tokenId === undefined) return true;
      const token = await byId(identity.tokenId);
      return token !== undefined && token.role === identity.role && (identity.session === undefined || isOpen(identity.session));
    },
  };

  function isOpen(session: Session): boolean {
    return deps.nowMs() < session.expiresMs && !deps.sessions.hasEnded(session);
  }
}

/** Errors: sign-in-needed for nobody, forbidden for a role that is too low. */
export function demand(policy: Policy, identity: Identity | undefined): void {
  if (allows(policy, identity?.role)) return;
  if (!identity) throw new ApiError("sign-in-needed");
  throw new ApiError("forbidden", { role: identity.role, needed: policy });
}

/** Who made a change, as it is written down. */
export function whoOf(identity: Identity | undefined): string {
  return identity ? `${identity.name} (${identity.via})` : "nobody";
}

/** Routes without a policy are a bug: the app does not start with one. */
export function demandPolicies(app: FastifyInstance): void {
  const routes: RouteOptions[] = [];
  app.addHook("onRoute", (route) => {
    routes.push(route);
  });
  // Asked at the end: the routes of a plugin get their policy from a hook around it, after this one.
  app.addHook("onReady", async () => {
    const bare = routes.filter((route) => route.config?.policy === undefined).map((route) => `${String(route.method)} ${route.url}`);
    if (bare.length > 0) throw new Error(`Routes without a policy: ${bare.join(", ")}`);
  });
}

const FORWARDING = ["x-forwarded-for", "x-forwarded-host", "forwarded", "x-real-ip", "via"] as const;

/** Behind a proxy nobody configured, every reader seems to be the proxy: then the address says nothing about them. */
function addressIsTheirs(request: FastifyRequest, proxyTrusted: boolean): boolean {
  return proxyTrusted || FORWARDING.every((name) => request.headers[name] === undefined);
}

function isThisMachine(request: FastifyRequest, proxyTrusted: boolean): boolean {
  // With a proxy configured, a loopback request that says nothing of its sender may be anybody's.
  if (proxyTrusted && request.headers["x-forwarded-for"] === undefined) return false;
  return isLoopback(request.ip) && isLoopback(request.raw.socket.remoteAddress ?? "") && saysLoopback(request);
}

function bearer(header: string | undefined): string | undefined {
  const match = header === undefined ? null : /^Bearer +(\S{1,200})$/i.exec(header);
  if (match) return match[1];
  return header === undefined ? undefined : "";
}
