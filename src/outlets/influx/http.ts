import { refusal, unreachable } from "./trouble.ts";

/** How questions are put to a server. */
export interface HttpWish {
  readonly timeoutMs: number;
  /** Aborted when the work is told to end. */
  readonly signal: AbortSignal;
  readonly headers: Readonly<Record<string, string>>;
}

/** The text of an answer. Errors: InfluxTrouble. */
export async function ask(url: URL, wish: HttpWish, request: { readonly method?: string; readonly body?: string } = {}): Promise<string> {
  const { timeoutMs, signal, headers } = wish;
  const both = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  // A redirect would carry the login to another host.
  const init = { method: "GET", ...request, headers, signal: both, redirect: "error" as const };
  const { status, ok, text } = await fetch(url, init)
    .then(async (response) => ({ status: response.status, ok: response.ok, text: await response.text() }))
    .catch((error: unknown) => {
      throw unreachable(url.href, error);
    });
  if (!ok) throw refusal({ url: url.href, status, text });
  return text;
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
