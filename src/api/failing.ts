import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors, type ZodFastifySchemaValidationError } from "fastify-type-provider-zod";
import { StoreError } from "#store/store.ts";
import type { Logger } from "./deps.ts";
import { ApiError, type ErrorCode, type Failure, failure, isErrorCode } from "./errors.ts";

const WHERE: Readonly<Record<string, string>> = {
  querystring: "query parameter",
  params: "part of the address",
  body: "field",
  headers: "header",
};

/** What Fastify calls its own refusals, in our codes. */
const FASTIFY: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "unsupported-media",
  FST_ERR_CTP_BODY_TOO_LARGE: "body-too-large",
  FST_ERR_HANDLER_TIMEOUT: "took-too-long",
  FST_ERR_NOT_FOUND: "not-found",
};

interface Fault {
  readonly code?: string;
  readonly statusCode?: number;
  readonly message: string;
  readonly validationContext?: string;
}

/** Answers every error in the shape of the contract, and logs the ones that are ours. */
export function failInOneShape(app: FastifyInstance, logger: Logger, newId: () => string): void {
  app.setErrorHandler((error: Fault & Error, request, reply) => {
    const known = failureOf(error);
    if (known) return send(reply, known);
    const id = newId();
    logger.error(
      { id, ...requestLine(request), error: { name: error.name, message: error.message, stack: error.stack } },
      "A request failed",
    );
    return send(reply, failure("internal", { id }));
  });
}

/** The answer for anything thrown; undefined where it is a bug of ours. */
export function failureOf(error: Fault): Failure | undefined {
  if (error instanceof ApiError) return failure(error.code, error.values, error.details);
  if (error instanceof StoreError) return isErrorCode(error.code) ? failure(error.code, {}, [error.message]) : undefined;
  if (hasZodFastifySchemaValidationErrors(error))
    return failure("bad-request", {}, problemsInWords(error.validation, error.validationContext));
  const code = FASTIFY[error.code ?? ""];
  if (code) return failure(code);
  const status = error.statusCode ?? 500;
  if (status === 404) return failure("not-found");
  if (status === 429) return failure("too-many-requests");
  return status >= 400 && status < 500 ? failure("bad-request", {}, [error.message]) : undefined;
}

/** Sends a failure; also used before routing, where Fastify's own handler does not run. */
export function send(reply: FastifyReply, failed: Failure): FastifyReply {
  if (failed.retryAfterS !== undefined) reply.header("retry-after", failed.retryAfterS);
  return reply
    .code(failed.status)
    .header("cache-control", "no-store")
    .type("application/json; charset=utf-8")
    .send(JSON.stringify(failed.body));
}

/** What of a request may stand in a log: never the query, a header or the body, where secrets live. */
export function requestLine(request: FastifyRequest): { method: string; path: string; from: string } {
  const path = (request.raw.url ?? "").split("?", 1)[0] as string;
  return { method: request.method, path: printable(path).slice(0, 300), from: request.ip };
}

/** Text of others with control characters escaped, so that a log stays one line. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (char) => `\\u${(char.codePointAt(0) as number).toString(16).padStart(4, "0")}`);
}

function problemsInWords(problems: readonly ZodFastifySchemaValidationError[], where = "body"): string[] {
  return problems.slice(0, 20).map((problem) => {
    const path = problem.instancePath.replace(/^\//, "").replaceAll("/", ".");
    const what = (problem.message ?? "").replace(/^Invalid input: /, "").replace("received undefined", "but it is missing");
    const subject =
      path === "" ? (where === "body" ? "the body" : `the ${WHERE[where] ?? where}s`) : `${WHERE[where] ?? where} \`${path}\``;
    return `${subject}: ${what.replace(/^./, (first) => first.toLowerCase())}`;
  });
}
