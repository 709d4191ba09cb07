import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { ChannelProblem } from "./channel.ts";

export const CONNECT_MS = 10_000;
const MOST_ANSWER_BYTES = 65_536;

export interface HttpQuestion {
  readonly url: URL;
  readonly method: "GET" | "POST" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  /** At most 64 KiB. */
  readonly body: string;
  /** From `Retry-After`, where it says seconds. */
  readonly retryAfterMs?: number;
}

/**
 * Asks another server. A redirect is not followed: it could lead a secret to another host.
 * Errors: ChannelProblem `away` when nobody answers; its sentence names the host alone, for a path may be secret.
 */
export function ask(question: HttpQuestion): Promise<HttpAnswer> {
  const { url, method, headers = {}, body, signal } = question;
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => reject(problemOf(error, url.host));
    const sent = request(url, { method, headers: { "user-agent": "wattkeep", ...headers, ...length }, signal, agent: false }, (answer) =>
      read(answer).then(resolve, fail),
    );
    const timer = setTimeout(() => sent.destroy(new Error("connect-timeout")), CONNECT_MS);
    const connected = (): void => clearTimeout(timer);
    sent.on("socket", (socket) => socket.once(url.protocol === "https:" ? "secureConnect" : "connect", connected));
    sent.on("close", connected);
    sent.on("error", fail);
    sent.end(body);
  });
}

async function read(answer: IncomingMessage): Promise<HttpAnswer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer) {
    bytes += (part as Buffer).length;
    if (bytes > MOST_ANSWER_BYTES) break;
    parts.push(part as Buffer);
  }
  const seconds = Number(answer.headers["retry-after"]);
  return {
    status: answer.statusCode ?? 0,
    body: Buffer.concat(parts).toString("utf8"),
    ...(seconds > 0 ? { retryAfterMs: seconds * 1_000 } : {}),
  };
}

const WHY: Readonly<Record<string, string>> = {
  ENOTFOUND: "its name is not known; look at the name and at the network",
  EAI_AGAIN: "its name could not be looked up; is there a network?",
  ECONNREFUSED: "nothing answers at this address",
  ECONNRESET: "it closed the connection",
  EHOSTUNREACH: "it cannot be reached",
  ENETUNREACH: "there is no network",
  ETIMEDOUT: "it did not answer in time",
  ABORT_ERR: "it did not answer in time",
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "nobody has signed its certificate",
  SELF_SIGNED_CERT_IN_CHAIN: "nobody known has signed its certificate",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
};

/** Why a server could not be asked, in words. */
export function problemOf(error: unknown, host: string): ChannelProblem {
  if (error instanceof ChannelProblem) return error;
  const { code, message } = error as { code?: string; message?: string };
  const late = message === "connect-timeout" ? "it did not answer in time" : undefined;
  return new ChannelProblem("away", `${host}: ${late ?? WHY[code ?? ""] ?? `it could not be asked (${code ?? "no reason given"})`}.`);
}

/** What a status other than success means. `said` is what the answer adds. */
export function refusal(host: string, answer: HttpAnswer, said = ""): ChannelProblem {
  const { status, retryAfterMs } = answer;
  const words = said === "" ? "" : `: ${said}`;
  if (status === 429) return new ChannelProblem("away", `${host} asks for a pause${words}.`, retryAfterMs);
  if (status === 408 || status === 425 || status >= 500 || status < 200)
    return new ChannelProblem("away", `${host} answered with ${status}${words}.`, retryAfterMs);
  if (status < 400)
    return new ChannelProblem(
      "person",
      `${host} answered with a redirect (${status}), which is not followed: configure the final address.`,
    );
  if (status === 400 || status === 413 || status === 422)
    return new ChannelProblem("message", `${host} did not take the message (${status})${words}.`);
  return new ChannelProblem("person", `${host} refused it (${status})${words}: look at the address and the token.`);
}
