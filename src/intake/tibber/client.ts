import { textOf } from "#intake/pull/answer.ts";
import { Deadline } from "#intake/pull/deadline.ts";
import { connectionProblem, PullProblem } from "#intake/pull/pull-problem.ts";
import { homesOf, type TibberHome } from "./answer.ts";

export type TibberPrices = "hourly" | "quarter-hourly" | "none";

/** How the service is asked. */
export interface TibberAccount {
  readonly url: string;
  readonly token: string;
  /** Of one question. */
  readonly timeoutMs: number;
  readonly prices: TibberPrices;
}

/** A service that asks for more patience than this is tried again by the next run. */
const MOST_WAIT_MS = 15 * 60_000;
const LONGEST = 200;
/** A month of hours of every home has a tenth of this. */
const MOST_BYTES = 32 * 1024 * 1024;

/** The last `hours` hours of every home, with the prices of today and tomorrow. Errors: PullProblem. */
export async function askTibber(account: TibberAccount, hours: number, signal: AbortSignal): Promise<readonly TibberHome[]> {
  const data = await asked(account, queryOf(account.prices, hours), signal);
  const homes = homesOf(data);
  if (homes === undefined) throw new PullProblem("no-answer", "Tibber answers without homes. The account may have none.");
  return homes;
}

/** The account's homes alone: whether the token is good. Errors: PullProblem. */
export async function tibberHomes(account: TibberAccount, signal: AbortSignal): Promise<readonly TibberHome[]> {
  return homesOf(await asked(account, "{viewer{homes{id appNickname}}}", signal)) ?? [];
}

const PRICE = "{total energy tax startsAt level currency}";

function queryOf(prices: TibberPrices, hours: number): string {
  const info = `priceInfo${prices === "quarter-hourly" ? "(resolution:QUARTER_HOURLY)" : ""}{today${PRICE} tomorrow${PRICE}}`;
  const subscription = prices === "none" ? "" : ` currentSubscription{${info}}`;
  const nodes = "nodes{from to consumption consumptionUnit cost unitPrice unitPriceVAT currency}";
  return `{viewer{homes{id appNickname address{address1} consumption(resolution:HOURLY,last:${hours}){${nodes}}${subscription}}}}`;
}

async function asked(account: TibberAccount, query: string, signal: AbortSignal): Promise<unknown> {
  try {
    return await answered(account, query, signal);
  } catch (error) {
    throw connectionProblem("Tibber", error, [account.token]);
  }
}

async function answered({ url, token, timeoutMs }: TibberAccount, query: string, signal: AbortSignal): Promise<unknown> {
  let reply: Response;
  let body: string;
  const deadline = new Deadline(timeoutMs, signal);
  try {
    reply = await fetch(url, {
      method: "POST",
      redirect: "error",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        accept: "application/json",
        "user-agent": "Wattkeep",
      },
      body: JSON.stringify({ query }),
      signal: deadline.signal,
    });
    body = await textOf(reply, MOST_BYTES);
  } finally {
    deadline.end();
  }
  const answer = parsed(body);
  const said = firstError(answer);
  if (reply.status === 429) throw tooOften(reply.headers.get("retry-after"));
  if (reply.status === 401 || reply.status === 403 || /invalid token|unauthenticated|not authori[sz]ed/i.test(said ?? ""))
    throw new PullProblem(
      "not-allowed",
      `Tibber does not accept the token${said === undefined ? "" : ` (${said})`}. Make a new one at developer.tibber.com and set it.`,
      {
        again: false,
      },
    );
  // What is wrong is often told in the body of an answer that calls itself good.
  if (said !== undefined) throw new PullProblem("refused", `Tibber says: ${said}`);
  if (!reply.ok) throw new PullProblem("refused", `Tibber answers with status ${reply.status}.`);
  if (answer === undefined) throw new PullProblem("no-answer", "Tibber answers with something that is no JSON.");
  return (answer as { data?: unknown }).data;
}

function tooOften(retryAfter: string | null): PullProblem {
  const seconds = Number(retryAfter ?? "");
  const dateMs = Date.parse(retryAfter ?? "");
  const waitMs =
    retryAfter === null || retryAfter.trim() === "" ? 0 : Number.isFinite(seconds) ? seconds * 1000 : Number.isNaN(dateMs) ? 0 : Number.NaN;
  const wait = Number.isNaN(waitMs) ? 60_000 : Math.max(0, waitMs);
  const asks = wait > 0 ? ` and asks to wait ${Math.ceil(wait / 1000)} s` : "";
  return new PullProblem("too-often", `Tibber was asked too often${asks}.`, { waitMs: wait, again: wait <= MOST_WAIT_MS });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function firstError(answer: unknown): string | undefined {
  const { errors } = (answer ?? {}) as { errors?: unknown };
  if (!Array.isArray(errors) || errors.length === 0) return undefined;
  const message = (errors[0] as { message?: unknown } | null)?.message;
  return typeof message === "string" && message !== "" ? message.slice(0, LONGEST) : "an error without a message";
}
