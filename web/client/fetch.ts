import type { ErrorAnswer } from "#contract/health.ts";
import { apiUrl, type Params } from "./base.ts";

/** What went wrong, in the server's words where it had any. Codes `server-away` and `not-json` are the browser's own. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: readonly string[];
  constructor(code: string, sentence: string, more: { status?: number; details?: readonly string[] } = {}) {
    super(sentence);
    this.name = "ApiError";
    this.code = code;
    this.status = more.status ?? 0;
    this.details = more.details ?? [];
  }

  static away(): ApiError {
    return new ApiError("server-away", "The server does not answer. It may be restarting, or this device has lost the network.");
  }
}

/** Errors worth a second try: the server was away or busy; never what it refused. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 502);
}

interface Asking {
  readonly params?: Params;
  readonly signal?: AbortSignal;
}

/**
 * Asks the API and gives the answer as it came.
 * Errors: throws ApiError for every answer that is not 2xx, and for a server that does not answer.
 */
export function getJson<Answer>(path: string, asking: Asking = {}): Promise<Answer> {
  return ask<Answer>(apiUrl(path, asking.params), asking.signal ? { signal: asking.signal } : {});
}

/** The same for what changes something; a body is sent as JSON. */
export function sendJson<Answer>(method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<Answer> {
  const headers = { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }) };
  // What a person decided is sent even if they close the page in that moment.
  return ask<Answer>(apiUrl(path), { method, headers, keepalive: true, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

/** The same for bytes that are no JSON, such as a picture. */
export function putBytes<Answer>(path: string, bytes: Blob): Promise<Answer> {
  return ask<Answer>(apiUrl(path), { method: "PUT", headers: { accept: "application/json", "content-type": bytes.type }, body: bytes });
}

async function ask<Answer>(url: URL, init: RequestInit): Promise<Answer> {
  const response = await reach(url, init);
  return readAnswer<Answer>(response.status, await response.text());
}

/**
 * What the server said, out of a status and a body.
 * Errors: throws ApiError for every answer that is not 2xx, and for one that is not JSON.
 */
export function readAnswer<Answer>(status: number, text: string): Answer {
  const answer = status === 204 ? null : parse(text);
  if (status < 200 || status > 299) throw refusal(status, answer);
  if (answer === undefined) throw new ApiError("not-json", "The server answered with something that is not JSON; is a proxy in between?");
  return answer as Answer;
}

async function reach(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { headers: { accept: "application/json" }, credentials: "same-origin", ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw ApiError.away();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusal(status: number, answer: unknown): ApiError {
  const said = (answer as Partial<ErrorAnswer> | undefined)?.error;
  if (typeof said?.code === "string") return new ApiError(said.code, said.sentence, { status, details: said.details ?? [] });
  return new ApiError(`http-${status}`, `The server answered ${status} without saying why.`, { status });
}
