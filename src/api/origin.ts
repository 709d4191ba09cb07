import { isIP } from "node:net";
import type { FastifyRequest } from "fastify";
import type { ApiConfig } from "./deps.ts";
import { ApiError } from "./errors.ts";
import { printable } from "./failing.ts";

const LOOPBACK_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);
const WILDCARDS = new Set(["0.0.0.0", "::", "[::]"]);
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses requests under a name that is not ours (DNS rebinding) and requests that a page of another site makes.
 * Errors:  host-not-allowed, origin-not-allowed, cross-site; all 403.
 */
export function checkOrigin(config: Pick<ApiConfig, "listenHost" | "publicHosts" | "allowedOrigins">): (request: FastifyRequest) => void {
  const names = new Set([
    ...LOOPBACK_NAMES,
    bracketed(config.listenHost.toLowerCase()),
    ...config.publicHosts.map((name) => name.toLowerCase()),
  ]);
  const origins = new Set(config.allowedOrigins.map((origin) => origin.toLowerCase().replace(/\/$/, "")));
  const anyAddress = WILDCARDS.has(config.listenHost);

  return (request) => {
    const host = hostOf(request);
    const name = withoutPort(host);
    // An IP literal cannot be rebound, so a server that listens everywhere answers to each.
    const known = names.has(name) || names.has(host) || (anyAddress && isIP(name.replace(/^\[|\]$/g, "")) !== 0);
    if (!known) throw new ApiError("host-not-allowed", { host: shown(host) });

    const origin = request.headers.origin?.toLowerCase();
    if (origin !== undefined && originHost(origin) !== host && !origins.has(origin)) {
      throw new ApiError("origin-not-allowed", { origin: shown(origin) });
    }
    if (origin === undefined && isCrossSite(request)) throw new ApiError("cross-site");
  };
}

/** Whether the request calls this server by a loopback name. */
export function saysLoopback(request: FastifyRequest): boolean {
  return LOOPBACK_NAMES.has(withoutPort(hostOf(request)));
}

/** Whether a request changes something, so that a browser's cookie alone is not enough. */
export function changes(request: FastifyRequest): boolean {
  return !SAFE_METHODS.has(request.method) || request.headers.upgrade !== undefined;
}

function isCrossSite(request: FastifyRequest): boolean {
  const site = request.headers["sec-fetch-site"];
  if (site !== "cross-site") return false;
  // Following a link from elsewhere to a page of ours is fine; anything else is another site's script or picture.
  return changes(request) || request.headers["sec-fetch-mode"] !== "navigate";
}

const hostOf = (request: FastifyRequest): string => (request.host ?? "").toLowerCase();
const withoutPort = (host: string): string => host.replace(/:\d*$/, "");
const originHost = (origin: string): string => origin.replace(/^https?:\/\//, "");
const bracketed = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host);
const shown = (text: string): string => printable(text).slice(0, 100) || "(none)";
