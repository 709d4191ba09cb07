import type { FastifyReply, FastifyRequest } from "fastify";
import type { BuildingDesk } from "./desk.ts";

/** What answers depend on beside what is stored: silences grow by the minute, and a restart may have brought other settings. */
export interface Moment {
  readonly startedMs: number;
  readonly nowMs: number;
}

const MINUTE_MS = 60_000;

/** Whether the reader has this very answer already: nothing was stored or decided since, within the same minute. */
export async function unchanged(
  request: FastifyRequest,
  reply: FastifyReply,
  { desk, startedMs, nowMs }: Moment & { readonly desk: BuildingDesk },
): Promise<boolean> {
  const tag = `W/"${startedMs.toString(36)}-${await desk.reports.version()}-${Math.floor(nowMs / MINUTE_MS)}"`;
  reply.header("etag", tag).header("cache-control", "private, no-cache");
  return (request.headers["if-none-match"] ?? "").split(/\s*,\s*/).includes(tag);
}
