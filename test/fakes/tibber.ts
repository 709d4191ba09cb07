import type { ServerResponse } from "node:http";
import { FakeHttpServer } from "./http-server.ts";

/** An hour as the service tells it; left out, a part is null. */
export interface TibberNode {
  readonly from: string;
  readonly to: string;
  readonly consumption?: unknown;
  readonly cost?: unknown;
  readonly unitPrice?: unknown;
  readonly unitPriceVAT?: unknown;
}

export interface TibberPriceNode {
  readonly startsAt: string;
  readonly total: number | null;
  readonly energy?: number | null;
  readonly tax?: number | null;
  readonly level?: string | null;
}

export interface TibberHomeNode {
  readonly id: string;
  readonly appNickname?: string | null;
  readonly currency?: string;
  hours: TibberNode[];
  today?: TibberPriceNode[];
  tomorrow?: TibberPriceNode[];
  /** Answered where quarters are asked for. */
  quarters?: TibberPriceNode[];
}

/** A Tibber of this machine: homes that can be changed while it runs, and answers out of turn. */
export class FakeTibber {
  readonly http: FakeHttpServer;
  homes: TibberHomeNode[] = [];
  token = "sesam";
  /** Answers of the next questions in place of its own. */
  readonly instead: ((reply: ServerResponse) => void)[] = [];

  private constructor(http: FakeHttpServer) {
    this.http = http;
    http.answer = ({ headers, body }, reply) => {
      const instead = this.instead.shift();
      if (instead !== undefined) return instead(reply);
      const { query } = JSON.parse(body) as { query: string };
      if (headers["authorization"] !== `Bearer ${this.token}`)
        return json(reply, 200, {
          errors: [{ message: "Context creation failed: invalid token", extensions: { code: "UNAUTHENTICATED" } }],
          data: null,
        });
      json(reply, 200, { data: { viewer: { homes: this.homes.map((home) => answerOf(home, query)) } } });
    };
  }

  static async start(): Promise<FakeTibber> {
    return new FakeTibber(await FakeHttpServer.start());
  }

  get url(): string {
    return this.http.url;
  }

  /** How many hours were asked for, question after question. */
  get askedFor(): number[] {
    return this.http.asked.map(({ body }) => Number(/last:(\d+)/.exec(body)?.[1]));
  }

  /** The next question is refused, as one too many. */
  tooOften(retryAfter: string): void {
    this.instead.push((reply) => void reply.writeHead(429, { "retry-after": retryAfter }).end("Too many requests"));
  }

  stop(): Promise<void> {
    return this.http.stop();
  }
}

function answerOf(
  { id, appNickname = null, currency = "EUR", hours, today = [], tomorrow = [], quarters = [] }: TibberHomeNode,
  query: string,
): object {
  const last = Number(/last:(\d+)/.exec(query)?.[1] ?? hours.length);
  const isQuarters = query.includes("QUARTER_HOURLY");
  const nodes = hours.slice(-last).map(({ consumption = null, cost = null, unitPrice = null, unitPriceVAT = null, ...times }) => ({
    ...times,
    consumption,
    consumptionUnit: consumption === null ? null : "kWh",
    cost,
    unitPrice,
    unitPriceVAT,
    currency,
  }));
  const withMoney = (prices: readonly TibberPriceNode[]) =>
    prices.map((price) => ({ energy: null, tax: null, level: null, currency, ...price }));
  const priceInfo = { today: withMoney(isQuarters ? quarters : today), tomorrow: withMoney(isQuarters ? [] : tomorrow) };
  return {
    id,
    appNickname,
    address: { address1: "Musterweg 1" },
    consumption: { nodes },
    ...(query.includes("priceInfo") ? { currentSubscription: { priceInfo } } : {}),
  };
}

function json(reply: ServerResponse, status: number, body: unknown): void {
  reply.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
