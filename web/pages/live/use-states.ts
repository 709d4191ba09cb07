import { useSyncExternalStore } from "react";
import type { LiveValue, SeriesInfo } from "#contract/series.ts";
import { useLive } from "#web/client/live.tsx";
import { type Freshness, markOf, needsLook } from "#web/parts/freshness.ts";
import type { LivePoint, Section } from "./live-point.ts";

/** The state of one series; renders again only when the state changes, not with every second. */
export function useFreshness(series: SeriesInfo, live: LiveValue | undefined): Freshness {
  const { ticker } = useLive();
  return useSyncExternalStore(ticker.subscribe, () => markOf(series, live, ticker.nowMs()).state);
}

/** Whether any value has arrived since the page was opened. */
export function useHeard(): boolean {
  const { store } = useLive();
  return useSyncExternalStore(store.subscribeAll, () => store.version() > 0);
}

/** Keys of the points that need a person, as one text: it stays the same value while the set does. */
export function useLookKeys(sections: readonly Section[]): string {
  const { store, ticker } = useLive();
  return useSyncExternalStore(ticker.subscribe, () => {
    const nowMs = ticker.nowMs();
    const wanted = (point: LivePoint) => needsLook(markOf(point.primary, store.get(point.primary.key), nowMs).state);
    return sections.flatMap((section) => section.points.filter(wanted).map((point) => point.key)).join("\n");
  });
}
