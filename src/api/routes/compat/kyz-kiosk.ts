import type { FastifyReply, FastifyRequest } from "fastify";
import { requestLine } from "#api/failing.ts";
import type { Api, RouteDeps } from "#api/route-kit.ts";
import { SESSION_COOKIE } from "#api/session.ts";

const MINUTE_MS = 60_000;
const DEFAULT_SIGN_INS = 10;

/**
 * `GET /kiosk?token=…`, as the wall's browser has it in its start page: the token is traded for a cookie and leaves the address at once.
 * Without a token it is a page like every other.
 */
export function kioskRoute(app: Api, deps: RouteDeps): void {
  const { config, access, sessions, logger } = deps;

  app.get("/kiosk", {
    config: {
      policy: "open",
      oldToken: "url",
      rateLimit: {
        max: config.signInsPerMinute ?? DEFAULT_SIGN_INS,
        timeWindow: MINUTE_MS,
        allowList: (request) => tokenOf(request) === undefined,
      },
    },
    exposeHeadRoute: false,
    schema: { hide: true },
    handler: async (request, reply) => {
      if (tokenOf(request) === undefined) return reply.callNotFound() as unknown as FastifyReply;
      const identity = await access.identify(request).catch(() => undefined);
      if (identity?.tokenId === undefined) logger.warn(requestLine(request), "A token that does not count was refused");
      else {
        const { value, expiresMs } = sessions.begin(identity.tokenId);
        const path = config.basePath === "" ? "/" : config.basePath;
        reply.setCookie(SESSION_COOKIE, value, {
          path,
          httpOnly: true,
          sameSite: "strict",
          secure: request.protocol === "https",
          expires: new Date(expiresMs),
        });
      }
      return reply.redirect(withoutToken(request, config.basePath), 303);
    },
  });
}

function tokenOf(request: FastifyRequest): string | undefined {
  const { token } = request.query as { readonly token?: unknown };
  return typeof token === "string" && token !== "" ? token : undefined;
}

/** The same address without the token; `refresh` and `theme` stay. */
function withoutToken(request: FastifyRequest, basePath: string): string {
  const query = new URLSearchParams((request.raw.url ?? "").split("?", 2)[1] ?? "");
  query.delete("token");
  const rest = query.toString();
  return `${basePath}/kiosk${rest === "" ? "" : `?${rest}`}`;
}
