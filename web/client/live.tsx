import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { LiveServerMessage } from "#contract/live.ts";
import type { LatestAnswer, LiveValue } from "#contract/series.ts";
import { liveUrl } from "./base.ts";
import { getJson } from "./fetch.ts";
import { type Connection, type LiveSocket, openLiveSocket, type SocketLike } from "./live-socket.ts";
import { createLiveStore, type LiveStore } from "./live-store.ts";
import { createTicker, type Ticker } from "./ticker.ts";

export interface Live {
  readonly store: LiveStore;
  readonly ticker: Ticker;
  readonly connection: Connection;
  /** True while ordinary requests work although the live channel does not: a proxy that refuses WebSockets. */
  readonly polling: boolean;
}

const LiveContext = createContext<Live | undefined>(undefined);
const POLL_MS = 5000;

/** Follows every series (of one site where given) and keeps the newest values for the pages below. */
export function LiveProvider({ site, children }: { site: string | undefined; children: ReactNode }) {
  const queries = useQueryClient();
  const [store] = useState(createLiveStore);
  const [ticker] = useState(() => createTicker(() => Date.now()));
  const [connection, setConnection] = useState<Connection>({ state: "connecting", sinceMs: Date.now(), attempts: 0 });
  const [socket, setSocket] = useState<LiveSocket>();

  useEffect(() => {
    let wasAway = false;
    const opened = openLiveSocket({
      open: () => new WebSocket(liveUrl()) as SocketLike,
      nowMs: () => Date.now(),
      random: () => Math.random(),
      wait: (ms, then) => {
        const timer = setTimeout(then, ms);
        return () => clearTimeout(timer);
      },
      onMessage: (message) => take(message, { store, ticker, queries }),
      onConnection: (next) => {
        // The channel brings the newest values only: what was said while it was away has to be asked for.
        if (next.state === "open" && wasAway) void queries.invalidateQueries();
        wasAway = next.state === "away";
        setConnection(next);
      },
    });
    setSocket(opened);
    const stopNudging = nudgeOnReturn(opened);
    return () => {
      stopNudging();
      opened.close();
    };
  }, [store, ticker, queries]);

  useEffect(() => socket?.follow({ type: "subscribe-all", ...(site ? { site } : {}) }), [socket, site]);
  const polling = usePolling(connection, { store, ticker });

  const live = useMemo(() => ({ store, ticker, connection, polling }), [store, ticker, connection, polling]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

/** What the page above provides. Throws outside of LiveProvider, which is a mistake of ours. */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("useLive outside of LiveProvider");
  return live;
}

/** The newest value of one series; only this component renders when it changes. */
export function useLiveValue(key: string | undefined): LiveValue | undefined {
  const { store } = useLive();
  const subscribe = useMemo(() => (key === undefined ? () => () => {} : (wake: () => void) => store.subscribe(key, wake)), [store, key]);
  return useSyncExternalStore(subscribe, () => (key === undefined ? undefined : store.get(key)));
}

/** Server time in whole seconds, or in whole `stepMs` where a minute is fine enough. */
export function useNow(stepMs = 1000): number {
  const { ticker } = useLive();
  return useSyncExternalStore(ticker.subscribe, () => Math.floor(ticker.nowMs() / stepMs) * stepMs);
}

interface Sink {
  readonly store: LiveStore;
  readonly ticker: Ticker;
  readonly queries: QueryClient;
}

function take(message: LiveServerMessage, { store, ticker, queries }: Sink): void {
  if (message.type === "snapshot" || message.type === "values") {
    ticker.align(message.nowMs);
    store.merge(message.values);
  }
  if (message.type === "pong") ticker.align(message.nowMs);
  if (message.type === "changed") void refetchPast(message.series, queries);
  if (message.type === "new-series") {
    for (const queryKey of [["series"], ["points"], ["sites"], ["sources"]]) void queries.invalidateQueries({ queryKey });
  }
}

/** Reads again what is on the screen of these series; a key stands somewhere in the query's own key. */
function refetchPast(changed: readonly string[], queries: QueryClient): Promise<void> {
  const keys = new Set<unknown>(changed);
  return queries.invalidateQueries({ queryKey: ["columns"], predicate: (query) => query.queryKey.flat(2).some((part) => keys.has(part)) });
}

/** A tab that wakes up or a network that returns does not wait for the back-off. */
function nudgeOnReturn(socket: LiveSocket): () => void {
  const nudge = () => {
    if (document.visibilityState === "visible") socket.nudge();
  };
  addEventListener("online", nudge);
  document.addEventListener("visibilitychange", nudge);
  return () => {
    removeEventListener("online", nudge);
    document.removeEventListener("visibilitychange", nudge);
  };
}

/** Asks for the newest values by ordinary requests while the channel is away; the answer says whether that works. */
function usePolling(connection: Connection, { store, ticker }: Pick<Sink, "store" | "ticker">): boolean {
  const [works, setWorks] = useState(false);
  const away = connection.state === "away";
  useEffect(() => {
    setWorks(false);
    if (!away) return undefined;
    const ask = () =>
      getJson<LatestAnswer>("/latest").then(
        (answer) => {
          ticker.align(answer.nowMs);
          store.merge(answer.values);
          setWorks(true);
        },
        () => setWorks(false),
      );
    void ask();
    const timer = setInterval(ask, POLL_MS);
    return () => clearInterval(timer);
  }, [away, store, ticker]);
  return away && works;
}
