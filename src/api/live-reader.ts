import type { WebSocket } from "@fastify/websocket";
import type { LiveClientMessage, LiveServerMessage } from "#contract/live.ts";
import type { Identity } from "./access.ts";

/** A value with its JSON text: written once, sent to many. */
export interface WrittenValue {
  readonly key: string;
  readonly site: string;
  readonly tMs: number;
  readonly json: string;
}

export interface ReaderLimits {
  readonly slowBytes: number;
  readonly closeBytes: number;
  readonly slowMs: number;
}

type Interest = (value: { readonly key: string; readonly site: string }) => boolean;

const NOTHING: Interest = () => false;
/** A reader that has taken all but this share of the slow bound is no longer slow. */
const DRAINED = 0.25;
const TERMINATE_AFTER_MS = 2_000;

/** Close codes of RFC 6455. */
export const CLOSE = { goingAway: 1001, policy: 1008, tryAgainLater: 1013 } as const;

/**
 * One connected page. What it does not take in time is not piled up: it is told `latest-only` and then gets the newest
 * value of each series when it has drained; one that stays slow is closed.
 */
export class LiveReader {
  readonly identity: Identity;
  answeredPing = true;
  readonly #socket: WebSocket;
  readonly #limits: ReaderLimits;
  readonly #held = new Map<string, WrittenValue>();
  #interest: Interest = NOTHING;
  #slowSinceMs: number | undefined;
  /** Between a subscription and its snapshot, values wait, so that the snapshot comes first. */
  #waitingForSnapshot: number | undefined;
  #tickets = 0;
  #waiting: WrittenValue[] = [];

  constructor(socket: WebSocket, identity: Identity, limits: ReaderLimits) {
    this.#socket = socket;
    this.identity = identity;
    this.#limits = limits;
  }

  get slow(): boolean {
    return this.#slowSinceMs !== undefined;
  }

  /** Replaces what the page listens to; returns a ticket for its snapshot. */
  listenTo(message: Extract<LiveClientMessage, { type: "subscribe" | "subscribe-all" }>): number {
    this.#held.clear();
    this.#waiting = [];
    if (message.type === "subscribe") {
      const keys = new Set(message.series);
      this.#interest = (value) => keys.has(value.key);
    } else {
      this.#interest = message.site === undefined ? () => true : (value) => value.site === message.site;
    }
    this.#tickets += 1;
    this.#waitingForSnapshot = this.#tickets;
    return this.#tickets;
  }

  wants(value: { readonly key: string; readonly site: string }): boolean {
    return this.#interest(value);
  }

  /** The answer to a subscription, unless a newer one has replaced it. */
  snapshot(ticket: number, values: readonly WrittenValue[], nowMs: number): void {
    if (ticket !== this.#waitingForSnapshot) return;
    this.#waitingForSnapshot = undefined;
    this.#write(valuesJson("snapshot", values.filter(this.#interest), nowMs));
    const waiting = this.#waiting;
    this.#waiting = [];
    this.values(waiting, nowMs);
  }

  /** What was committed since the last call; none of it twice, none left out, unless the reader is slow. */
  values(values: readonly WrittenValue[], nowMs: number): void {
    const mine = values.filter(this.#interest);
    if (this.#waitingForSnapshot !== undefined) this.#waiting.push(...mine);
    else if (this.slow) this.#hold(mine);
    else if (mine.length > 0) this.#write(valuesJson("values", mine, nowMs));
    this.#watch(nowMs);
  }

  say(message: LiveServerMessage): void {
    // A slow reader learns of the past when it asks again; only values matter to it now.
    if (!this.slow || message.type === "problem") this.#write(JSON.stringify(message));
  }

  ping(): void {
    this.answeredPing = false;
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping();
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
    // A reader that takes nothing does not take the farewell either.
    setTimeout(() => this.#socket.terminate(), TERMINATE_AFTER_MS).unref();
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #hold(values: readonly WrittenValue[]): void {
    for (const value of values) {
      const held = this.#held.get(value.key);
      if (!held || value.tMs >= held.tMs) this.#held.set(value.key, value);
    }
  }

  #watch(nowMs: number): void {
    const bytes = this.#socket.bufferedAmount;
    if (this.#slowSinceMs === undefined) {
      if (bytes <= this.#limits.slowBytes) return;
      this.#slowSinceMs = nowMs;
      this.#write(JSON.stringify({ type: "latest-only" } satisfies LiveServerMessage));
    } else if (bytes <= this.#limits.slowBytes * DRAINED) {
      this.#slowSinceMs = undefined;
      if (this.#held.size > 0) this.#write(valuesJson("values", [...this.#held.values()], nowMs));
      this.#held.clear();
    } else if (bytes > this.#limits.closeBytes || nowMs - this.#slowSinceMs > this.#limits.slowMs) {
      this.close(CLOSE.tryAgainLater, "reads too slowly");
    }
  }

  #write(json: string): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(json);
  }
}

function valuesJson(type: "snapshot" | "values", values: readonly WrittenValue[], nowMs: number): string {
  return `{"type":"${type}","nowMs":${nowMs},"values":[${values.map((value) => value.json).join(",")}]}`;
}
