import { z } from "zod";
import { ApiError } from "#api/errors.ts";
import { type Api, answers, type RouteDeps } from "#api/route-kit.ts";

/** `GET /api/v1/live`: the WebSocket of values as they are committed. */
export function liveRoutes(app: Api, deps: RouteDeps): void {
  app.route({
    method: "GET",
    url: "/live",
    exposeHeadRoute: false,
    config: { policy: "viewer", rateLimit: false },
    schema: {
      summary: "Live values (WebSocket)",
      description:
        'Say `{"type":"subscribe","series":[…]}` or `{"type":"subscribe-all"}`; the newest values come at once as `snapshot`, then `values` as ' +
        "they are committed, `changed` when the past changed, `new-series`. A reader that is slow is told `latest-only`.",
      tags: ["series"],
      response: answers(z.object({}).describe("101: the connection becomes a WebSocket"), {}),
    },
    onRequest: async (request) => {
      if (request.ws && deps.live.size >= deps.live.limit) throw new ApiError("too-many-readers", { limit: deps.live.limit });
    },
    handler: async () => {
      throw new ApiError("upgrade-needed");
    },
    wsHandler: (socket, request) => {
      if (request.identity) deps.live.enter(socket, request.identity);
      else socket.terminate();
    },
  });
}
