import { useQuery } from "@tanstack/react-query";
import type { ColumnAnswer } from "#contract/series.ts";
import { createColumnBatch } from "./column-batch.ts";
import { fetchColumns } from "./queries.ts";

const MINUTE = 60_000;

const load = createColumnBatch({ fetch: (choice) => fetchColumns(choice), later: (run) => setTimeout(run, 30) });

export interface ShortHistory {
  readonly key: string | undefined;
  /** A window of this length that ends now and moves on, or one that stands still. */
  readonly window: { readonly lengthMs: number } | { readonly fromMs: number; readonly toMs: number };
  readonly points: number;
  readonly enabled: boolean;
}

/** A few rows of one series up to now; cards that ask together are answered together, and again every minute where the window moves. */
export function useShortHistory({ key, window, points, enabled }: ShortHistory): ColumnAnswer | null | undefined {
  return useQuery({
    queryKey: ["columns", "short", key, window, points],
    queryFn: () => {
      const nowMs = Math.ceil(Date.now() / MINUTE) * MINUTE;
      const span = "fromMs" in window ? window : { fromMs: nowMs - window.lengthMs, toMs: nowMs };
      return load({ key: key ?? "", fromMs: span.fromMs, toMs: span.toMs, points });
    },
    enabled: enabled && key !== undefined,
    refetchInterval: "fromMs" in window && window.toMs < Date.now() ? 60 * MINUTE : MINUTE,
    staleTime: MINUTE,
  }).data;
}
