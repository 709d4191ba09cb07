import { useEffect, useRef } from "react";
import type { HomeInfo } from "#contract/home.ts";
import { useLive } from "#web/client/live.tsx";

/** Bursts of values are one piece of news. */
const LEAST_MS = 1_500;
/** Without news on the live channel the server is asked all the same: a proxy may be in between. */
const OTHERWISE_MS = 10_000;

/** Calls `onNews` after new readings of the meter, not more often than every 1.5 s, and every ten seconds without any. */
export function useReadings({ series }: Pick<HomeInfo, "series">, onNews: () => void): void {
  const { store } = useLive();
  const newest = useRef(onNews);
  newest.current = onNews;
  const key = series.power ?? series.bought;
  useEffect(() => {
    let lastMs = 0;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const run = () => {
      waiting = undefined;
      lastMs = performance.now();
      if (document.visibilityState === "visible") newest.current();
    };
    const news = () => {
      waiting ??= setTimeout(run, Math.max(0, lastMs + LEAST_MS - performance.now()));
    };
    const stop = key === null ? () => {} : store.subscribe(key, news);
    const timer = setInterval(() => performance.now() - lastMs >= OTHERWISE_MS - LEAST_MS && news(), OTHERWISE_MS);
    document.addEventListener("visibilitychange", news);
    return () => {
      stop();
      clearInterval(timer);
      clearTimeout(waiting);
      document.removeEventListener("visibilitychange", news);
    };
  }, [store, key]);
}
