import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Logger, NiagaraCompat } from "#api/deps.ts";
import { ApiError } from "#api/errors.ts";
import { failureOf, requestLine } from "#api/failing.ts";
import { type Api, QUESTION_MS, type RouteDeps } from "#api/route-kit.ts";
import { oldStationErrorSchema } from "#contract/old-niagara.ts";
import { OldProblem } from "./old-problem.ts";

const UNPROCESSABLE = 422;
const INTERNAL = 500;

/** What the old routes are made of. */
export interface StationRoutes {
  readonly app: Api;
  readonly deps: RouteDeps;
  readonly settings: NiagaraCompat;
}

export const STATION_TAGS = ["old building"];
export const stationBase = { config: { policy: "viewer" }, handlerTimeout: QUESTION_MS } as const;

/** Parameters as texts: what they mean, and what is wrong with them, is told as the old API told it. */
export function stationParams<Name extends string>(...names: readonly Name[]) {
  return z.object(Object.fromEntries(names.map((name) => [name, z.string().optional()])) as Record<Name, z.ZodOptional<z.ZodString>>);
}

/** The answers of an old route for its document. */
export function stationAnswers<Schema extends z.ZodType>(schema: Schema, example: z.output<Schema>) {
  return { 200: schema.meta({ examples: [example] }), "4xx": oldStationErrorSchema, "5xx": oldStationErrorSchema };
}

/** Answers every error of the old routes in their own shape: a status and `detail`. */
export function failAsStation(logger: Logger) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (error instanceof OldProblem) return detail(reply, error.status, error.detail);
    if (hasZodFastifySchemaValidationErrors(error)) return detail(reply, UNPROCESSABLE, listed(error.validation, error.validationContext));
    const known = failureOf(error);
    if (known !== undefined) {
      if (error instanceof ApiError && known.retryAfterS !== undefined) reply.header("retry-after", known.retryAfterS);
      return detail(reply, known.status, known.body.error.sentence);
    }
    logger.error({ ...requestLine(request), error: { name: error.name, message: error.message, stack: error.stack } }, "A request failed");
    return detail(reply, INTERNAL, "Internal Server Error");
  };
}

/** A parameter that is given twice, say. */
function listed(problems: readonly { readonly instancePath: string; readonly message?: string | undefined }[], where = "query"): object[] {
  const place = where === "params" ? "path" : "query";
  return problems.map(({ instancePath, message }) => ({
    type: "string_type",
    loc: [place, ...instancePath.split("/").filter((part) => part !== "")],
    msg: message ?? "Input should be a valid string",
    input: null,
  }));
}

function detail(reply: FastifyReply, status: number, what: unknown): FastifyReply {
  return reply
    .code(status)
    .type("application/json; charset=utf-8")
    .send(JSON.stringify({ detail: what }));
}
