import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "#api/deps.ts";
import { ApiError } from "#api/errors.ts";
import { failureOf, requestLine } from "#api/failing.ts";
import { OldProblem } from "./old-problem.ts";

const UNAUTHORIZED = 401;
const INTERNAL = 500;
const REFUSED: ReadonlySet<string> = new Set(["sign-in-needed", "token-unknown", "forbidden"]);

/** Answers every error of the old routes in their own shape: a status and `detail`. */
export function failAsBefore(logger: Logger) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (error instanceof OldProblem) return detail(reply, error.status, error.detail);
    if (error instanceof ApiError && REFUSED.has(error.code)) return detail(reply, UNAUTHORIZED, "Unauthorized");
    const known = failureOf(error);
    if (known) return detail(reply, known.status, known.body.error.sentence);
    logger.error({ ...requestLine(request), error: { name: error.name, message: error.message, stack: error.stack } }, "A request failed");
    return detail(reply, INTERNAL, "Internal Server Error");
  };
}

function detail(reply: FastifyReply, status: number, what: unknown): FastifyReply {
  return reply
    .code(status)
    .type("application/json; charset=utf-8")
    .send(JSON.stringify({ detail: what }));
}
