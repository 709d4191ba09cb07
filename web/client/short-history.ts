import { useQuery } from "@tanstack/react-query";
import type { ColumnAnswer } from "#contract/series.ts";
import { createColumnBatch } from "./column-batch.ts";
import { fetchColumns } from "./queries.ts";

const MINUTE = 60_000;

const load = createColumnBatch({ fetch: (choice) => fetchColumns(choice), later: (run) => setTimeout(run, 30) });

export interface ShortHistory {
  readonly key: string | undefined;
  /** Length of a window that ends now, or its fixed beginning. */
  readonly window: { readonly lengthMs: number } | { readonly fromMs: number };
  readonly points: number;
  readonly enabled: boolean;
}

/** A few rows of one series up to now; cards that ask together are answered together, and again every minute. */
export function useShortHistory({ key, window, points, enabled }: ShortHistory): ColumnAnswer | null | undefined {
  return useQuery({
    queryKey: ["columns", "short", key, window, points],
    queryFn: () => {
      const toMs = Math.ceil(Date.now() / MINUTE) * MINUTE;
      const fromMs = "fromMs" in window ? window.fromMs : toMs - window.lengthMs;
      return load({ key: key ?? "", fromMs, toMs, points });
    },
    enabled: enabled && key !== undefined,
    refetchInterval: MINUTE,
    staleTime: MINUTE,
  }).data;
}
