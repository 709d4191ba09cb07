import type { Readable } from "node:stream";
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { errorSchema } from "#contract/health.ts";
import type { Access } from "./access.ts";
import type { Catalog } from "./catalog.ts";
import type { ColumnCache } from "./column-cache.ts";
import type { ApiDeps } from "./deps.ts";
import type { LiveRoom } from "./live.ts";
import type { Sessions } from "./session.ts";
import type { Spacing } from "./spacing.ts";
import type { Usage } from "./usage.ts";

/** The server as routes see it: schemas are zod. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What routes are made of. */
export interface RouteDeps extends ApiDeps {
  readonly catalog: () => Promise<Catalog>;
  readonly access: Access;
  readonly sessions: Sessions;
  readonly spacing: Spacing;
  readonly columns: ColumnCache;
  readonly live: LiveRoom;
  readonly usage: Usage;
}

/** Time a question may take before it is answered with `took-too-long`. */
export const QUESTION_MS = 10_000;

const problems = { "4xx": errorSchema, "5xx": errorSchema };

/** The answers of a route for its document: one shape with an example, and the errors. */
export function answers<Schema extends z.ZodType>(schema: Schema, example: z.output<Schema>) {
  return { 200: schema.meta({ examples: [example] }), ...problems };
}

/** The same for an answer that is not JSON. */
export function textAnswers(contentType: string, example: string) {
  return { 200: { description: "text", content: { [contentType]: { schema: z.string().meta({ examples: [example] }) } } }, ...problems };
}

/** Sends JSON that is written already. */
export function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.type("application/json; charset=utf-8").send(json);
}

/** Sends bytes as they are. */
export function sendBytes(reply: FastifyReply, bytes: Uint8Array): FastifyReply {
  return reply.send(bytes);
}

/** Sends text as it is made; a reader that leaves ends the making. */
export function sendStream(reply: FastifyReply, stream: Readable): FastifyReply {
  return reply.send(stream);
}
