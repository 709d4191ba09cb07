import type { FastifyReply, FastifyRequest } from "fastify";
import type { PlantDesk } from "./desk.ts";

/** What answers about the past depend on, beside what is stored. */
export interface Freshness {
  readonly desk: PlantDesk;
  /** The settings of this run: a restart may have brought others. */
  readonly startedMs: number;
}

/**
 * Whether the reader has this very answer already. What is stored and the newest finished interval tell; a bill of two years is then
 * not made again for a page that looks every few seconds.
 */
export async function unchanged(request: FastifyRequest, reply: FastifyReply, { desk, startedMs }: Freshness): Promise<boolean> {
  const tag = `W/"${startedMs.toString(36)}-${await desk.reports.version()}-${desk.reports.finishedMs()}"`;
  reply.header("etag", tag).header("cache-control", "private, no-cache");
  return (request.headers["if-none-match"] ?? "").split(/\s*,\s*/).includes(tag);
}

/** Tells the reader to keep what it has. */
export function sendUnchanged(reply: FastifyReply): FastifyReply {
  return reply.code(304).send();
}
