import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Access, demand } from "./access.ts";
import type { ApiConfig, Logger } from "./deps.ts";
import { ApiError } from "./errors.ts";
import { requestLine } from "./failing.ts";
import { checkOrigin } from "./origin.ts";

interface GuardDeps {
  readonly access: Access;
  readonly config: Pick<ApiConfig, "listenHost" | "publicHosts" | "allowedOrigins" | "signInsPerMinute">;
  readonly logger: Logger;
}

const MAX_URL_CHARACTERS = 32_768;
const MINUTE_MS = 60_000;
const DEFAULT_GUESSES = 10;
const SECRET_IN_QUERY = /[?&](?:access_)?(?:token|key|secret|password)=/i;

/** What every request passes before its route: size, name and origin, then who asks and whether they may. */
export function guard(app: FastifyInstance, deps: GuardDeps): void {
  const check = checkOrigin(deps.config);
  const guesses = app.createRateLimit({ max: deps.config.signInsPerMinute ?? DEFAULT_GUESSES, timeWindow: MINUTE_MS });
  app.decorateRequest("identity", undefined);

  app.addHook("onRequest", async (request, reply) => {
    reply.header("cache-control", "no-store");
    const url = request.raw.url ?? "";
    if (url.length > MAX_URL_CHARACTERS) throw new ApiError("url-too-long");
    check(request);
    if (SECRET_IN_QUERY.test(url) && request.routeOptions.config?.oldToken !== "url")
      deps.logger.warn(requestLine(request), "A secret in an address is ignored; send it in the Authorization header");
    // An address that leads nowhere is told apart from one that is closed only by its policy, which it has not.
    const policy = request.is404 ? "open" : (request.routeOptions.config.policy ?? "admin");
    if (policy === "open") return;
    request.identity = await identify(request);
    demand(policy, request.identity);
  });

  async function identify(request: FastifyRequest) {
    try {
      return await deps.access.identify(request);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      deps.logger.warn(requestLine(request), "A token that does not count was refused");
      const guess = await guesses(request);
      throw guess.isAllowed || !guess.isExceeded ? error : new ApiError("too-many-requests");
    }
  }
}
