import { PullProblem } from "./pull-problem.ts";

/** What a refusal says of itself is read up to here. */
const MOST_REFUSAL_BYTES = 64 * 1024;

/** The bytes of an answer as they come. Errors: PullProblem beyond `mostBytes`; those of the connection. */
export async function* bytesOf(reply: Response, mostBytes = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array, void> {
  let bytes = 0;
  for await (const part of (reply.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    bytes += part.byteLength;
    if (bytes > mostBytes) throw new PullProblem("no-answer", `What answers at ${new URL(reply.url).host} sends more than an answer has.`);
    yield part;
  }
}

/** An answer as one text. Errors: as of `bytesOf`. */
export async function textOf(reply: Response, mostBytes: number): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of bytesOf(reply, mostBytes)) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

/** What a server says where it refuses: the beginning of it. Errors: those of the connection. */
export async function refusalOf(reply: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of bytesOf(reply)) {
    parts.push(part);
    bytes += part.byteLength;
    if (bytes > MOST_REFUSAL_BYTES) break;
  }
  return Buffer.concat(parts).toString("utf8");
}
