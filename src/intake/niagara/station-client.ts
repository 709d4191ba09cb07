import { type Agent, request as askHttp, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { request as askHttps } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { quoted } from "#dialects/text.ts";
import { Deadline } from "#intake/pull/deadline.ts";
import { connectionProblem, PullProblem } from "#intake/pull/pull-problem.ts";
import { hostOf, type Settings, type StationAccess } from "./access.ts";
import { Login } from "./login.ts";
import type { Turns } from "./pace.ts";
import { stationAgent } from "./station-agent.ts";
import { CertificateGuard } from "./trust.ts";

/** What asking a station needs of the house. */
export interface StationParts {
  readonly settings: Settings;
  readonly turns: Turns;
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
  /** A person asks: what was refused before may be tried again. */
  readonly asked: boolean;
  readonly note: (text: string) => void;
}

export interface StationQuestion {
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer whose body is still to come. */
export interface StationReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly url: URL;
  /** Errors: PullProblem beyond `mostBytes`, and where the line breaks off. */
  bytes(mostBytes: number): AsyncGenerator<Uint8Array>;
}

const MOST_REDIRECTS = 5;
/** Of an answer nobody wants, so much is let pass to keep the connection. */
const MOST_WASTE_BYTES = 256 * 1024;
/** What has to come within the time of one answer for it to be given as much time again. */
const LEAST_BYTES = 1_024;
const LOGIN_PAGE = /\/(?:pre)?login\b|j_security_check/i;

/** Asks one station, one question at a time. To be closed. */
export class StationClient {
  readonly host: string;
  readonly #access: StationAccess;
  readonly #parts: StationParts;
  readonly #login: Login;
  readonly #agent: Agent;

  constructor(access: StationAccess, parts: StationParts) {
    this.#access = access;
    this.#parts = parts;
    this.host = hostOf(access);
    this.#login = new Login(access, parts.settings);
    const guard = new CertificateGuard(access, parts);
    this.#agent = stationAgent(new URL(access.url), guard);
  }

  /**
   * Asks, and hands the answer to `take` while no other question is asked. Redirects within the station are followed.
   * Errors: PullProblem; what `take` throws.
   */
  async ask<T>(url: URL, question: StationQuestion, take: (reply: StationReply) => Promise<T>): Promise<T> {
    if (url.host !== this.host)
      throw new PullProblem("other-host", `${this.host} points to ${url.host}, which is not asked.`, { again: false });
    const { turns, signal, asked } = this.#parts;
    const release = await turns.take(this.host);
    const deadline = new Deadline(this.#access.timeoutMs, signal);
    const pace = turns.paceOf(this.host);
    try {
      await this.#login.check(asked);
      if (pace.pauseMs > 0) await sleep(pace.pauseMs, undefined, { signal });
      const begun = this.#parts.nowMs();
      const { message, at } = await this.#answer(url, question, deadline);
      pace.answered(this.#parts.nowMs() - begun);
      if (message.statusCode === 503 || message.statusCode === 429) pace.failed();
      try {
        return await take(this.#reply(message, at, deadline));
      } finally {
        await letGo(message);
      }
    } catch (error) {
      const problem = this.#told(error, deadline);
      if (problem.again) pace.failed();
      throw problem;
    } finally {
      deadline.end();
      release();
    }
  }

  /** The whole answer as bytes. Errors: as of `ask`. */
  async fetch(
    url: URL,
    question: StationQuestion,
    mostBytes: number,
  ): Promise<{ readonly reply: StationReply; readonly body: Uint8Array }> {
    return this.ask(url, question, async (reply) => {
      const parts: Uint8Array[] = [];
      for await (const part of reply.bytes(mostBytes)) parts.push(part);
      return { reply, body: Buffer.concat(parts) };
    });
  }

  /** A text without what the station was signed in with, should it repeat that in an answer. */
  cleaned(text: string): string {
    return this.#secrets().reduce((told, secret) => (secret === "" ? told : told.replaceAll(secret, "[secret]")), text);
  }

  #secrets(): readonly string[] {
    return [this.#access.password ?? "", this.#login.header["authorization"]?.slice("Basic ".length) ?? ""];
  }

  close(): void {
    this.#agent.destroy();
  }

  async #answer(first: URL, question: StationQuestion, deadline: Deadline): Promise<{ message: IncomingMessage; at: URL }> {
    let at = first;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const message = await this.#once(at, question, deadline);
      const status = message.statusCode ?? 0;
      const to = status >= 300 && status < 400 && status !== 304 ? message.headers.location : undefined;
      if (status === 401 || (to !== undefined && LOGIN_PAGE.test(to))) {
        message.destroy();
        throw await this.#login.refused(
          at.pathname,
          to === undefined
            ? "does not accept"
            : "shows its sign-in page in place of an answer: basic authentication (HTTPBasicScheme) is not set for",
        );
      }
      if (status < 400) await this.#login.accepted(at.pathname);
      if (to === undefined) return { message, at };
      await letGo(message);
      at = this.#within(to, at);
    }
    throw new PullProblem("redirects", `${this.host} sends from one address to the next without end.`, { again: false });
  }

  #within(to: string, from: URL): URL {
    const next = URL.canParse(to, from.href) ? new URL(to, from) : undefined;
    if (next?.host === this.host && next.protocol === from.protocol) return next;
    throw new PullProblem(
      "other-host",
      `${this.host} sends on to ${next === undefined ? "an address that is none" : `${next.protocol}//${next.host}`}, which is not asked.`,
      {
        again: false,
      },
    );
  }

  #once(url: URL, { method = "GET", headers = {}, body }: StationQuestion, deadline: Deadline): Promise<IncomingMessage> {
    const ask = url.protocol === "https:" ? askHttps : askHttp;
    const sent = {
      "user-agent": "Wattkeep",
      ...this.#login.header,
      ...headers,
      ...(body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }),
    };
    return new Promise((resolve, reject) => {
      const request = ask(url, { method, headers: sent, agent: this.#agent, signal: deadline.signal });
      request.once("response", resolve);
      request.once("error", reject);
      request.end(body);
    });
  }

  #reply(message: IncomingMessage, url: URL, deadline: Deadline): StationReply {
    const { host } = this;
    return {
      status: message.statusCode ?? 0,
      headers: message.headers,
      url,
      async *bytes(mostBytes) {
        const coded = message.headers["content-encoding"] ?? "identity";
        if (coded !== "identity")
          throw new PullProblem("compressed", `${host} sends an answer compressed by ${quoted(coded)}, which nobody asked for.`, {
            again: false,
          });
        let [bytes, heard] = [0, 0];
        deadline.heard();
        for await (const part of message as AsyncIterable<Uint8Array>) {
          bytes += part.byteLength;
          // Drop by drop an answer could last for ever.
          if (bytes - heard >= LEAST_BYTES) {
            deadline.heard();
            heard = bytes;
          }
          if (bytes > mostBytes) throw new PullProblem("too-long", `${host} sends more than such an answer has.`);
          yield part;
        }
        if (!message.complete) throw new PullProblem("cut-short", `${host} broke off in the middle of an answer.`);
      },
    };
  }

  #told(error: unknown, { signal }: Deadline): PullProblem {
    const { name, code, message } = error as { name?: unknown; code?: unknown; message?: unknown };
    const brokeOff = code === "ECONNRESET" && message === "aborted";
    // An answer that is under way when its time is over breaks off as one does that its sender ends.
    const isAborted = (name === "AbortError" || brokeOff) && signal.reason instanceof Error;
    if (isAborted && this.#parts.signal.aborted) throw signal.reason;
    if (brokeOff && !isAborted) return new PullProblem("cut-short", `${this.host} broke off in the middle of an answer.`);
    return connectionProblem(this.host, isAborted ? signal.reason : error, this.#secrets());
  }
}

/** Lets the rest of an answer pass where it is short, so that the connection can be used again. */
async function letGo(message: IncomingMessage): Promise<void> {
  if (message.readableEnded || message.destroyed) return;
  const length = Number(message.headers["content-length"] ?? Number.NaN);
  if (!(length <= MOST_WASTE_BYTES)) {
    message.destroy();
    return;
  }
  message.on("error", () => undefined);
  message.resume();
  await new Promise<void>((resolve) => message.once("close", resolve));
}
