import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Logger, TasmotaCompat } from "#api/deps.ts";
import { ApiError } from "#api/errors.ts";
import { failureOf, requestLine } from "#api/failing.ts";
import { type HomeDesk, homeDesk } from "#api/homes/desk.ts";
import type { RouteDeps } from "#api/route-kit.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { oldMonitorErrorSchema } from "#contract/old-tasmota.ts";
import { OldProblem } from "./old-problem.ts";

const UNAVAILABLE = 503;
const INTERNAL = 500;

/** The home the old routes speak of. Missing: undefined while there is none; they then answer like an empty table. Errors: 503 for one that is configured and not there. */
export function monitorHome({ homes }: Pick<RouteDeps, "homes">, { home }: TasmotaCompat): HomeDesk | undefined {
  const all = homes?.() ?? [];
  const chosen = home === undefined ? all[0] : all.find(({ settings }) => settings.id === home);
  if (chosen !== undefined) return homeDesk(chosen);
  if (home !== undefined) throw new OldProblem(UNAVAILABLE, `There is no home ${home} yet`);
  return undefined;
}

/** The clock of a home, or the world's while there is none. */
export function clockOf(desk: HomeDesk | undefined) {
  return desk?.zone ?? zoneNamed("UTC");
}

/** Answers every error of the old routes in their own shape: a status and `error`. */
export function failAsMonitor(logger: Logger) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (error instanceof OldProblem) return sayError(reply, error.status, String(error.detail));
    const known = failureOf(error);
    if (known !== undefined) {
      if (error instanceof ApiError && known.retryAfterS !== undefined) reply.header("retry-after", known.retryAfterS);
      return sayError(reply, known.status, known.body.error.sentence);
    }
    logger.error({ ...requestLine(request), error: { name: error.name, message: error.message, stack: error.stack } }, "A request failed");
    return sayError(reply, INTERNAL, "Internal Server Error");
  };
}

function sayError(reply: FastifyReply, status: number, error: string): FastifyReply {
  return reply.code(status).type("application/json; charset=utf-8").send(JSON.stringify({ error }));
}

/** The answers of an old route for its document. */
export function monitorAnswers<Schema extends z.ZodType>(schema: Schema, example: z.output<Schema>) {
  return { 200: schema.meta({ examples: [example] }), "4xx": oldMonitorErrorSchema, "5xx": oldMonitorErrorSchema };
}
