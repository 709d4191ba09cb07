import type { WebSocket } from "@fastify/websocket";
import { liveClientSchema } from "#contract/live.ts";
import type { LiveValue } from "#contract/series.ts";
import type { Access, Identity } from "./access.ts";
import type { Actions, Committed } from "./actions.ts";
import type { LiveLimits, Logger } from "./deps.ts";
import { ERRORS, type ErrorCode } from "./errors.ts";
import { CLOSE, LiveReader, type WrittenValue } from "./live-reader.ts";

/** Bytes of one message of a page. */
export const MAX_INBOUND_BYTES = 65_536;

const DEFAULTS = {
  clients: 200,
  batchMs: 100,
  slowBytes: 1_000_000,
  closeBytes: 8_000_000,
  slowMs: 30_000,
  heartbeatMs: 15_000,
} as const satisfies Required<LiveLimits>;

/** Messages of one page between two heartbeats. */
const MAX_MESSAGES = 300;

interface LiveDeps {
  readonly actions: Pick<Actions, "onCommitted">;
  readonly access: Pick<Access, "stillCounts">;
  /** Newest values of these series, or of all. */
  readonly snapshot: (keys?: readonly string[]) => Promise<readonly LiveValue[]>;
  readonly nowMs: () => number;
  readonly logger: Logger;
  readonly limits: LiveLimits;
}

/** Everyone who watches live. One listener at the door of the store, one batch of messages every 100 ms. */
export interface LiveRoom {
  readonly size: number;
  readonly limit: number;
  /** Hands a connected page to the room. */
  enter(socket: WebSocket, identity: Identity): void;
  /** Closes those whose token ended; runs by itself and after each revocation. */
  recheck(): Promise<void>;
  close(): void;
}

export function openLiveRoom(deps: LiveDeps): LiveRoom {
  const limits = { ...DEFAULTS, ...deps.limits };
  const readers = new Map<LiveReader, { messages: number }>();
  let batch: Committed[] = [];

  const stopListening = deps.actions.onCommitted((committed) => {
    if (readers.size > 0) batch.push(committed);
  });
  const tick = setInterval(flush, limits.batchMs);
  const heartbeat = setInterval(beat, limits.heartbeatMs);

  function flush(): void {
    const committed = batch;
    batch = [];
    const nowMs = deps.nowMs();
    const values = committed.flatMap((one) => one.values.map(written));
    const newSeries = committed.flatMap((one) => one.newSeries.map(named));
    const changed = committed.flatMap((one) => one.changed.map((change) => ({ ...change, ...named(change.key) })));
    for (const reader of readers.keys()) {
      const fresh = newSeries.filter((series) => reader.wants(series)).map((series) => series.key);
      if (fresh.length > 0) reader.say({ type: "new-series", series: fresh });
      reader.values(values, nowMs);
      const past = changed.filter((change) => reader.wants(change));
      if (past.length > 0) reader.say(changedMessage(past));
    }
  }

  function beat(): void {
    for (const [reader, state] of readers) {
      state.messages = 0;
      if (reader.answeredPing) reader.ping();
      else reader.terminate();
    }
    recheck().catch((error: unknown) => deps.logger.warn({ error: String(error) }, "Cannot tell whether live readers may still read"));
  }

  async function recheck(): Promise<void> {
    for (const reader of [...readers.keys()]) {
      if (!(await deps.access.stillCounts(reader.identity))) reader.close(CLOSE.policy, "the token no longer counts");
    }
  }

  async function hear(reader: LiveReader, data: unknown): Promise<void> {
    const state = readers.get(reader);
    if (!state) return;
    state.messages += 1;
    if (state.messages > MAX_MESSAGES) return reader.close(CLOSE.policy, "too many messages");
    const message = liveClientSchema.safeParse(parsed(data));
    if (!message.success) return reader.say(problem("bad-request"));
    if (message.data.type === "ping") return reader.say({ type: "pong", nowMs: deps.nowMs() });
    const ticket = reader.listenTo(message.data);
    const keys = message.data.type === "subscribe" ? message.data.series : undefined;
    reader.snapshot(ticket, (await deps.snapshot(keys)).map(written), deps.nowMs());
  }

  return {
    get size() {
      return readers.size;
    },
    limit: limits.clients,
    enter(socket, identity) {
      const reader = new LiveReader(socket, identity, limits);
      readers.set(reader, { messages: 0 });
      socket.on("close", () => readers.delete(reader));
      socket.on("error", () => reader.terminate());
      socket.on("pong", () => {
        reader.answeredPing = true;
      });
      socket.on("message", (data: unknown) => {
        hear(reader, data).catch((error: unknown) => {
          deps.logger.error({ error: String(error) }, "A live reader could not be answered");
          reader.say(problem("internal"));
        });
      });
    },
    recheck,
    close() {
      stopListening();
      clearInterval(tick);
      clearInterval(heartbeat);
      for (const reader of readers.keys()) reader.close(CLOSE.goingAway, "the server stops");
    },
  };
}

function written(value: LiveValue): WrittenValue {
  return { ...named(value.key), tMs: value.tMs, json: JSON.stringify(value) };
}

const named = (key: string): { key: string; site: string } => ({ key, site: key.slice(0, key.indexOf("/")) });

/** The newest of each key once, over the whole range that changed. */
function changedMessage(past: readonly { key: string; fromMs: number; toMs: number }[]) {
  return {
    type: "changed",
    series: [...new Set(past.map((change) => change.key))],
    fromMs: Math.min(...past.map((change) => change.fromMs)),
    toMs: Math.max(...past.map((change) => change.toMs)),
  } as const;
}

function problem(code: Extract<ErrorCode, "bad-request" | "internal">) {
  const sentence = code === "internal" ? "The answer failed; subscribe again." : ERRORS[code].sentence;
  return { type: "problem", code, sentence } as const;
}

/** Missing: undefined for what is no JSON; the schema then refuses it. */
function parsed(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return undefined;
  }
}
