import type { LiveClientMessage, LiveServerMessage } from "#contract/live.ts";

/** `away` holds since when; `late` means the server thinned the flow because this page reads slowly. */
export interface Connection {
  readonly state: "connecting" | "open" | "away";
  readonly sinceMs: number;
  readonly attempts: number;
}

/** The part of a WebSocket that is used; a test can bring its own. */
export interface SocketLike {
  onopen: (() => void) | null;
  onclose: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  send(text: string): void;
  close(): void;
}

export interface LiveSocketParts {
  readonly open: () => SocketLike;
  readonly nowMs: () => number;
  readonly wait: (ms: number, then: () => void) => () => void;
  /** 0..1, spreads the return of many pages after a restart. */
  readonly random: () => number;
  readonly onMessage: (message: LiveServerMessage) => void;
  readonly onConnection: (connection: Connection) => void;
}

export interface LiveSocket {
  /** What to follow; sent at once and again after every reconnect. */
  follow(wish: LiveClientMessage): void;
  /** Try at once instead of waiting for the back-off: the network or the tab came back. */
  nudge(): void;
  close(): void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const PING_EVERY_MS = 20_000;

/** Wait before attempt n (from 1): doubles up to 15 s, with up to a third taken off by chance. */
export function backOffMs(attempt: number, random: number): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt - 1, 10));
  return Math.round(full * (1 - random / 3));
}

/** One live channel for the whole page: reconnects by itself and says so. */
export function openLiveSocket(parts: LiveSocketParts): LiveSocket {
  let wish: LiveClientMessage | undefined;
  let socket: SocketLike | undefined;
  let closed = false;
  let cancelWait = () => {};
  let cancelPing = () => {};
  let connection: Connection = { state: "connecting", sinceMs: parts.nowMs(), attempts: 0 };

  const say = (message: LiveClientMessage) => {
    if (connection.state === "open") socket?.send(JSON.stringify(message));
  };
  const become = (next: Connection) => {
    connection = next;
    parts.onConnection(next);
  };
  const lose = () => {
    if (closed) return;
    detach(socket);
    socket = undefined;
    cancelPing();
    const attempts = connection.attempts + 1;
    const sinceMs = connection.state === "open" || attempts === 1 ? parts.nowMs() : connection.sinceMs;
    become({ state: "away", sinceMs, attempts });
    cancelWait = parts.wait(backOffMs(attempts, parts.random()), connect);
  };
  // A connection that died without a word is found by a ping nobody answers.
  const guard = (answered: boolean) => {
    cancelPing();
    cancelPing = parts.wait(PING_EVERY_MS, () => {
      if (!answered) return lose();
      say({ type: "ping" });
      guard(false);
    });
  };
  const connect = () => {
    cancelWait();
    if (closed || socket) return;
    const mine = parts.open();
    socket = mine;
    guard(false);
    mine.onopen = () => {
      become({ state: "open", sinceMs: parts.nowMs(), attempts: 0 });
      guard(true);
      if (wish) say(wish);
    };
    mine.onclose = lose;
    mine.onmessage = (event) => {
      guard(true);
      const message = parseMessage(event.data);
      if (message) parts.onMessage(message);
    };
  };

  connect();
  return {
    follow(next) {
      wish = next;
      say(next);
    },
    nudge: connect,
    close() {
      closed = true;
      cancelWait();
      cancelPing();
      detach(socket);
      socket = undefined;
    },
  };
}

function detach(socket: SocketLike | undefined): void {
  if (!socket) return;
  socket.onopen = null;
  socket.onclose = null;
  socket.onmessage = null;
  socket.close();
}

function parseMessage(data: unknown): LiveServerMessage | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const message = JSON.parse(data) as LiveServerMessage;
    return typeof message?.type === "string" ? message : undefined;
  } catch {
    return undefined;
  }
}
