import { describe, expect, it } from "vitest";
import type { LiveServerMessage } from "#contract/live.ts";
import { backOffMs, type Connection, openLiveSocket, type SocketLike } from "./live-socket.ts";

/** A network and a clock that move only when told. */
function stage() {
  const sockets: (SocketLike & { sent: string[]; closed: boolean })[] = [];
  const waits: { ms: number; then: () => void }[] = [];
  const states: Connection[] = [];
  const heard: LiveServerMessage[] = [];
  let nowMs = 1000;
  const live = openLiveSocket({
    open: () => {
      const socket = {
        onopen: null,
        onclose: null,
        onmessage: null,
        sent: [] as string[],
        closed: false,
        send: (text: string) => socket.sent.push(text),
        close: () => {
          socket.closed = true;
        },
      };
      sockets.push(socket);
      return socket;
    },
    nowMs: () => nowMs,
    random: () => 0,
    wait: (ms, then) => {
      const entry = { ms, then };
      waits.push(entry);
      return () => {
        const at = waits.indexOf(entry);
        if (at >= 0) waits.splice(at, 1);
      };
    },
    onMessage: (message) => heard.push(message),
    onConnection: (connection) => states.push(connection),
  });
  const pass = () => {
    const due = waits.shift();
    nowMs += due?.ms ?? 0;
    due?.then();
  };
  return { live, sockets, waits, states, heard, pass, last: () => sockets.at(-1) };
}

describe("the live channel", () => {
  it("says what it follows as soon as it is open, and again after a reconnect", () => {
    const { live, last, pass, sockets } = stage();
    live.follow({ type: "subscribe-all" });
    expect(last()?.sent).toEqual([]);
    last()?.onopen?.();
    expect(last()?.sent).toEqual(['{"type":"subscribe-all"}']);
    last()?.onclose?.();
    pass();
    last()?.onopen?.();
    expect(sockets.length).toBe(2);
    expect(last()?.sent).toEqual(['{"type":"subscribe-all"}']);
  });

  it("remembers since when it has been away through every failed attempt", () => {
    const { last, pass, states } = stage();
    last()?.onopen?.();
    last()?.onclose?.();
    const since = states.at(-1)?.sinceMs;
    pass();
    last()?.onclose?.();
    pass();
    last()?.onclose?.();
    expect(states.at(-1)).toMatchObject({ state: "away", attempts: 3, sinceMs: since });
  });

  it("notices a connection that died without a word", () => {
    const { last, pass, states } = stage();
    last()?.onopen?.();
    pass();
    expect(last()?.sent).toEqual(['{"type":"ping"}']);
    pass();
    expect(states.at(-1)?.state).toBe("away");
  });

  it("does not wait when it is nudged, and opens one connection only", () => {
    const { live, last, sockets } = stage();
    last()?.onclose?.();
    live.nudge();
    live.nudge();
    expect(sockets.length).toBe(2);
  });

  it("ignores what is not a message of ours", () => {
    const { last, heard } = stage();
    last()?.onmessage?.({ data: "{" });
    last()?.onmessage?.({ data: 7 });
    last()?.onmessage?.({ data: '{"type":"pong","nowMs":1}' });
    expect(heard).toEqual([{ type: "pong", nowMs: 1 }]);
  });

  it("is silent once closed", () => {
    const { live, last, waits } = stage();
    live.close();
    expect(last()?.closed).toBe(true);
    expect(waits).toEqual([]);
  });
});

describe("the back-off", () => {
  it("doubles up to a quarter of a minute and is spread by chance", () => {
    expect([1, 2, 3, 6, 40].map((attempt) => backOffMs(attempt, 0))).toEqual([500, 1000, 2000, 15_000, 15_000]);
    expect(backOffMs(6, 1)).toBe(10_000);
  });
});
