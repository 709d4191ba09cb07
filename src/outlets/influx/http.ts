import { InfluxTrouble, refusal, unreachable } from "./trouble.ts";

/** How questions are put to a server. */
export interface HttpWish {
  readonly timeoutMs: number;
  /** Aborted when the work is told to end. */
  readonly signal: AbortSignal;
  readonly headers: Readonly<Record<string, string>>;
}

interface HttpRequest {
  readonly method?: string;
  readonly body?: string;
}

/** An answer that is larger is none of InfluxDB's: years of hours stay well below. */
const MOST_BYTES = 128 * 1024 * 1024;
/** What a refusal says of itself. */
const MOST_REFUSAL_BYTES = 64 * 1024;

/** The text of an answer. Errors: InfluxTrouble. */
export async function ask(url: URL, wish: HttpWish, request: HttpRequest = {}): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of answer(url, wish, request)) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

/** The same as the object it is. Errors: InfluxTrouble, also where something else answers. */
export async function askJson(url: URL, wish: HttpWish, request: HttpRequest = {}): Promise<Readonly<Record<string, unknown>>> {
  const text = await ask(url, wish, request);
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === "object" && json !== null) return json as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw new InfluxTrouble(`What answers at ${url.host} is no InfluxDB: look at the address.`, false);
}

/** The bytes of an answer as they come. Errors: InfluxTrouble. */
export async function* answer(url: URL, wish: HttpWish, request: HttpRequest = {}): AsyncGenerator<Uint8Array, void> {
  const { timeoutMs, signal, headers } = wish;
  // By hand: a signal made of signals may be swept away before its time, and then nothing ends what hangs.
  const abort = new AbortController();
  const end = (): void => abort.abort(new Error("it was told to end"));
  const timer = setTimeout(() => abort.abort(new Error(`it took longer than ${timeoutMs / 1_000} s`)), timeoutMs);
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();
  const hide = hidden(headers);
  try {
    // A redirect would carry the login to another host.
    const reply = await fetch(url, { method: "GET", ...request, headers, signal: abort.signal, redirect: "error" });
    if (!reply.ok) throw refusal({ url: url.href, status: reply.status, text: hide(await beginningOf(reply)) });
    let bytes = 0;
    for await (const part of bodyOf(reply)) {
      bytes += part.byteLength;
      if (bytes > MOST_BYTES) throw new Error("its answer has no end");
      yield part;
    }
  } catch (error) {
    throw unreachable(url.href, error, hide);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
    abort.abort();
  }
}

async function beginningOf(reply: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of bodyOf(reply)) {
    parts.push(part);
    bytes += part.byteLength;
    if (bytes > MOST_REFUSAL_BYTES) break;
  }
  return Buffer.concat(parts).toString("utf8");
}

const bodyOf = (reply: Response): AsyncIterable<Uint8Array> => (reply.body ?? []) as unknown as AsyncIterable<Uint8Array>;

/** Takes out of a text what a server or a library repeats of the login. */
function hidden(headers: HttpWish["headers"]): (text: string) => string {
  const login = headers["authorization"]?.replace(/^\S+ /, "") ?? "";
  return (text) => (login === "" ? text : text.replaceAll(login, "[secret]"));
}

/** An address below a server's, whatever path it is kept under. */
export function below(base: string, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(`${base.replace(/\/+$/, "")}${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

/** Lines of one request: what a small server takes in well within its time-out. */
export const LINES_AT_ONCE = 5_000;

/** Rows a piece at a time. */
export function* pieces<Row>(rows: readonly Row[], size: number): Generator<readonly Row[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}
